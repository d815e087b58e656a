// yarn 2 and later: .yarnrc.yml, in the home folder unless said otherwise.
import { KEY, LINE, base64 } from './common.mjs';

const SERVER = 'npmRegistryServer: "https://npm.acme.example"';
const TOKEN = 'npmAuthToken: lab-token-one';
const ALWAYS = 'npmAlwaysAuth: true';
const at = (key, ...lines) => ['npmRegistries:', `  "${key}":`, ...lines.map((line) => `    ${line}`)];
const scope = (...lines) => ['npmScopes:', '  acme:', ...lines.map((line) => `    ${line}`)];
const OTHER = 'https://other.acme.example/';
const OTHER_SERVER = 'npmRegistryServer: "https://other.acme.example"';
const one = (check, name, home, note, more) => ({ check, name: `berry-${name}`, for: 'berry', home, note, ...more });
const scoped = { package: '@acme/ui' };
const put = { do: 'publish' };

export default [
  one('C07', 'npmrc-only', undefined, 'Registry and credential stand in .npmrc only.', { files: { 'home/.npmrc': [LINE, KEY], 'project/.npmrc': [LINE, KEY] }, registry: 'https://{yarn}/' }),
  one('C07', 'npmrc-token', [SERVER, ALWAYS], 'The registry stands in .yarnrc.yml, the credential in .npmrc.', { files: { 'home/.npmrc': [KEY] } }),
  one(null, 'nothing', undefined, 'Nothing names a registry.', { registry: 'https://{yarn}/' }),
  one('C03', 'token-unscoped', [SERVER, TOKEN], 'The token stands at the top, without npmAlwaysAuth, the package has no scope.'),
  one('C03', 'token-scoped', [SERVER, TOKEN], 'The token stands at the top, without npmAlwaysAuth, the package has a scope.', scoped),
  one('C03', 'always-auth', [SERVER, TOKEN, ALWAYS], 'The token stands at the top, with npmAlwaysAuth.'),
  one('C03', 'always-auth-tarball', [SERVER, TOKEN, ALWAYS], 'The token stands at the top, with npmAlwaysAuth; the tarball.', { about: 'tarball' }),
  one('C03', 'always-auth-none', [SERVER, ALWAYS], 'npmAlwaysAuth is on and there is no credential.'),
  one(null, 'registries-unscoped', [SERVER, ...at('//npm.acme.example', TOKEN)], 'The token stands at the registry, without npmAlwaysAuth.'),
  one(null, 'registries-scoped', [SERVER, ...at('//npm.acme.example', TOKEN)], 'The token stands at the registry, the package has a scope.', scoped),
  one(null, 'registries-always-top', [SERVER, ALWAYS, ...at('//npm.acme.example', TOKEN)], 'The token stands at the registry, npmAlwaysAuth at the top.'),
  one(null, 'registries-always', [SERVER, ...at('//npm.acme.example', ALWAYS, TOKEN)], 'Token and npmAlwaysAuth stand at the registry.'),
  one(null, 'registries-over-top', [SERVER, 'npmAuthToken: lab-token-two', ...at('//npm.acme.example', ALWAYS, TOKEN)], 'One token stands at the registry, another one at the top.'),
  one('C04', 'registries-slash', [SERVER, ...at('//npm.acme.example/', ALWAYS, TOKEN)], 'The key of the registry ends in a slash.'),
  one('C04', 'registries-scheme', [SERVER, ...at('https://npm.acme.example', ALWAYS, TOKEN)], 'The key of the registry has its scheme.'),
  one('C04', 'registries-other-scheme', [SERVER, ...at('http://npm.acme.example', ALWAYS, TOKEN)], 'The key of the registry has another scheme.'),
  one('C04', 'registries-bare', [SERVER, ...at('npm.acme.example', ALWAYS, TOKEN)], 'The key of the registry is the host alone.'),
  one('C04', 'registries-root', ['npmRegistryServer: "https://npm.acme.example/npm"', ...at('//npm.acme.example', ALWAYS, TOKEN)], 'The registry has a path, its key has none.', { registry: 'https://npm.acme.example/npm/' }),
  one('C04', 'registries-path', ['npmRegistryServer: "https://npm.acme.example/npm/"', ...at('//npm.acme.example/npm', ALWAYS, TOKEN)], 'The registry and its key have the same path, the registry a slash as well.', { registry: 'https://npm.acme.example/npm/' }),
  one('C04', 'registries-default-port', [SERVER, ...at('//npm.acme.example:443', ALWAYS, TOKEN)], 'The key of the registry names the default port.'),
  one('C04', 'registries-case', [SERVER, ...at('//NPM.acme.example', ALWAYS, TOKEN)], 'The key of the registry is in upper case.'),
  one(null, 'ident-plain', [SERVER, ALWAYS, 'npmAuthIdent: "dev:lab-password"'], 'The credential is user and password.'),
  one('C09', 'ident-base64', [SERVER, ALWAYS, `npmAuthIdent: ${base64('dev:lab-password')}`], 'The credential is base64 of user and password.'),
  one(null, 'token-and-ident', [SERVER, ALWAYS, TOKEN, 'npmAuthIdent: "dev:lab-password"'], 'There is a token and user and password.'),
  one(null, 'scope-server', [...scope('npmRegistryServer: "https://npm.acme.example"', TOKEN)], 'The scope has a registry and a token.', scoped),
  one(null, 'scope-server-unscoped', [SERVER, ...scope(OTHER_SERVER, TOKEN)], 'The scope has a registry and a token, the package has no scope.'),
  one(null, 'scope-token-only', [SERVER, ...scope(TOKEN)], 'The scope has a token and no registry.', scoped),
  one(null, 'scope-server-registries-token', [...scope('npmRegistryServer: "https://npm.acme.example"'), ...at('//npm.acme.example', TOKEN)], 'The scope has a registry, the token stands at the registry.', scoped),
  one(null, 'scope-without-token', [TOKEN, ...scope('npmRegistryServer: "https://npm.acme.example"')], 'The scope has a registry, the token stands at the top.', scoped),
  one(null, 'scope-over-registries', [...scope('npmRegistryServer: "https://npm.acme.example"', TOKEN), ...at('//npm.acme.example', 'npmAuthToken: lab-token-two')], 'The scope has one token, its registry another one.', scoped),
  one(null, 'scope-with-at', [SERVER, 'npmScopes:', '  "@acme":', `    ${OTHER_SERVER}`, `    ${TOKEN}`], 'The name of the scope begins with an at sign.', scoped),
  one('C05', 'variable-set', [SERVER, ALWAYS, 'npmAuthToken: "${LAB_TOKEN}"'], 'The token is a variable that is set.', { env: { LAB_TOKEN: 'lab-token-one' } }),
  one('C05', 'variable-unset', [SERVER, ALWAYS, 'npmAuthToken: "${LAB_TOKEN}"'], 'The token is a variable that is not set.'),
  one('C05', 'variable-empty', [SERVER, ALWAYS, 'npmAuthToken: "${LAB_TOKEN}"'], 'The token is a variable that is set to nothing.', { env: { LAB_TOKEN: '' } }),
  one('C05', 'variable-default', [SERVER, ALWAYS, 'npmAuthToken: "${LAB_TOKEN-lab-token-two}"'], 'The token is a variable with a default, and it is not set.'),
  one('C05', 'variable-default-colon', [SERVER, ALWAYS, 'npmAuthToken: "${LAB_TOKEN:-lab-token-two}"'], 'The token is a variable with a default against nothing, and it is empty.', { env: { LAB_TOKEN: '' } }),
  one('C05', 'variable-default-empty', [SERVER, ALWAYS, 'npmAuthToken: "${LAB_TOKEN:-}"'], 'The token is a variable whose default is nothing.'),
  one('C05', 'variable-bare', [SERVER, ALWAYS, 'npmAuthToken: "$LAB_TOKEN"'], 'The variable has no braces.', { env: { LAB_TOKEN: 'lab-token-one' } }),
  one('C05', 'env-file', [SERVER, ALWAYS, 'npmAuthToken: "${LAB_TOKEN}"'], 'The variable stands in the file .env.yarn of the project.', { files: { 'project/.env.yarn': ['LAB_TOKEN=lab-token-one'] } }),
  one('C15', 'http', ['npmRegistryServer: "http://npm.acme.example"', ALWAYS, TOKEN], 'The registry is asked without encryption.', { registry: 'http://npm.acme.example/' }),
  one('C15', 'http-allowed', ['npmRegistryServer: "http://npm.acme.example"', ALWAYS, TOKEN, 'unsafeHttpWhitelist:', '  - npm.acme.example'], 'The registry is asked without encryption, which is allowed.', { registry: 'http://npm.acme.example/' }),
  one('C23', 'userinfo', ['npmRegistryServer: "https://dev:lab-password@npm.acme.example"'], 'User and password stand in the address of the registry.'),
  one('C22', 'proxy', [SERVER, ALWAYS, TOKEN, 'httpsProxy: "http://localhost:3128"'], 'The file names a proxy.'),
  one('C22', 'proxy-from-env', [SERVER, ALWAYS, TOKEN], 'A variable names a proxy.', { env: { HTTPS_PROXY: 'http://localhost:3128' } }),
  one('C24', 'project-over-user', ['npmRegistryServer: "https://other.acme.example"', ALWAYS, TOKEN], 'The project names one registry, the user another one.', { project: [SERVER] }),
  one('C24', 'project-token-over-user', [SERVER, ALWAYS, TOKEN], 'The project has one token, the user another one.', { project: ['npmAuthToken: lab-token-two'] }),
  one('C24', 'scopes-in-two-files', [...scope(TOKEN)], 'The project names the registry of the scope, the user its token.', { ...scoped, project: [...scope('npmRegistryServer: "https://npm.acme.example"')] }),
  one('C24', 'registries-in-two-files', [...at('//npm.acme.example', ALWAYS, TOKEN)], 'The project names the registry, the user its token.', { project: [SERVER] }),
  one('C24', 'env-registry', [OTHER_SERVER, ALWAYS, TOKEN], 'A variable of yarn names the registry.', { env: { YARN_NPM_REGISTRY_SERVER: 'https://npm.acme.example' } }),
  one('C24', 'env-token', [SERVER, ALWAYS], 'A variable of yarn holds the token.', { env: { YARN_NPM_AUTH_TOKEN: 'lab-token-one' } }),
  one('C24', 'env-token-over-file', [SERVER, ALWAYS, TOKEN], 'A variable of yarn holds another token than the file.', { env: { YARN_NPM_AUTH_TOKEN: 'lab-token-two' } }),
  one(null, 'env-npm-registry', [ALWAYS, TOKEN], 'A variable of npm names a registry.', { env: { npm_config_registry: 'https://npm.acme.example/' }, registry: 'https://{yarn}/' }),
  one('C12', 'member', [ALWAYS, TOKEN], 'The file of a member of a workspace names one registry, its root another one.', { cd: 'project/packages/app', manifest: { private: true, workspaces: ['packages/*'] }, project: [SERVER], files: { 'project/packages/app/package.json': ['{"name":"app","version":"1.0.0"}'], 'project/packages/app/.yarnrc.yml': [OTHER_SERVER] } }),
  one('C03', 'publish-none', [SERVER], 'A publish without a credential.', put),
  one(null, 'publish-token', [SERVER, TOKEN], 'A publish with a token at the top.', put),
  one(null, 'publish-registries', [SERVER, ...at('//npm.acme.example', TOKEN)], 'A publish with a token at the registry.', put),
  one(null, 'publish-registry', [SERVER, 'npmPublishRegistry: "https://other.acme.example"', ...at('//npm.acme.example', TOKEN), ...at('//other.acme.example', 'npmAuthToken: lab-token-two').slice(1)], 'The file names a registry for publishing.', { ...put, registry: OTHER }),
  one('C02', 'publish-config', [SERVER, ...at('//npm.acme.example', TOKEN), ...at('//other.acme.example', 'npmAuthToken: lab-token-two').slice(1)], 'The manifest names another registry.', { ...put, registry: OTHER, manifest: { publishConfig: { registry: OTHER } } }),
  one('C02', 'publish-config-against-scope', [...scope('npmRegistryServer: "https://other.acme.example"'), ...at('//npm.acme.example', TOKEN), ...at('//other.acme.example', 'npmAuthToken: lab-token-two').slice(1)], 'The manifest names one registry, the scope another one.', { ...put, ...scoped, manifest: { publishConfig: { registry: 'https://npm.acme.example/' } } }),
  one('C02', 'publish-config-against-publish-registry', [SERVER, 'npmPublishRegistry: "https://other.acme.example"', ...at('//npm.acme.example', TOKEN), ...at('//other.acme.example', 'npmAuthToken: lab-token-two').slice(1)], 'The manifest names one registry, the file another one for publishing.', { ...put, manifest: { publishConfig: { registry: 'https://npm.acme.example/' } } }),
  one('C19', 'publish-private', [SERVER, TOKEN], 'The manifest says private.', { ...put, manifest: { private: true } }),
  one(null, 'redirect-other-host', [SERVER, ALWAYS, TOKEN], 'The registry leads to another host.', { rules: [{ host: 'npm.acme.example', path: '^/ui$', redirect: 'https://other.acme.example/ui' }] }),
  one(null, 'redirect-other-port', [SERVER, ALWAYS, TOKEN], 'The registry leads to another port of the same host.', { rules: [{ host: 'npm.acme.example', path: '^/ui$', redirect: 'https://npm.acme.example:8443/ui' }] }),
  one(null, 'tarball-other-host', [SERVER, ALWAYS, TOKEN], 'The tarball lies on another host.', { about: 'tarball', url: 'https://files.acme.example/ui/-/ui-1.0.0.tgz', tarballs: { ui: 'https://files.acme.example/ui/-/ui-1.0.0.tgz' } }),
  one(null, 'tarball-other-port', [SERVER, ALWAYS, TOKEN], 'The tarball lies on another port of the same host.', { about: 'tarball', url: 'https://npm.acme.example:8443/ui/-/ui-1.0.0.tgz', tarballs: { ui: 'https://npm.acme.example:8443/ui/-/ui-1.0.0.tgz' } }),
  one('C10', 'yaml-broken', [SERVER, 'npmAuthToken lab-token-one', ALWAYS], 'A line has no colon.'),
  one('C10', 'yaml-unknown-key', [SERVER, 'npmToken: lab-token-one', ALWAYS], 'A key is unknown.'),
];
