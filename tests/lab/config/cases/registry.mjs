// The registry: addresses, schemes, redirects, proxies, and where the credential follows.
import { ALL, KEY, LINE, OTHER_KEY, SCOPE } from './common.mjs';

const MAIN = 'npm pnpm yarn1 bun';
const ALWAYS = 'always-auth=true';
const at = (url) => ({ ui: url });

export default [
  { name: 'registry-none', registry: 'https://{npm}/', for: ALL, home: [], note: 'Nothing names a registry.' },
  { name: 'registry-default-with-token', registry: 'https://{npm}/', for: ALL, home: ['//{npm}/:_authToken=lab-token-one'], note: 'Nothing names a registry, the token is for the public one.' },
  { check: 'C01', name: 'scope-registry', package: '@acme/ui', registry: 'https://other.acme.example/', for: ALL, home: [LINE, KEY, SCOPE, OTHER_KEY], note: 'The scope has a registry of its own.' },
  { check: 'C01', name: 'scope-registry-unscoped', for: ALL, home: [LINE, KEY, SCOPE, OTHER_KEY], note: 'The scope has a registry of its own, the package has no scope.' },
  { check: 'C01', name: 'scope-registry-upper-case', package: '@acme/ui', for: ALL, home: [LINE, KEY, '@Acme:registry=https://other.acme.example/', OTHER_KEY], note: 'The scope of the line is in upper case.' },
  { check: 'C01', name: 'scope-setting', for: 'npm pnpm', home: [LINE, KEY, 'scope=@acme', SCOPE, OTHER_KEY], note: 'The setting scope is on, the package has no scope.' },
  { check: 'C01', name: 'registry-flag', words: '--registry=https://other.acme.example/', registry: 'https://other.acme.example/', for: 'npm pnpm yarn1 bun', home: [LINE, KEY, OTHER_KEY, ALWAYS], note: 'The command names another registry.' },
  { check: 'C01', name: 'registry-flag-scoped', package: '@acme/ui', words: '--registry=https://npm.acme.example/', for: 'npm pnpm yarn1 bun', home: [KEY, SCOPE, OTHER_KEY, ALWAYS], note: 'The command names a registry, the scope has another one.' },
  { check: 'C15', name: 'registry-http', registry: 'http://npm.acme.example/', for: ALL, home: ['registry=http://npm.acme.example/', KEY, ALWAYS], note: 'The registry is asked without encryption.' },
  { check: 'C23', name: 'userinfo', for: ALL, home: ['registry=https://dev:lab-password@npm.acme.example/'], note: 'User and password stand in the address of the registry.' },
  { check: 'C23', name: 'userinfo-tarball', about: 'tarball', for: ALL, home: ['registry=https://dev:lab-password@npm.acme.example/'], note: 'User and password stand in the address of the registry; the tarball.' },
  { check: 'C23', name: 'userinfo-and-key', for: ALL, home: ['registry=https://dev:lab-password@npm.acme.example/', KEY], note: 'User and password stand in the address, and there is a token.' },
  { check: 'C23', name: 'publish-userinfo', do: 'publish', for: MAIN, home: ['registry=https://dev:lab-password@npm.acme.example/'], note: 'User and password stand in the address, and a publish.' },
  { check: 'C21', name: 'github-owner-path', registry: 'https://{github}/acme/', package: '@acme/ui', for: ALL, home: ['@acme:registry=https://{github}/acme', '//{github}/:_authToken=lab-token-one'], note: 'The registry of the scope holds the path of the owner.' },
  { check: 'C21', name: 'github-owner-path-publish', do: 'publish', registry: 'https://{github}/acme/', package: '@acme/ui', for: MAIN, home: ['@acme:registry=https://{github}/acme', '//{github}/:_authToken=lab-token-one'], note: 'The registry of the scope holds the path of the owner, and a publish.' },
  { check: 'C17', name: 'mirror-publish', do: 'publish', registry: 'https://{cnpm}/', for: MAIN, home: ['registry=https://{cnpm}/', '//{npm}/:_authToken=lab-token-one'], note: 'The registry is a mirror, the token is for the public registry.' },
  { name: 'tarball-same-path', about: 'tarball', for: ALL, home: [LINE, KEY], note: 'The tarball lies below the key.' },
  { name: 'tarball-other-host', about: 'tarball', url: 'https://files.acme.example/ui/-/ui-1.0.0.tgz', always: true, for: ALL, home: [LINE, KEY], tarballs: at('https://files.acme.example/ui/-/ui-1.0.0.tgz'), note: 'The tarball lies on another host.' },
  { name: 'tarball-other-host-always-auth', about: 'tarball', url: 'https://files.acme.example/ui/-/ui-1.0.0.tgz', for: 'npm', home: [LINE, KEY, ALWAYS], tarballs: at('https://files.acme.example/ui/-/ui-1.0.0.tgz'), note: 'The tarball lies on another host, and always-auth is on.' },
  { name: 'tarball-other-host-with-key', about: 'tarball', url: 'https://files.acme.example/ui/-/ui-1.0.0.tgz', always: true, for: ALL, home: [LINE, KEY, '//files.acme.example/:_authToken=lab-token-two'], tarballs: at('https://files.acme.example/ui/-/ui-1.0.0.tgz'), note: 'The tarball lies on another host, which has a key of its own.' },
  { name: 'tarball-outside-key', about: 'tarball', registry: 'https://npm.acme.example/npm/', url: 'https://npm.acme.example/files/ui/-/ui-1.0.0.tgz', always: true, for: ALL, home: ['registry=https://npm.acme.example/npm/', '//npm.acme.example/npm/:_authToken=lab-token-one'], tarballs: at('https://npm.acme.example/files/ui/-/ui-1.0.0.tgz'), note: 'The tarball lies on the same host outside the path of the key.' },
  { name: 'tarball-other-port', about: 'tarball', url: 'https://npm.acme.example:8443/ui/-/ui-1.0.0.tgz', always: true, for: ALL, home: [LINE, KEY], tarballs: at('https://npm.acme.example:8443/ui/-/ui-1.0.0.tgz'), note: 'The tarball lies on another port of the same host.' },
  { name: 'tarball-http', about: 'tarball', url: 'http://npm.acme.example/ui/-/ui-1.0.0.tgz', always: true, for: ALL, home: [LINE, KEY], tarballs: at('http://npm.acme.example/ui/-/ui-1.0.0.tgz'), note: 'The tarball lies on the same host without encryption.' },
  { name: 'redirect-other-port', always: true, for: ALL, home: [LINE, KEY], rules: [{ host: 'npm.acme.example', path: '^/ui$', redirect: 'https://npm.acme.example:8443/ui' }], note: 'The registry leads to another port of the same host.' },
  { name: 'redirect-other-host', always: true, for: ALL, home: [LINE, KEY], rules: [{ host: 'npm.acme.example', path: '^/ui$', redirect: 'https://other.acme.example/ui' }], note: 'The registry leads to another host.' },
  { name: 'redirect-other-host-with-key', always: true, for: ALL, home: [LINE, KEY, OTHER_KEY], rules: [{ host: 'npm.acme.example', path: '^/ui$', redirect: 'https://other.acme.example/ui' }], note: 'The registry leads to another host, which has a key of its own.' },
  { name: 'redirect-tarball-other-host', about: 'tarball', always: true, for: ALL, home: [LINE, KEY], rules: [{ host: 'npm.acme.example', path: '[.]tgz$', redirect: 'https://files.acme.example/ui/-/ui-1.0.0.tgz' }], note: 'The tarball leads to another host.' },
  { name: 'redirect-same-host', always: true, for: ALL, home: [LINE, KEY], rules: [{ path: '^/ui$', redirect: 'https://npm.acme.example/npm/ui' }], note: 'The registry leads to another path of the same host.' },
  { check: 'C22', name: 'proxy-from-env', for: ALL, home: [LINE, KEY, ALWAYS], env: { HTTPS_PROXY: 'http://localhost:3128' }, note: 'A variable names a proxy.' },
  { check: 'C22', name: 'proxy-from-env-lower-case', for: ALL, home: [LINE, KEY, ALWAYS], env: { https_proxy: 'http://localhost:3128' }, note: 'A variable in lower case names a proxy.' },
  { check: 'C22', name: 'proxy-http-variable-only', for: ALL, home: [LINE, KEY, ALWAYS], env: { HTTP_PROXY: 'http://localhost:3128' }, note: 'Only the variable for unencrypted addresses names a proxy.' },
  { check: 'C22', name: 'proxy-excepted', for: ALL, home: [LINE, KEY, ALWAYS], env: { HTTPS_PROXY: 'http://localhost:3128', NO_PROXY: 'acme.example' }, note: 'A variable names a proxy, another one excepts the domain.' },
  { check: 'C22', name: 'proxy-excepted-with-dot', for: ALL, home: [LINE, KEY, ALWAYS], env: { HTTPS_PROXY: 'http://localhost:3128', NO_PROXY: '.acme.example' }, note: 'The domain that is excepted begins with a dot.' },
  { check: 'C22', name: 'proxy-from-file', for: ALL, home: [LINE, KEY, ALWAYS, 'https-proxy=http://localhost:3128'], note: 'The file names a proxy.' },
  { check: 'C22', name: 'proxy-key-from-file', for: ALL, home: [LINE, KEY, ALWAYS, 'proxy=http://localhost:3128'], note: 'The file names a proxy under its short name.' },
  { check: 'C22', name: 'proxy-file-excepted', for: ALL, home: [LINE, KEY, ALWAYS, 'https-proxy=http://localhost:3128', 'noproxy=npm.acme.example'], note: 'The file names a proxy and excepts the host.' },
];
