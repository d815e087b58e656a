// The cases: what stands in which file, and which clients read it. README.md explains the keys.
import berry from './cases/berry.mjs';
import bun from './cases/bun.mjs';
import credentials from './cases/credentials.mjs';
import dialect from './cases/dialect.mjs';
import levels from './cases/levels.mjs';
import lockfile from './cases/lockfile.mjs';
import pnpm from './cases/pnpm.mjs';
import publish from './cases/publish.mjs';
import registry from './cases/registry.mjs';
import variables from './cases/variables.mjs';
import yarn1 from './cases/yarn1.mjs';

// yarn 1 sends nothing for a package without a scope unless it is told to: what is not about that is measured with it.
const switched = (cases) => cases.map((one) => ({ ...one, always: true }));

// Measured for the table alone: what they tell stands in other cases as well.
const SMALL = new Set([
  'lockfile-private-host', 'publish-env-against-config', 'publish-flag-against-scope', 'publish-variable-unset',
  'array-key', 'berry-always-auth-tarball', 'berry-env-token-over-file', 'berry-ident-base64', 'berry-nothing',
  'berry-redirect-other-port', 'berry-registries-bare', 'berry-registries-other-scheme',
  'berry-scope-server-unscoped', 'berry-tarball-other-port', 'berry-variable-default-colon', 'berry-yaml-broken',
  'both-without-slash', 'bun-registry-text', 'bun-scope-object-unscoped', 'comment-lines', 'duplicate-registry',
  'env-node-auth-token-alone', 'env-registry-upper-case', 'env-token-over-file', 'folder-inside-project',
  'github-owner-path-publish', 'indented', 'key-deeper-path', 'key-exact-scoped', 'key-path-case', 'key-wrong-word',
  'password-cut-by-hash', 'password-plain-letters', 'pnpm-auth-ini-against-project', 'project-alone',
  'project-registry-user-token', 'proxy-excepted-with-dot', 'proxy-from-env-lower-case', 'publish-build-metadata',
  'publish-config-scoped-package', 'publish-config-without-slash', 'publish-key-other-host', 'publish-key-other-path',
  'publish-name-upper-case', 'publish-registry-without-slash', 'publish-repository-other', 'publish-scope-key',
  'publish-scoped', 'publish-token-empty', 'publish-version-invalid', 'redirect-same-host',
  'redirect-tarball-other-host', 'registry-and-key-default-port', 'registry-without-equals', 'section-first',
  'setup-node-set', 'tarball-same-path', 'token-in-url-form', 'token-with-space', 'top-level-auth-always',
  'unicode-in-value', 'value-comment-behind', 'value-cut-by-semicolon', 'value-hash-escaped',
  'value-hash-single-quotes', 'variable-escaped', 'variable-unset-after-others', 'yarn-always-auth-off',
  'yarn-always-auth-tarball', 'yarn-publish-npm-registry-line',
]);

const all = [
  ...credentials,
  ...switched(variables),
  ...switched(dialect),
  ...registry,
  ...publish,
  ...switched(levels),
  ...lockfile,
  ...yarn1,
  ...berry,
  ...bun,
  ...pnpm,
];

export default all.map((one) => ([one.name, one.name.replace(/^yarn-always-/, '')].some((name) => SMALL.has(name)) ? { ...one, small: true } : one));
