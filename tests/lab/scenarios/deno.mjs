// deno, refused. It asks a refusing registry four times.
import { answers } from '../answers.mjs';

const shop = (dependencies, more) => ({ name: 'shop', version: '0.1.0', private: true, license: 'MIT', dependencies, ...more });
const install = { operation: 'install', package: shop({ 'left-pad': '^1.3.0' }), run: 'deno install' };
const leftPad = { method: 'GET', path: '/left-pad$' };
const own = 'https://npm.acme.example/';
const nexus = 'https://nexus.acme.example/repository/npm-proxy/';
const signed =
  'https://npm-acme.s3.eu-west-1.amazonaws.com/left-pad-1.3.0.tgz?X-Amz-Date=20261101T080000Z&X-Amz-Expires=900&X-Amz-SignedHeaders=host&X-Amz-Signature=0000000000000000';

export default [
  {
    ...install,
    id: 'install-packument-refused',
    about: 'The metadata of an unscoped package is refused with an HTML page, which deno prints.',
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
  },
  {
    ...install,
    id: 'install-azure',
    about: 'Azure: deno drops the reason phrase, but the message stands in the body as well.',
    registry: 'https://{azure}/acme/web/_packaging/feed/npm/registry/',
    rules: [{ ...leftPad, ...answers.azure('ReadPackages') }],
  },
  {
    ...install,
    id: 'install-quarantined',
    about: 'Nexus Firewall: the reason phrase is dropped and the body is empty.',
    registry: nexus,
    package: shop({ 'node-ipc': '10.1.1' }),
    rules: [{ method: 'GET', path: '/node-ipc/-/', ...answers.nexusQuarantined }],
  },
  {
    ...install,
    id: 'install-curation',
    about: 'Artifactory Curation: the notice header is dropped, the body is printed.',
    registry: 'https://acme.jfrog.io/artifactory/api/npm/npm/',
    package: shop({ 'node-ipc': '10.1.1' }),
    rules: [{ method: 'GET', path: '/node-ipc/-/', ...answers.curation('node-ipc', '10.1.1') }],
  },
  {
    ...install,
    id: 'install-tarball-refused',
    about: 'The tarball of a dependency of a dependency is refused with an HTML page.',
    package: shop({ 'is-odd': '^3.0.1' }),
    rules: [{ method: 'GET', path: '/is-number/-/', ...answers.bare }],
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
    about: 'Two packages are refused in one run.',
    package: shop({ 'node-ipc': '10.1.1', '@acme/icons': '^0.9.0' }),
    rules: [
      { method: 'GET', path: '/node-ipc$', ...answers.forbidden },
      { method: 'GET', path: '/@acme%2ficons$', ...answers.githubRead },
    ],
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
    id: 'install-debug',
    about: 'Installing with --log-level=debug.',
    rules: [{ ...leftPad, ...answers.forbidden }],
    run: 'deno install --log-level=debug',
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
    id: 'install-coloured',
    about: 'Into a pipe without NO_COLOR: deno colours all the same.',
    colour: true,
    package: shop({ 'node-ipc': '10.1.1' }),
    rules: [{ method: 'GET', path: '/node-ipc/-/', ...answers.forbidden }],
  },
  {
    ...install,
    id: 'run-refused',
    about: 'Running a script with an npm: import that is refused.',
    package: undefined,
    folder: 'shop',
    files: { 'main.ts': "import pad from 'npm:left-pad@1.3.0';\nconsole.log(pad);\n" },
    rules: [{ ...leftPad, ...answers.forbidden }],
    run: 'deno run main.ts',
    prompt: true,
  },
  {
    ...install,
    id: 'cache-tarball-refused',
    about: 'deno cache of a script whose import has a refused tarball.',
    package: undefined,
    folder: 'shop',
    files: { 'main.ts': "import pad from 'npm:left-pad@1.3.0';\nconsole.log(pad);\n" },
    rules: [{ method: 'GET', path: '/left-pad/-/', ...answers.forbidden }],
    run: 'deno cache main.ts',
    prompt: true,
  },
  {
    ...install,
    miss: true,
    id: 'miss-add-refused',
    about: 'deno add of a package that is refused: it says that the package was not found, and no word of 403.',
    package: shop({}),
    rules: [{ ...leftPad, ...answers.forbidden }],
    run: 'deno add npm:left-pad',
    prompt: true,
  },
  {
    ...install,
    miss: true,
    id: 'miss-proxy-connect',
    about: 'A forward proxy refuses CONNECT with 403.',
    env: { HTTPS_PROXY: 'http://localhost:3128' },
    rules: [{ method: 'CONNECT', status: 403, phrase: 'Forbidden' }],
  },
  {
    ...install,
    miss: true,
    id: 'miss-not-found',
    about: 'A package that the registry does not have: 404.',
    rules: [{ ...leftPad, ...answers.missing }],
  },
  {
    ...install,
    miss: true,
    id: 'miss-unauthorized',
    about: 'A dead token: 401.',
    related: ['E401'],
    registry: own,
    rules: [{ ...leftPad, ...answers.unauthorized }],
  },
  {
    ...install,
    miss: true,
    id: 'miss-name-403',
    about: 'A package whose name and version hold 403 and 4.0.3 is installed without any trouble.',
    package: shop({ 'left-padd-403': '4.0.3' }),
    rules: [],
    prompt: true,
  },
];
