// yarn 1: always-auth, its own .yarnrc, and the two names of the public registry.
import { KEY, LINE, OTHER, SCOPE } from './common.mjs';
import credentials from './credentials.mjs';

const one = (check, name, files, note, more) => ({ check, name: `yarn-${name}`, for: 'yarn1', note, ...files, ...more });
const ALWAYS = 'always-auth=true';
const rc = (...lines) => ({ files: { 'home/.yarnrc': lines } });

// Without always-auth, yarn 1 sends nothing for a package without a scope: the matrix is measured with it.
const always = credentials
  .filter((one) => one.do !== 'publish' && !one.package && one.for.includes('yarn1'))
  .map((one) => ({ ...one, name: `yarn-always-${one.name}`, for: 'yarn1', home: [...one.home, ALWAYS], note: one.note.replace(/\.$/, ', and always-auth is on.') }));

export default [
  ...always,
  one('C06', 'always-auth', { home: [LINE, KEY, ALWAYS] }, 'The switch always-auth is on for everything.'),
  one('C06', 'always-auth-at-key', { home: [LINE, KEY, '//npm.acme.example/:always-auth=true'] }, 'The switch always-auth is on for the address of the registry.'),
  one('C06', 'always-auth-off', { home: [LINE, KEY, 'always-auth=false'] }, 'The switch always-auth is off.'),
  one('C06', 'always-auth-from-yarnrc', { home: [LINE, KEY], ...rc('always-auth true') }, 'The switch always-auth stands in the file of yarn.'),
  one('C06', 'always-auth-tarball', { home: [LINE, KEY, ALWAYS] }, 'The switch always-auth is on; the tarball.', { about: 'tarball' }),
  one('C06', 'scoped-tarball', { home: [LINE, KEY] }, 'A package with a scope and no always-auth; the tarball.', { about: 'tarball', package: '@acme/ui' }),
  one(null, 'yarnrc-registry', { home: [KEY, ALWAYS], ...rc('registry "https://npm.acme.example/"') }, 'The registry stands in the file of yarn.'),
  one('C24', 'yarnrc-against-npmrc', { home: [OTHER, KEY, ALWAYS], ...rc('registry "https://npm.acme.example/"') }, 'The file of yarn names one registry, that of npm another one.'),
  one('C24', 'yarnrc-user-against-project-npmrc', { home: [KEY, ALWAYS], project: [LINE], ...rc('registry "https://other.acme.example/"') }, 'The file of yarn names a registry for the user, that of npm another one for the project.'),
  one(null, 'yarnrc-scope', { home: [KEY], ...rc('"@acme:registry" "https://npm.acme.example/"') }, 'The registry of the scope stands in the file of yarn.', { package: '@acme/ui' }),
  one('C24', 'yarnrc-scope-against-npmrc', { home: [KEY, SCOPE], ...rc('"@acme:registry" "https://npm.acme.example/"') }, 'The file of yarn names one registry for the scope, that of npm another one.', { package: '@acme/ui' }),
  one(null, 'yarnrc-token', { home: [ALWAYS], ...rc('registry "https://npm.acme.example/"', '"//npm.acme.example/:_authToken" lab-token-one') }, 'The token stands in the file of yarn.'),
  one('C03', 'public-key-of-npm', { home: ['//{npm}/:_authToken=lab-token-one', ALWAYS] }, 'Nothing names a registry, the token is for the public one.', { registry: 'https://{yarn}/' }),
  one('C03', 'public-key-of-yarn', { home: ['//{yarn}/:_authToken=lab-token-one', ALWAYS] }, 'Nothing names a registry, the token is for the own name of the public one.', { registry: 'https://{yarn}/' }),
  one('C03', 'publish-public-key-of-npm', { home: ['//{npm}/:_authToken=lab-token-one'] }, 'A publish to the public registry with a token for it.', { do: 'publish', registry: 'https://{yarn}/' }),
  one(null, 'publish-npm-registry-line', { home: ['registry=https://{npm}/', '//{npm}/:_authToken=lab-token-one'] }, 'A publish, the file names the public registry and its token.', { do: 'publish', registry: 'https://{npm}/' }),
];
