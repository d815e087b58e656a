// Publishing: which registry a manifest and a scope lead to, and which credential goes along.
import { KEY, LINE, OTHER_KEY, SCOPE } from './common.mjs';

const MAIN = 'npm pnpm yarn1 bun';
const OTHER_URL = 'https://other.acme.example/';
const both = [KEY, OTHER_KEY];
const to = (url) => ({ publishConfig: { registry: url } });

export default [
  { name: 'publish-exact', do: 'publish', for: MAIN, home: [LINE, KEY], note: 'A publish with the key of the registry.' },
  { name: 'publish-scoped', do: 'publish', package: '@acme/ui', for: MAIN, home: [LINE, KEY], note: 'A publish of a package with a scope.' },
  { name: 'publish-config', do: 'publish', registry: OTHER_URL, for: MAIN, manifest: to(OTHER_URL), home: [LINE, ...both], note: 'The manifest names another registry.' },
  { name: 'publish-config-without-slash', do: 'publish', registry: OTHER_URL, for: MAIN, manifest: to('https://other.acme.example'), home: [LINE, ...both], note: 'The manifest names another registry without a slash at its end.' },
  { check: 'C03', name: 'publish-config-without-key', do: 'publish', registry: OTHER_URL, for: MAIN, manifest: to(OTHER_URL), home: [LINE, KEY], note: 'The manifest names a registry that has no credential.' },
  { check: 'C02', name: 'publish-config-scoped-package', do: 'publish', package: '@acme/ui', registry: OTHER_URL, for: MAIN, manifest: to(OTHER_URL), home: [LINE, ...both], note: 'The manifest names another registry, the package has a scope without one.' },
  { check: 'C02', name: 'publish-config-against-scope', do: 'publish', package: '@acme/ui', for: MAIN, manifest: to('https://npm.acme.example/'), home: [SCOPE, ...both], note: 'The manifest names one registry, the scope another one.' },
  { check: 'C02', name: 'publish-config-with-scope-key', do: 'publish', package: '@acme/ui', for: MAIN, manifest: { publishConfig: { '@acme:registry': 'https://npm.acme.example/' } }, home: [SCOPE, ...both], note: 'The manifest names the registry of the scope, the user another one.' },
  { check: 'C02', name: 'publish-config-both-forms', do: 'publish', package: '@acme/ui', for: MAIN, manifest: { publishConfig: { registry: 'https://files.acme.example/', '@acme:registry': 'https://npm.acme.example/' } }, home: [LINE, ...both], note: 'The manifest names a registry for the scope and one for all.' },
  { check: 'C02', name: 'publish-scope-key', do: 'publish', package: '@acme/ui', registry: OTHER_URL, for: MAIN, home: [LINE, SCOPE, ...both], note: 'The scope has a registry, the manifest names none.' },
  { check: 'C02', name: 'publish-flag-against-config', do: 'publish', words: '--registry=https://npm.acme.example/', for: MAIN, manifest: to(OTHER_URL), home: both, note: 'The command names one registry, the manifest another one.' },
  { check: 'C02', name: 'publish-flag-against-scope', do: 'publish', package: '@acme/ui', words: '--registry=https://npm.acme.example/', for: MAIN, home: [SCOPE, ...both], note: 'The command names one registry, the scope another one.' },
  { check: 'C02', name: 'publish-env-against-config', do: 'publish', for: MAIN, manifest: to(OTHER_URL), home: both, env: { npm_config_registry: 'https://npm.acme.example/' }, note: 'A variable names one registry, the manifest another one.' },
  { check: 'C19', name: 'publish-private', do: 'publish', for: MAIN, manifest: { private: true }, home: [LINE, KEY], note: 'The manifest says private.' },
  { check: 'C19', name: 'publish-build-metadata', do: 'publish', for: MAIN, manifest: { version: '2.0.0+b5' }, home: [LINE, KEY], note: 'The version has build metadata.' },
  { check: 'C19', name: 'publish-version-invalid', do: 'publish', for: MAIN, manifest: { version: '2.0' }, home: [LINE, KEY], note: 'The version has two numbers.' },
  { check: 'C19', name: 'publish-name-upper-case', do: 'publish', package: 'Ui', for: MAIN, home: [LINE, KEY], note: 'The name has an upper-case letter.' },
  { check: 'C18', name: 'publish-repository-other', do: 'publish', package: '@acme/ui', registry: 'https://{github}/', for: MAIN, manifest: { repository: 'https://git.acme.example/other/ui.git' }, home: ['@acme:registry=https://{github}', '//{github}/:_authToken=lab-token-one'], note: 'The repository of the manifest has another owner than the scope.' },
  {
    check: 'C20', name: 'publish-trusted', do: 'publish', registry: 'https://{npm}/', for: 'npm pnpm', home: ['registry=https://{npm}/'],
    env: { CI: 'true', GITHUB_ACTIONS: 'true', ACTIONS_ID_TOKEN_REQUEST_URL: 'https://token.acme.example/?a=b', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'lab-request' },
    rules: [{ host: 'token.acme.example', path: '.', body: { value: 'lab-id-token' } }, { path: '/oidc/token/exchange/', body: { token: 'lab-token-oidc' } }],
    note: 'A CI offers an identity and there is no token.',
  },
  {
    check: 'C20', name: 'publish-trusted-with-token', do: 'publish', registry: 'https://{npm}/', for: 'npm pnpm', home: ['registry=https://{npm}/', '//{npm}/:_authToken=${NODE_AUTH_TOKEN}'],
    env: { CI: 'true', GITHUB_ACTIONS: 'true', NODE_AUTH_TOKEN: 'lab-token-one', ACTIONS_ID_TOKEN_REQUEST_URL: 'https://token.acme.example/?a=b', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'lab-request' },
    rules: [{ host: 'token.acme.example', path: '.', body: { value: 'lab-id-token' } }, { path: '/oidc/token/exchange/', body: { token: 'lab-token-oidc' } }],
    note: 'A CI offers an identity and a variable holds a token as well.',
  },
];
