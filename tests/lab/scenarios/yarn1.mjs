// yarn 1, refused. An early yarn 1 takes some of these: scenarios/yarn1-early.mjs.
import { answers } from '../answers.mjs';

const ui = { name: '@acme/ui', version: '1.0.1', license: 'MIT', main: 'index.js' };
const shop = (dependencies, more) => ({ name: 'shop', version: '0.1.0', private: true, license: 'MIT', dependencies, ...more });
const put = { method: 'PUT', path: '/@acme%2fui$' };
const publish = {
  operation: 'publish',
  package: ui,
  files: { 'index.js': '' },
  run: 'yarn publish --non-interactive --new-version 1.0.1 --access public',
};
const install = { operation: 'install', package: shop({}), run: 'yarn add left-pad' };
const leftPad = { method: 'GET', path: '/left-pad$' };
const own = 'https://npm.acme.example/';
const nexus = 'https://nexus.acme.example/repository/npm-proxy/';
const signed =
  'https://npm-acme.s3.eu-west-1.amazonaws.com/left-pad-1.3.0.tgz?X-Amz-Date=20261101T080000Z&X-Amz-Expires=900&X-Amz-SignedHeaders=host&X-Amz-Signature=0000000000000000';

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
    about: 'Publishing a version that exists; neither 403 nor the method is printed.',
    rules: [{ ...put, ...answers.versionExists('1.0.1') }],
    prompt: true,
  },
  {
    ...publish,
    id: 'publish-no-permission',
    about: 'Publishing a scoped package of somebody else: the quotes in the message are escaped.',
    rules: [{ ...put, ...answers.noPermission('@acme/ui') }],
  },
  {
    ...publish,
    id: 'publish-two-factor',
    about: 'Publishing with a token that cannot stand in for the second factor.',
    rules: [{ ...put, ...answers.twoFactor }],
  },
  {
    ...publish,
    id: 'publish-account-held',
    about: 'An account on hold: the reason stands in an npm-notice header, body.error is an object.',
    rules: [{ ...put, ...answers.held }],
  },
  {
    ...publish,
    id: 'publish-bare',
    about: 'An HTML page as the body: here alone 403 is printed.',
    rules: [{ ...put, ...answers.bare }],
  },
  {
    ...publish,
    id: 'publish-azure',
    about: 'Azure: the message stands in the reason phrase and in body.message.',
    registry: 'https://{azure}/acme/_packaging/feed/npm/registry/',
    rules: [{ ...put, ...answers.azure('AddPackage') }],
  },
  {
    ...publish,
    id: 'publish-artifactory',
    about: 'Artifactory: body.errors[], which yarn 1 does not know.',
    registry: 'https://acme.jfrog.io/artifactory/api/npm/npm-local/',
    rules: [{ ...put, ...answers.artifactory("User 'dev' is not permitted to deploy '@acme/ui/-/@acme/ui-1.0.1.tgz' into 'npm-local'.") }],
  },
  {
    ...publish,
    id: 'publish-verdaccio',
    about: 'Verdaccio: body.error names user and action.',
    registry: 'https://verdaccio.acme.example/',
    rules: [{ ...put, ...answers.verdaccioDenied('dev', 'publish', '@acme/ui') }],
  },
  {
    ...publish,
    id: 'publish-nexus-group',
    about: 'Nexus: the reason phrase is a sentence with a URL in it, the body is empty.',
    registry: 'https://nexus.acme.example/repository/npm-group/',
    rules: [{ ...put, ...answers.nexusPro }],
  },
  {
    ...publish,
    id: 'publish-verbose',
    about: 'Publishing with --verbose.',
    rules: [{ ...put, ...answers.credentials }],
    run: 'yarn publish --non-interactive --new-version 1.0.1 --verbose',
  },
  {
    ...publish,
    id: 'publish-json',
    about: 'Publishing with --json: one object per line.',
    rules: [{ ...put, ...answers.noPermission('@acme/ui') }],
    run: 'yarn publish --non-interactive --new-version 1.0.1 --json',
  },
  {
    ...publish,
    id: 'publish-terminal',
    about: 'Publishing in a terminal.',
    pty: true,
    rules: [{ ...put, ...answers.versionExists('1.0.1') }],
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
    about: 'A private registry refuses a scoped package and names the user.',
    registry: own,
    package: shop({ '@acme/ui': '^1.0.0' }),
    rules: [{ method: 'GET', path: '/@acme%2fui$', ...answers.verdaccioDenied('dev', 'access', '@acme/ui') }],
    run: 'yarn install',
  },
  {
    ...install,
    id: 'install-azure',
    about: 'Azure: yarn prints body.message.',
    registry: 'https://{azure}/acme/web/_packaging/feed/npm/registry/',
    rules: [{ ...leftPad, ...answers.azure('ReadPackages') }],
  },
  {
    ...install,
    id: 'install-quarantined',
    about: 'Nexus Firewall: the reason phrase of a tarball is replaced by a fixed sentence.',
    registry: nexus,
    rules: [{ method: 'GET', path: '/node-ipc/-/', ...answers.nexusQuarantined }],
    run: 'yarn add node-ipc',
  },
  {
    ...install,
    id: 'install-tarball-refused',
    about: 'The tarball of a dependency of a dependency is refused.',
    package: shop({ 'is-odd': '^3.0.1' }),
    rules: [{ method: 'GET', path: '/is-number/-/', ...answers.bare }],
    run: 'yarn install',
  },
  {
    ...install,
    id: 'install-redirect-refused',
    about: 'The registry sends the client to a signed storage address, which has expired; yarn names the registry all the same.',
    registry: nexus,
    rules: [
      { host: 'nexus.acme.example', method: 'GET', path: '/left-pad/-/', redirect: signed },
      { host: 'npm-acme.s3.eu-west-1.amazonaws.com', ...answers.signedUrlExpired },
    ],
  },
  {
    ...install,
    miss: true,
    id: 'miss-dependency-refused',
    about: 'The metadata of a dependency of a dependency is refused: yarn says that the package was not found.',
    registry: own,
    package: shop({ '@acme/ui': '^1.0.0' }),
    rules: [{ method: 'GET', path: '/@acme%2ftokens$', ...answers.githubRead }],
    run: 'yarn install',
  },
  {
    ...install,
    id: 'install-two-refused',
    about: 'Two packages are refused in one run.',
    package: shop({ 'node-ipc': '10.1.1', lodash: '^4.17.0' }),
    rules: [
      { method: 'GET', path: '/node-ipc$', ...answers.forbidden },
      { method: 'GET', path: '/lodash$', ...answers.forbidden },
    ],
    run: 'yarn install',
  },
  {
    ...install,
    id: 'install-frozen',
    about: 'With a frozen lockfile; the tarball is refused.',
    package: shop({ ms: '2.1.3' }),
    setup: 'yarn install\nrm -rf node_modules ~/.cache',
    rules: [{ method: 'GET', path: '/ms/-/', ...answers.bare }],
    run: 'yarn install --frozen-lockfile',
    prompt: true,
  },
  {
    ...install,
    id: 'install-optional-refused',
    about: 'An optional dependency is refused.',
    package: shop({ ms: '2.1.3' }, { optionalDependencies: { 'node-ipc': '10.1.1' } }),
    rules: [{ method: 'GET', path: '/node-ipc/-/', ...answers.bare }],
    run: 'yarn install',
  },
  {
    ...install,
    id: 'install-verbose',
    about: 'Installing with --verbose.',
    rules: [{ ...leftPad, ...answers.forbidden }],
    run: 'yarn add left-pad --verbose',
  },
  {
    ...install,
    id: 'install-json',
    about: 'Installing with --json: the stack stands in the data.',
    registry: own,
    rules: [{ ...leftPad, ...answers.forbidden }],
    run: 'yarn add left-pad --json',
  },
  {
    ...install,
    id: 'install-terminal',
    about: 'Installing in a terminal.',
    pty: true,
    rules: [{ ...leftPad, ...answers.forbidden }],
  },
  {
    ...install,
    id: 'install-proxy-connect',
    about: 'A forward proxy refuses CONNECT with 403.',
    env: { HTTPS_PROXY: 'http://localhost:3128' },
    rules: [{ method: 'CONNECT', status: 403, phrase: 'Forbidden' }],
  },
  {
    ...install,
    operation: 'other',
    id: 'audit-refused',
    about: 'The audit address is refused; yarn asks its own host, whatever the registry is.',
    package: shop({ lodash: '4.17.20' }),
    setup: 'yarn install',
    rules: [{ method: 'POST', path: '/-/npm/v1/security/', ...answers.forbidden }],
    run: 'yarn audit',
  },
  {
    ...install,
    miss: true,
    operation: 'other',
    id: 'miss-info-refused',
    about: 'Looking at a package that is refused: yarn speaks of an invalid answer and ends without an error.',
    rules: [{ ...leftPad, ...answers.forbidden }],
    run: 'yarn info left-pad',
    prompt: true,
  },
  {
    ...install,
    operation: 'other',
    id: 'tag-refused',
    about: 'Moving a dist-tag.',
    package: ui,
    rules: [{ method: 'PUT', path: '/dist-tags/', ...answers.credentials }],
    run: 'yarn tag add @acme/ui@1.0.0 stable --non-interactive',
    prompt: true,
  },
  {
    ...publish,
    miss: true,
    id: 'miss-unauthorized',
    about: 'Publishing with a dead token: 401, of which only the sentence is printed.',
    related: ['E401'],
    rules: [{ ...put, ...answers.unauthorized }],
  },
  {
    ...publish,
    miss: true,
    id: 'miss-conflict',
    about: 'A Verdaccio that already has the version: 409, and only the sentence is printed.',
    registry: 'https://verdaccio.acme.example/',
    rules: [{ ...put, ...answers.conflict }],
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
    world: { fetcher },
    rules: [],
    run: 'yarn add fetcher',
  },
  {
    ...install,
    miss: true,
    id: 'miss-name-403',
    about: 'A package whose name and version hold 403 and 4.0.3 is installed without any trouble.',
    rules: [],
    run: 'yarn add left-padd-403',
    prompt: true,
  },
];
