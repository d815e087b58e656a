// bun: bunfig.toml beside .npmrc, variables with a bare dollar sign, and .env files.
import { KEY, LINE, OTHER, SCOPE, base64 } from './common.mjs';

const one = (check, name, project, note, more) => ({ check, name: `bun-${name}`, for: 'bun', bunfig: true, project, note, ...more });
const install = (...lines) => ['[install]', ...lines];
const scopes = (line) => ['[install.scopes]', line];
const URL = 'https://npm.acme.example/';
const TOKEN = { env: { LAB_TOKEN: 'lab-token-one' } };
const put = { do: 'publish' };
const scoped = { package: '@acme/ui' };

export default [
  one(null, 'registry-text', install(`registry = "${URL}"`), 'The registry is a text.'),
  one(null, 'registry-userinfo', install('registry = "https://dev:lab-password@npm.acme.example/"'), 'The registry is a text with user and password.'),
  one(null, 'registry-token-in-text', install('registry = "https://lab-token-one@npm.acme.example/"'), 'The registry is a text with one word before the host.'),
  one(null, 'registry-object', install(`registry = { url = "${URL}", token = "lab-token-one" }`), 'The registry has a token.'),
  one(null, 'registry-object-user', install(`registry = { url = "${URL}", username = "dev", password = "lab-password" }`), 'The registry has user and password.'),
  one('C09', 'registry-object-user-base64', install(`registry = { url = "${URL}", username = "dev", password = "${base64('lab-password')}" }`), 'The registry has a user and a password in base64.'),
  one('C05', 'variable', install(`registry = { url = "${URL}", token = "$LAB_TOKEN" }`), 'The token is a variable with a bare dollar sign that is set.', TOKEN),
  one('C05', 'variable-braces', install(`registry = { url = "${URL}", token = "\${LAB_TOKEN}" }`), 'The token is a variable in braces that is set.', TOKEN),
  one('C05', 'variable-unset', install(`registry = { url = "${URL}", token = "$LAB_TOKEN" }`), 'The token is a variable that is not set.'),
  one('C05', 'variable-in-env-file', install(`registry = { url = "${URL}", token = "$LAB_TOKEN" }`), 'The variable stands in the file .env of the project.', { files: { 'project/.env': ['LAB_TOKEN=lab-token-one'] } }),
  one(null, 'scope-text', scopes('acme = "https://dev:lab-password@npm.acme.example/"'), 'The registry of the scope is a text with user and password.', scoped),
  one(null, 'scope-object', scopes(`"@acme" = { url = "${URL}", token = "lab-token-one" }`), 'The scope has a registry and a token.', scoped),
  one(null, 'scope-object-unscoped', [...install(`registry = "${URL}"`), ...scopes('acme = { url = "https://other.acme.example/", token = "lab-token-one" }')], 'The scope has a registry and a token, the package has no scope.'),
  one('C24', 'bunfig-against-npmrc', install('registry = "https://other.acme.example/"'), 'bunfig.toml of the project names one registry, .npmrc of the project another one.', { files: { 'project/.npmrc': [LINE, KEY] } }),
  one('C24', 'bunfig-against-user-npmrc', install(`registry = "${URL}"`), 'bunfig.toml of the project names one registry, .npmrc of the user another one.', { files: { 'home/.npmrc': [OTHER, KEY] } }),
  one(null, 'bunfig-registry-npmrc-token', install(`registry = "${URL}"`), 'The registry stands in bunfig.toml, the token in .npmrc.', { files: { 'home/.npmrc': [KEY] } }),
  one('C24', 'bunfig-token-against-npmrc', install(`registry = { url = "${URL}", token = "lab-token-two" }`), 'bunfig.toml has one token, .npmrc another one.', { files: { 'home/.npmrc': [KEY] } }),
  one('C24', 'bunfig-scope-against-npmrc', scopes(`acme = { url = "${URL}", token = "lab-token-one" }`), 'bunfig.toml names one registry for the scope, .npmrc another one.', { ...scoped, files: { 'home/.npmrc': [SCOPE] } }),
  one('C24', 'bunfig-user', undefined, 'The file of the user names the registry and its token.', { home: install(`registry = { url = "${URL}", token = "lab-token-one" }`) }),
  one('C24', 'bunfig-project-over-user', install(`registry = "${URL}"`), 'The project names one registry, the user another one.', { home: install('registry = { url = "https://other.acme.example/", token = "lab-token-one" }') }),
  one('C05', 'npmrc-variable-in-env-file', undefined, 'The variable of .npmrc stands in the file .env of the project.', { files: { 'home/.npmrc': [LINE, '//npm.acme.example/:_authToken=${LAB_TOKEN}'], 'project/.env': ['LAB_TOKEN=lab-token-one'] } }),
  one(null, 'env-registry', undefined, 'A variable of bun names the registry.', { files: { 'home/.npmrc': [OTHER, KEY] }, env: { BUN_CONFIG_REGISTRY: URL } }),
  one(null, 'env-token', undefined, 'A variable of bun holds the token.', { files: { 'home/.npmrc': [LINE] }, env: { BUN_CONFIG_TOKEN: 'lab-token-one' } }),
  one(null, 'env-npm-config-token', undefined, 'A variable of npm holds a token.', { files: { 'home/.npmrc': [LINE] }, env: { NPM_CONFIG_TOKEN: 'lab-token-one' } }),
  one(null, 'publish-bunfig-token', install(`registry = { url = "${URL}", token = "lab-token-one" }`), 'A publish with the token of bunfig.toml.', put),
  one('C03', 'publish-bunfig-none', install(`registry = "${URL}"`), 'A publish without a credential.', put),
  one('C02', 'publish-config-against-bunfig-scope', scopes('acme = { url = "https://other.acme.example/", token = "lab-token-two" }'), 'The manifest names one registry, the scope in bunfig.toml another one.', { ...put, ...scoped, manifest: { publishConfig: { registry: URL } }, files: { 'home/.npmrc': [KEY] } }),
];
