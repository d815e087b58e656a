// yarn 3 and 4, refused.
import { answers } from '../answers.mjs';

const ui = { name: '@acme/ui', version: '1.0.1', license: 'MIT', main: 'index.js' };
const shop = (dependencies, more) => ({ name: 'shop', version: '0.1.0', private: true, license: 'MIT', dependencies, ...more });
const put = { method: 'PUT', path: '/@acme%2fui$' };
// An empty lockfile keeps yarn from looking for a project further up.
const lock = { 'yarn.lock': '' };
const publish = {
  operation: 'publish',
  package: ui,
  files: { 'index.js': '', ...lock },
  setup: 'yarn install',
  run: 'yarn npm publish --access public',
};
const install = { operation: 'install', package: shop({ 'left-pad': '^1.3.0' }), files: lock, run: 'yarn install' };
const leftPad = { method: 'GET', path: '/left-pad$' };
const own = 'https://npm.acme.example/';
const nexus = 'https://nexus.acme.example/repository/npm-proxy/';
const signed =
  'https://npm-acme.s3.eu-west-1.amazonaws.com/left-pad-1.3.0.tgz?X-Amz-Date=20261101T080000Z&X-Amz-Expires=900&X-Amz-SignedHeaders=host&X-Amz-Signature=0000000000000000';

const workspaces = {
  'package.json': { name: 'kit', version: '0.0.0', private: true, workspaces: ['packages/*'] },
  'packages/icons/package.json': { name: '@acme/icons', version: '0.9.1', license: 'MIT' },
  'packages/tokens/package.json': { name: '@acme/tokens', version: '1.0.5', license: 'MIT' },
  'packages/ui/package.json': { name: '@acme/ui', version: '1.0.1', license: 'MIT' },
  ...lock,
};

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
    id: 'publish-version-exists',
    about: 'Publishing a version that exists.',
    rules: [{ ...put, ...answers.versionExists('1.0.1') }],
    prompt: true,
  },
  {
    ...publish,
    id: 'publish-no-permission',
    about: 'Publishing a scoped package of somebody else.',
    rules: [{ ...put, ...answers.noPermission('@acme/ui') }],
  },
  {
    ...publish,
    id: 'publish-two-factor',
    about: 'Publishing with a token that cannot stand in for the second factor, to the tag next.',
    majors: [4],
    rules: [{ ...put, ...answers.twoFactor }],
    run: 'yarn npm publish --tag next',
  },
  {
    ...publish,
    id: 'publish-account-held',
    about: 'An account on hold: the reason stands in an npm-notice header, body.error is an object.',
    majors: [4],
    rules: [{ ...put, ...answers.held }],
  },
  {
    ...publish,
    id: 'publish-azure',
    about: 'Azure: the message stands in the reason phrase, with parentheses.',
    registry: 'https://{azure}/acme/_packaging/feed/npm/registry/',
    rules: [{ ...put, ...answers.azure('AddPackage') }],
  },
  {
    ...publish,
    id: 'publish-nexus-group',
    about: 'Nexus: the reason phrase is a sentence with a URL in it, the body is empty.',
    majors: [4],
    registry: 'https://nexus.acme.example/repository/npm-group/',
    rules: [{ ...put, ...answers.nexusPro }],
  },
  {
    ...publish,
    id: 'publish-gitlab-denied',
    about: 'GitLab: body.message alone, which yarn drops.',
    majors: [4],
    registry: 'https://gitlab.com/api/v4/projects/4711/packages/npm/',
    rules: [{ ...put, ...answers.gitlabDenied }],
  },
  {
    ...publish,
    id: 'publish-bare',
    about: 'An HTML page as the body.',
    rules: [{ ...put, ...answers.bare }],
  },
  {
    ...publish,
    id: 'publish-json',
    about: 'Publishing with --json: one object per line.',
    majors: [4],
    rules: [{ ...put, ...answers.credentials }],
    run: 'yarn npm publish --json',
  },
  {
    ...publish,
    id: 'publish-terminal',
    about: 'Publishing in a terminal: colours and links.',
    pty: true,
    rules: [{ ...put, ...answers.versionExists('1.0.1') }],
  },
  {
    ...publish,
    id: 'publish-workspaces',
    about: 'Publishing every workspace; the one in the middle is refused.',
    majors: [4],
    folder: 'kit',
    package: undefined,
    files: workspaces,
    published: '1.0.5',
    rules: [{ method: 'PUT', path: '^/@acme%2ftokens$', ...answers.versionExists('1.0.5') }],
    run: 'yarn workspaces foreach --all --no-private npm publish --access public',
  },
  {
    ...install,
    id: 'install-packument-refused',
    about: 'The metadata of an unscoped package is refused with an HTML page.',
    rules: [{ ...leftPad, ...answers.bare }],
    prompt: true,
  },
  {
    ...install,
    id: 'install-access-denied',
    about: 'A private registry refuses a scoped package and names the user, which yarn drops.',
    registry: own,
    package: shop({ '@acme/ui': '^1.0.0' }),
    rules: [{ method: 'GET', path: '/@acme%2fui$', ...answers.verdaccioDenied('dev', 'access', '@acme/ui') }],
  },
  {
    ...install,
    id: 'install-azure',
    about: 'Azure: the reason phrase is the message.',
    registry: 'https://{azure}/acme/web/_packaging/feed/npm/registry/',
    rules: [{ ...leftPad, ...answers.azure('ReadPackages') }],
  },
  {
    ...install,
    id: 'install-quarantined',
    about: 'Nexus Firewall: the reason phrase is `Requested item is quarantined`, on a tarball.',
    registry: nexus,
    package: shop({ 'node-ipc': '10.1.1' }),
    rules: [{ method: 'GET', path: '/node-ipc/-/', ...answers.nexusQuarantined }],
  },
  {
    ...install,
    id: 'install-dependency-refused',
    about: 'The metadata of a dependency of a dependency is refused.',
    registry: own,
    package: shop({ '@acme/ui': '^1.0.0' }),
    rules: [{ method: 'GET', path: '/@acme%2ftokens$', ...answers.githubRead }],
  },
  {
    ...install,
    id: 'install-two-refused',
    about: 'The metadata of two packages is refused in one run, of which one is named.',
    package: shop({ 'node-ipc': '10.1.1', '@acme/icons': '^0.9.0' }),
    rules: [
      { method: 'GET', path: '/node-ipc$', ...answers.forbidden },
      { method: 'GET', path: '/@acme%2ficons$', ...answers.githubRead },
    ],
  },
  {
    ...install,
    id: 'install-two-tarballs-refused',
    about: 'The tarballs of two packages are refused in one run.',
    majors: [4],
    registry: nexus,
    package: shop({ 'node-ipc': '10.1.1', '@acme/icons': '^0.9.0' }),
    rules: [{ method: 'GET', path: '/-/(node-ipc|icons)-', ...answers.nexusQuarantined }],
  },
  {
    ...install,
    id: 'install-redirect-refused',
    about: 'The registry sends the client to a signed storage address, which has expired; yarn 4 prints both addresses.',
    majors: [4],
    registry: nexus,
    rules: [
      { host: 'nexus.acme.example', method: 'GET', path: '/left-pad/-/', redirect: signed },
      { host: 'npm-acme.s3.eu-west-1.amazonaws.com', ...answers.signedUrlExpired },
    ],
  },
  {
    ...install,
    id: 'install-optional-refused',
    about: 'An optional dependency is refused.',
    majors: [4],
    package: shop({ ms: '2.1.3' }, { optionalDependencies: { 'node-ipc': '10.1.1' } }),
    rules: [{ method: 'GET', path: '/node-ipc/-/', ...answers.bare }],
  },
  {
    ...install,
    id: 'install-json',
    about: 'Installing with --json: one object per line.',
    registry: own,
    rules: [{ ...leftPad, ...answers.forbidden }],
    run: 'yarn install --json',
  },
  {
    ...install,
    id: 'install-terminal',
    about: 'Installing in a terminal: colours and links.',
    pty: true,
    registry: nexus,
    package: shop({ 'node-ipc': '10.1.1' }),
    rules: [{ method: 'GET', path: '/node-ipc/-/', ...answers.nexusQuarantined }],
  },
  {
    ...install,
    id: 'install-github-actions',
    about: 'In GitHub Actions: the steps are folded, and the errors are repeated after the fold.',
    env: { CI: 'true', GITHUB_ACTIONS: 'true' },
    rules: [{ ...leftPad, ...answers.forbidden }],
  },
  {
    ...install,
    id: 'add-refused',
    about: 'yarn add of a package that is refused.',
    package: shop({}),
    rules: [{ ...leftPad, ...answers.forbidden }],
    run: 'yarn add left-pad',
    prompt: true,
  },
  {
    ...install,
    id: 'dlx-refused',
    about: 'yarn dlx of a package that is refused.',
    majors: [4],
    package: shop({}),
    rules: [{ ...leftPad, ...answers.forbidden }],
    run: 'yarn dlx left-pad',
    prompt: true,
  },
  {
    ...install,
    id: 'install-proxy-connect',
    about: 'A forward proxy refuses CONNECT with 403.',
    yarnrc: ['httpsProxy: "http://localhost:3128"'],
    rules: [{ method: 'CONNECT', status: 403, phrase: 'Forbidden' }],
  },
  {
    ...install,
    operation: 'other',
    id: 'audit-refused',
    about: 'The audit address is refused.',
    package: shop({ lodash: '4.17.20' }),
    setup: 'yarn install',
    rules: [{ method: 'POST', path: '/-/npm/v1/security/', ...answers.forbidden }],
    run: 'yarn npm audit',
    prompt: true,
  },
  {
    ...install,
    operation: 'other',
    id: 'info-refused',
    about: 'Looking at a package.',
    package: shop({}),
    setup: 'yarn install',
    rules: [{ ...leftPad, ...answers.forbidden }],
    run: 'yarn npm info left-pad',
    prompt: true,
  },
  {
    ...install,
    operation: 'other',
    id: 'whoami-refused',
    about: 'A registry that does not answer whoami.',
    package: shop({}),
    setup: 'yarn install',
    rules: [{ method: 'GET', path: '/-/whoami$', ...answers.bare }],
    run: 'yarn npm whoami',
    prompt: true,
  },
  {
    ...install,
    operation: 'other',
    id: 'tag-refused',
    about: 'Moving a dist-tag.',
    package: ui,
    setup: 'yarn install',
    rules: [{ method: 'PUT', path: '/dist-tags/', ...answers.credentials }],
    run: 'yarn npm tag add @acme/ui@1.0.0 stable',
    prompt: true,
  },
  {
    ...publish,
    miss: true,
    id: 'miss-unauthorized',
    about: 'Publishing with a dead token: 401.',
    related: ['E401'],
    rules: [{ ...put, ...answers.unauthorized }],
  },
  {
    ...install,
    miss: true,
    id: 'miss-not-found',
    about: 'A package that the registry does not have: 404.',
    related: ['E404'],
    rules: [{ ...leftPad, ...answers.missing }],
  },
  {
    ...install,
    miss: true,
    id: 'miss-postinstall',
    about: 'A script of a package fails because its own download was refused.',
    package: shop({ fetcher: '^2.4.1' }),
    world: { fetcher },
    env: { YARN_ENABLE_SCRIPTS: 'true', YARN_ENABLE_INLINE_BUILDS: 'true' },
    rules: [],
  },
];
