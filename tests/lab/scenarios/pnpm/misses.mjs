// Near misses: logs that look like a refusal and are none.
import { answers } from '../../answers.mjs';

const ui = { name: '@acme/ui', version: '1.0.1', license: 'MIT', main: 'index.js' };
const shop = (dependencies) => ({ name: 'shop', version: '0.1.0', private: true, license: 'MIT', dependencies });
const put = { method: 'PUT', path: '/@acme%2fui$' };
const publish = {
  operation: 'publish',
  miss: true,
  package: ui,
  files: { 'index.js': '' },
  run: 'pnpm publish --no-git-checks --access public',
};
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
    majors: [11, 12],
    related: ['E401'],
    rules: [{ ...put, ...answers.unauthorized }],
  },
  {
    ...install,
    id: 'miss-unauthorized-install',
    about: 'Installing with a dead token: 401.',
    majors: [8, 10, 12],
    related: ['E401'],
    registry: 'https://npm.acme.example/',
    rules: [{ method: 'GET', path: '/left-pad$', ...answers.unauthorized }],
    run: 'pnpm add left-pad',
  },
  {
    ...install,
    id: 'miss-not-found',
    about: 'A scope that the registry hides: 404.',
    majors: [7, 9, 11, 12],
    related: ['E404'],
    rules: [{ method: 'GET', path: '/@acme%2[fF]ui$', ...answers.missing }],
    package: shop({ '@acme/ui': '^1.0.0' }),
    run: 'pnpm install',
  },
  {
    ...install,
    id: 'miss-name-403',
    about: 'A package whose name and version hold 403 and 4.0.3 is installed without any trouble.',
    majors: [8, 10, 12],
    rules: [],
    run: 'pnpm add left-padd-403',
    prompt: true,
  },
  {
    ...install,
    id: 'miss-postinstall',
    about: 'A script of a package fails because its own download was refused.',
    majors: [7, 8, 9],
    world: { fetcher },
    rules: [],
    run: 'pnpm add fetcher',
  },
  {
    ...install,
    id: 'miss-git-refused',
    about: 'A git dependency over https: the forge refuses, not a registry.',
    majors: [9, 12],
    package: shop({ tools: 'git+https://git.acme.example/acme/tools.git' }),
    env: { GIT_TERMINAL_PROMPT: '0' },
    rules: [{ host: 'git.acme.example', status: 403, body: 'Access denied\n' }],
    run: 'pnpm install',
  },
  {
    ...install,
    id: 'miss-proxy-connect',
    about: 'A forward proxy refuses CONNECT with 403, which pnpm 11 and later do not mention.',
    majors: [11, 12],
    token: false,
    env: { HTTPS_PROXY: 'http://localhost:3128', PNPM_CONFIG_FETCH_RETRIES: '0' },
    rules: [{ method: 'CONNECT', status: 403, phrase: 'Forbidden' }],
    run: 'pnpm add left-pad',
  },
];
