// pnpm: its own files, and the settings that moved to YAML.
import { KEY, LINE, OTHER, OTHER_KEY, SCOPE } from './common.mjs';

const one = (check, name, files, note, more) => ({ check, name: `pnpm-${name}`, for: 'pnpm', files, note, ...more });
const YAML = 'project/pnpm-workspace.yaml';
const USER = 'home/.config/pnpm';
const TWO = '//npm.acme.example/:_authToken=lab-token-two';
const scoped = { package: '@acme/ui' };
const user = { home: [KEY] };
const REGISTRY = "registry: 'https://npm.acme.example/'";

export default [
  one('C01', 'yaml-registry', { [YAML]: [REGISTRY] }, 'The registry stands in pnpm-workspace.yaml, the token with the user.', user),
  one('C24', 'yaml-registry-against-user', { [YAML]: [REGISTRY] }, 'pnpm-workspace.yaml names one registry, the user another one.', { home: [OTHER, KEY] }),
  one('C24', 'yaml-registry-against-project', { [YAML]: [REGISTRY] }, 'pnpm-workspace.yaml names one registry, .npmrc of the project another one.', { home: [KEY], project: [OTHER] }),
  one('C01', 'yaml-registries', { [YAML]: ['registries:', "  default: 'https://npm.acme.example/'", "  '@acme': 'https://other.acme.example/'"] }, 'pnpm-workspace.yaml names registries by scope.', { home: [KEY, OTHER_KEY] }),
  one('C01', 'yaml-registries-scoped', { [YAML]: ['registries:', "  default: 'https://npm.acme.example/'", "  '@acme': 'https://other.acme.example/'"] }, 'pnpm-workspace.yaml names registries by scope, the package has the scope.', { ...scoped, home: [KEY, OTHER_KEY], registry: 'https://other.acme.example/' }),
  one('C24', 'yaml-scope-against-user', { [YAML]: ['registries:', "  '@acme': 'https://npm.acme.example/'"] }, 'pnpm-workspace.yaml names one registry for the scope, the user another one.', { ...scoped, home: [SCOPE, KEY] }),
  one('C01', 'yaml-registries-by-address', { [YAML]: ['registries:', "  'https://npm.acme.example/':", "    scopes: ['@acme']"] }, 'pnpm-workspace.yaml names the scopes of a registry.', { ...scoped, ...user }),
  one('C01', 'yaml-registries-default-by-address', { [YAML]: ['registries:', "  'https://npm.acme.example/':", "    scopes: ['@']"] }, 'pnpm-workspace.yaml makes a registry the default.', user),
  one('C03', 'yaml-token', { [YAML]: [REGISTRY, "'//npm.acme.example/:_authToken': lab-token-one"] }, 'The token stands in pnpm-workspace.yaml.'),
  one('C05', 'yaml-variable', { [YAML]: ["registry: 'https://${LAB_HOST}/'"] }, 'The registry in pnpm-workspace.yaml is a variable that is set.', { ...user, env: { LAB_HOST: 'npm.acme.example' } }),
  one('C02', 'yaml-publish', { [YAML]: [REGISTRY] }, 'A publish with the registry of pnpm-workspace.yaml.', { do: 'publish', ...user }),
  one('C24', 'user-rc', { [`${USER}/rc`]: [LINE, KEY] }, 'Everything stands in the file rc of pnpm.'),
  one('C24', 'user-rc-against-npmrc', { [`${USER}/rc`]: [LINE, KEY] }, 'The file rc of pnpm names one registry, the user another one.', { home: [OTHER, TWO] }),
  one('C24', 'auth-ini', { [`${USER}/auth.ini`]: [KEY] }, 'The token stands in auth.ini, the registry with the user.', { home: [LINE] }),
  one('C24', 'auth-ini-against-npmrc', { [`${USER}/auth.ini`]: [LINE, KEY] }, 'auth.ini names a registry and its token, the user another registry and token.', { home: [OTHER, TWO] }),
  one('C24', 'auth-ini-against-project', { [`${USER}/auth.ini`]: [KEY] }, 'auth.ini has one token, the project another one.', { project: [LINE, TWO] }),
  one('C05', 'auth-ini-variable', { [`${USER}/auth.ini`]: [LINE, '//npm.acme.example/:_authToken=${LAB_TOKEN}'] }, 'The token in auth.ini is a variable that is set.', { env: { LAB_TOKEN: 'lab-token-one' } }),
  one('C24', 'config-yaml-registry', { [`${USER}/config.yaml`]: [REGISTRY] }, 'The registry stands in config.yaml of pnpm.', user),
  one('C24', 'config-yaml-registry-against-npmrc', { [`${USER}/config.yaml`]: [REGISTRY] }, 'config.yaml of pnpm names one registry, the user another one.', { home: [OTHER, KEY] }),
  one('C24', 'config-yaml-auth', { [`${USER}/config.yaml`]: ['_auth:', "  'https://npm.acme.example/':", "    '@':", '      authToken: lab-token-one'] }, 'The token stands in config.yaml of pnpm, the registry with the user.', { home: [LINE] }),
  one('C24', 'env-registry', {}, 'A variable of pnpm names the registry.', { home: [OTHER, KEY], env: { pnpm_config_registry: 'https://npm.acme.example/' } }),
  one('C24', 'env-auth', {}, 'A variable of pnpm holds a token in JSON.', { home: [LINE], env: { pnpm_config__auth: '{"https://npm.acme.example/":{"@":{"authToken":"lab-token-one"}}}' } }),
  one('C05', 'project-variable-elsewhere', {}, 'The project has an unset variable in the key of another registry, and names its own.', { home: [KEY], project: [LINE, '//other.acme.example/:_authToken=${LAB_TOKEN}'] }),
];
