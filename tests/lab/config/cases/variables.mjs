// Variables inside an .npmrc, set and unset.
import { ALL, KEY, LINE, OTHER } from './common.mjs';

const token = (text) => `//npm.acme.example/:_authToken=${text}`;
const PUBLISH = 'npm pnpm yarn1 bun';

export default [
  { name: 'variable-set', for: ALL, home: [LINE, token('${LAB_TOKEN}')], env: { LAB_TOKEN: 'lab-token-one' }, note: 'The token is a variable that is set.' },
  { check: 'C05', name: 'variable-unset', for: ALL, home: [LINE, token('${LAB_TOKEN}')], note: 'The token is a variable that is not set.' },
  { check: 'C05', name: 'publish-variable-unset', do: 'publish', for: PUBLISH, home: [LINE, token('${LAB_TOKEN}')], note: 'The token is a variable that is not set, and a publish.' },
  { check: 'C05', name: 'variable-empty', for: ALL, home: [LINE, token('${LAB_TOKEN}')], env: { LAB_TOKEN: '' }, note: 'The token is a variable that is set to nothing.' },
  { check: 'C05', name: 'variable-unset-after-others', for: ALL, home: [token('${LAB_TOKEN}'), LINE], note: 'A line with an unset variable stands before the registry.' },
  { check: 'C05', name: 'variable-unset-elsewhere', for: ALL, home: [LINE, KEY, '//other.acme.example/:_authToken=${LAB_TOKEN}'], note: 'An unset variable stands in the key of another registry.' },
  { check: 'C05', name: 'variable-unset-in-project', for: ALL, home: [LINE, KEY], project: ['//other.acme.example/:_authToken=${LAB_TOKEN}'], note: 'An unset variable stands in the project, everything else with the user.' },
  { name: 'variable-set-in-project', for: ALL, home: [LINE], project: [token('${LAB_TOKEN}')], env: { LAB_TOKEN: 'lab-token-one' }, note: 'The project takes the token from a variable that is set.' },
  { name: 'variable-in-project-registry', for: ALL, home: [KEY], project: ['registry=https://${LAB_HOST}/'], env: { LAB_HOST: 'npm.acme.example' }, note: 'The project takes the host of the registry from a variable that is set.' },
  { check: 'C05', name: 'variable-optional-unset', for: ALL, home: [LINE, token('${LAB_TOKEN?}')], note: 'The token is an optional variable that is not set.' },
  { check: 'C05', name: 'variable-default-unset', for: ALL, home: [LINE, token('${LAB_TOKEN-lab-token-two}')], note: 'The token is a variable with a default, and it is not set.' },
  { check: 'C05', name: 'variable-bare', for: ALL, home: [LINE, token('$LAB_TOKEN')], env: { LAB_TOKEN: 'lab-token-one' }, note: 'The variable has no braces.' },
  { check: 'C05', name: 'variable-escaped', for: ALL, home: [LINE, token('\\${LAB_TOKEN}')], env: { LAB_TOKEN: 'lab-token-one' }, note: 'A backslash stands before the variable.' },
  { name: 'variable-in-key', for: ALL, home: [LINE, '//${LAB_HOST}/:_authToken=lab-token-one'], env: { LAB_HOST: 'npm.acme.example' }, note: 'The host of the key is a variable.' },
  { name: 'variable-in-registry', for: ALL, home: ['registry=${LAB_REGISTRY}', KEY], env: { LAB_REGISTRY: 'https://npm.acme.example/' }, note: 'The registry is a variable.' },
  { name: 'variable-unset-in-registry', for: ALL, home: ['registry=${LAB_REGISTRY}', KEY], note: 'The registry is a variable that is not set.' },
  { check: 'C20', name: 'setup-node-unset', do: 'publish', for: PUBLISH, home: [token('${NODE_AUTH_TOKEN}'), LINE, 'always-auth=true'], note: 'The file of a CI action with its variable unset.' },
  { check: 'C20', name: 'setup-node-set', do: 'publish', for: PUBLISH, home: [token('${NODE_AUTH_TOKEN}'), LINE, 'always-auth=true'], env: { NODE_AUTH_TOKEN: 'lab-token-one' }, note: 'The file of a CI action with its variable set.' },
  { name: 'env-registry', for: ALL, home: [OTHER, KEY], env: { npm_config_registry: 'https://npm.acme.example/' }, note: 'A variable of npm names the registry over the file.' },
  { name: 'env-registry-upper-case', for: ALL, home: [OTHER, KEY], env: { NPM_CONFIG_REGISTRY: 'https://npm.acme.example/' }, note: 'A variable of npm in upper case names the registry.' },
  { name: 'env-registry-empty', for: ALL, home: [LINE, KEY], env: { npm_config_registry: '' }, note: 'A variable of npm for the registry is empty.' },
  { name: 'env-token', for: ALL, home: [LINE], env: { 'npm_config_//npm.acme.example/:_authToken': 'lab-token-one' }, note: 'A variable of npm holds the token of an address.' },
  { name: 'env-token-over-file', for: ALL, home: [LINE, KEY], env: { 'npm_config_//npm.acme.example/:_authToken': 'lab-token-two' }, note: 'A variable of npm holds another token than the file.' },
  { name: 'env-scope-registry', package: '@acme/ui', for: ALL, home: [OTHER, KEY], env: { 'npm_config_@acme:registry': 'https://npm.acme.example/' }, note: 'A variable of npm names the registry of a scope.' },
  { name: 'env-userconfig', for: ALL, home: [OTHER], files: { 'home/ci.npmrc': [LINE, KEY] }, env: { npm_config_userconfig: '/home/dev/ci.npmrc' }, note: 'A variable of npm moves the file of the user.' },
  { name: 'env-yarn-registry', for: 'yarn1', home: [OTHER, KEY, 'always-auth=true'], env: { YARN_REGISTRY: 'https://npm.acme.example/' }, note: 'A variable of yarn names the registry over the file.' },
  { name: 'env-node-auth-token-alone', for: ALL, home: [LINE], env: { NPM_TOKEN: 'lab-token-one', NODE_AUTH_TOKEN: 'lab-token-two' }, note: 'Well-known variables hold tokens and no file names them.' },
];
