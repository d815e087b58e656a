// Near misses: logs that look like a refusal and are none.
import { answers } from '../../answers.mjs';

const ui = { name: '@acme/ui', version: '1.0.1', license: 'MIT', main: 'index.js' };
const shop = (dependencies) => ({ name: 'shop', version: '0.1.0', private: true, license: 'MIT', dependencies });
const put = { method: 'PUT', path: '/@acme%2fui$' };
const publish = { operation: 'publish', miss: true, package: ui, files: { 'index.js': '' }, run: 'npm publish --access public' };
const install = { operation: 'install', miss: true, package: shop({}) };

// A package whose script downloads a binary and is refused by whoever has it.
const fetcher = {
  '2.4.1': {
    scripts: { postinstall: 'node install.js' },
    files: {
      'install.js':
        "console.error('Downloading https://files.acme.example/fetcher/2.4.1/linux-x64.tar.gz');\nconsole.error('Error: Request failed with status code 403 Forbidden');\nprocess.exit(1);\n",
    },
  },
};

export default [
  {
    ...publish,
    id: 'miss-unauthorized',
    about: 'Publishing with a dead token: 401.',
    majors: [3, 6, 8, 11, 12],
    related: ['E401'],
    rules: [{ ...put, ...answers.unauthorized }],
  },
  {
    ...publish,
    id: 'miss-not-found',
    about: 'Publishing into a scope that the registry hides: 404.',
    majors: [6, 10, 12],
    related: ['E404'],
    rules: [{ ...put, ...answers.missing }],
  },
  {
    ...publish,
    id: 'miss-conflict',
    about: 'A Verdaccio that already has the version: 409.',
    majors: [6, 8, 11],
    related: ['E409'],
    registry: 'https://verdaccio.acme.example/',
    rules: [{ ...put, ...answers.conflict }],
  },
  {
    ...publish,
    id: 'publish-visible-version',
    about: 'A version that the registry shows: npm 11.1 and later refuse it themselves, without a request and without a code.',
    majors: [11, 12],
    world: { '@acme/ui': { '1.0.1': {} } },
    rules: [],
    debugIn: [12],
  },
  {
    ...install,
    id: 'miss-name-403',
    about: 'A package whose name and version hold 403 and 4.0.3 is installed without any trouble.',
    majors: [6, 8, 12],
    rules: [],
    run: 'npm install left-padd-403 --loglevel http',
    prompt: true,
  },
  {
    ...install,
    id: 'miss-git-refused',
    about: 'A git dependency over https: the forge refuses, not a registry.',
    majors: [6, 8, 11],
    package: shop({ tools: 'git+https://git.acme.example/acme/tools.git' }),
    env: { GIT_TERMINAL_PROMPT: '0' },
    rules: [{ host: 'git.acme.example', status: 403, body: 'Access denied\n' }],
    run: 'npm install',
  },
  {
    ...install,
    id: 'miss-postinstall',
    about: 'A script of a package fails because its own download was refused.',
    majors: [6, 8, 10],
    world: { fetcher },
    rules: [],
    run: 'npm install fetcher',
  },
  {
    ...install,
    id: 'miss-optional-quiet',
    about: 'An optional dependency is refused and the terminal says nothing of it.',
    majors: [8, 11],
    package: { ...shop({ ms: '2.1.3' }), optionalDependencies: { 'node-ipc': '10.1.1' } },
    rules: [{ method: 'GET', path: '/node-ipc/-/', ...answers.bare }],
    run: 'npm install',
  },
  {
    ...publish,
    id: 'miss-read-refused',
    about: 'npm 12 looks the package up before it publishes; a refused GET neither stops it nor is mentioned.',
    majors: [12],
    registry: 'https://nexus.acme.example/repository/npm-hosted/',
    rules: [{ method: 'GET', path: '/@acme%2fui$', ...answers.bare }],
    prompt: true,
  },
  {
    ...install,
    id: 'miss-remote-disallowed',
    about: 'npm 12 fetches no tarball from another host than the registry: it refuses by itself.',
    majors: [12],
    package: shop({ '@acme/ui': '^1.0.0' }),
    registry: 'https://npm.acme.example/',
    tarballs: { '@acme/ui': 'https://files.acme.example/npm/ui-1.0.0.tgz' },
    rules: [{ host: 'files.acme.example', ...answers.bare }],
    run: 'npm install',
  },
  {
    ...install,
    id: 'miss-git-disallowed',
    about: 'npm 12 fetches no git dependency unless it is told to: it refuses by itself.',
    majors: [12],
    package: shop({ tools: 'git+https://git.acme.example/acme/tools.git' }),
    rules: [{ host: 'git.acme.example', status: 403, body: 'Access denied\n' }],
    run: 'npm install',
  },
];
