// bun, refused.
import { answers } from '../answers.mjs';

const ui = { name: '@acme/ui', version: '1.0.1', license: 'MIT', main: 'index.js' };
const shop = (dependencies, more) => ({ name: 'shop', version: '0.1.0', private: true, license: 'MIT', dependencies, ...more });
const put = { method: 'PUT', path: '/@acme%2fui$' };
const publish = {
  operation: 'publish',
  package: ui,
  files: { 'index.js': 'module.exports = {};\n' },
  run: 'bun publish --access public',
};
const install = { operation: 'install', package: shop({}), run: 'bun add left-pad' };
const leftPad = { method: 'GET', path: '/left-pad$' };
const own = 'https://npm.acme.example/';
const nexus = 'https://nexus.acme.example/repository/npm-proxy/';
const signed =
  'https://npm-acme.s3.eu-west-1.amazonaws.com/left-pad-1.3.0.tgz?X-Amz-Date=20261101T080000Z&X-Amz-Expires=900&X-Amz-SignedHeaders=host&X-Amz-Signature=0000000000000000';

// A package whose script downloads a binary and is refused by whoever has it.
const fetcher = {
  '2.4.1': {
    scripts: { postinstall: 'echo "Downloading https://files.acme.example/fetcher/2.4.1/linux-x64.tar.gz"; echo "Error: Request failed with status code 403 Forbidden"; exit 1' },
  },
};

export default [
  {
    ...publish,
    id: 'publish-version-exists',
    about: 'Publishing a version that exists; the message follows behind a blank line.',
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
    rules: [{ ...put, ...answers.twoFactor }],
    run: 'bun publish --tag next',
  },
  {
    ...publish,
    id: 'publish-account-held',
    about: 'An account on hold: the reason stands in an npm-notice header, body.error is an object.',
    rules: [{ ...put, ...answers.held }],
  },
  {
    ...publish,
    id: 'publish-azure',
    about: 'Azure: the message stands in the reason phrase.',
    registry: 'https://{azure}/acme/_packaging/feed/npm/registry/',
    rules: [{ ...put, ...answers.azure('AddPackage') }],
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
    id: 'publish-gitlab-denied',
    about: 'GitLab: body.message alone, which bun drops.',
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
    about: 'A private registry refuses a scoped package and names the user, which bun drops.',
    registry: own,
    package: shop({ '@acme/ui': '^1.0.0' }),
    rules: [{ method: 'GET', path: '/@acme%2fui$', ...answers.verdaccioDenied('dev', 'access', '@acme/ui') }],
    run: 'bun install',
  },
  {
    ...install,
    id: 'install-azure',
    about: 'Azure: bun drops the reason phrase.',
    registry: 'https://{azure}/acme/web/_packaging/feed/npm/registry/',
    rules: [{ ...leftPad, ...answers.azure('ReadPackages') }],
  },
  {
    ...install,
    id: 'install-quarantined',
    about: 'Nexus Firewall: bun drops the reason phrase of a tarball.',
    registry: nexus,
    rules: [{ method: 'GET', path: '/node-ipc/-/', ...answers.nexusQuarantined }],
    run: 'bun add node-ipc',
  },
  {
    ...install,
    id: 'install-tarball-refused',
    about: 'The tarball of a dependency of a dependency is refused.',
    package: shop({ 'is-odd': '^3.0.1' }),
    rules: [{ method: 'GET', path: '/is-number/-/', ...answers.bare }],
    run: 'bun install',
  },
  {
    ...install,
    id: 'install-dependency-refused',
    about: 'The metadata of a dependency of a dependency is refused.',
    registry: own,
    package: shop({ '@acme/ui': '^1.0.0' }),
    rules: [{ method: 'GET', path: '/@acme%2ftokens$', ...answers.githubRead }],
    run: 'bun install',
  },
  {
    ...install,
    id: 'install-two-refused',
    about: 'Two packages are refused in one run, and both are named.',
    package: shop({ 'node-ipc': '10.1.1', '@acme/icons': '^0.9.0' }),
    rules: [
      { method: 'GET', path: '/node-ipc$', ...answers.forbidden },
      { method: 'GET', path: '/@acme%2ficons$', ...answers.githubRead },
    ],
    run: 'bun install',
  },
  {
    ...install,
    id: 'install-redirect-refused',
    about: 'The registry sends the client to a signed storage address, which has expired.',
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
    package: shop({ ms: '2.1.3' }, { optionalDependencies: { 'node-ipc': '10.1.1' } }),
    rules: [{ method: 'GET', path: '/node-ipc/-/', ...answers.bare }],
    run: 'bun install',
  },
  {
    ...install,
    id: 'install-frozen',
    about: 'With a frozen lockfile; the tarball is refused.',
    package: shop({ ms: '2.1.3' }),
    setup: 'bun install\nrm -rf node_modules ~/.bun',
    rules: [{ method: 'GET', path: '/ms/-/', ...answers.bare }],
    run: 'bun install --frozen-lockfile',
    prompt: true,
  },
  {
    ...install,
    id: 'install-verbose',
    about: 'Installing with --verbose: the headers of request and answer are printed.',
    rules: [{ ...leftPad, ...answers.forbidden }],
    run: 'bun add left-pad --verbose',
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
    id: 'bunx-refused',
    about: 'bunx asks for a package that is refused.',
    rules: [{ ...leftPad, ...answers.bare }],
    run: 'bunx left-pad',
    prompt: true,
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
    about: 'The audit address is refused.',
    package: shop({ lodash: '4.17.20' }),
    setup: 'bun install',
    rules: [{ method: 'POST', path: '/-/npm/v1/security/', ...answers.forbidden }],
    run: 'bun audit',
  },
  {
    ...install,
    operation: 'other',
    id: 'whoami-refused',
    about: 'A registry that does not answer whoami.',
    registry: own,
    rules: [{ method: 'GET', path: '/-/whoami$', ...answers.bare }],
    run: 'bun pm whoami',
    prompt: true,
  },
  {
    ...install,
    operation: 'other',
    id: 'info-refused',
    about: 'Looking at a package.',
    rules: [{ method: 'GET', path: '/left-pad', ...answers.forbidden }],
    run: 'bun info left-pad',
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
    id: 'miss-name-403',
    about: 'A package whose name and version hold 403 and 4.0.3 is installed without any trouble.',
    rules: [],
    run: 'bun add left-padd-403',
    prompt: true,
  },
  {
    ...install,
    miss: true,
    id: 'miss-postinstall',
    about: 'A script of a package fails because its own download was refused.',
    package: shop({ fetcher: '^2.4.1' }, { trustedDependencies: ['fetcher'] }),
    world: { fetcher },
    rules: [],
    run: 'bun install',
  },
];
