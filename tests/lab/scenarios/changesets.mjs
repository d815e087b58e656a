// changeset publish, refused.
import { answers } from '../answers.mjs';
import { repository } from '../repository.mjs';

const library = (name, version, more = {}) => ({ name, version, license: 'MIT', ...more });
const config = { access: 'public', baseBranch: 'main', changelog: false, commit: false };
const kit = {
  '.gitignore': 'node_modules\n',
  '.changeset/config.json': config,
  'package.json': { name: 'kit', version: '0.0.0', private: true, workspaces: ['packages/*'] },
  'package-lock.json': { name: 'kit', version: '0.0.0', lockfileVersion: 3, requires: true, packages: {} },
  'packages/icons/package.json': library('@acme/icons', '0.9.1'),
  'packages/tokens/package.json': library('@acme/tokens', '1.0.5'),
  'packages/ui/package.json': library('@acme/ui', '1.0.1'),
};
// Of the same three, only @acme/ui is not yet in the registry.
const one = {
  ...kit,
  'packages/icons/package.json': library('@acme/icons', '0.9.0'),
  'packages/tokens/package.json': library('@acme/tokens', '1.0.4'),
};
const { 'package-lock.json': _, ...unlocked } = one;
const withPnpm = {
  ...unlocked,
  'package.json': { name: 'kit', version: '0.0.0', private: true },
  'pnpm-workspace.yaml': "packages:\n  - 'packages/*'\n",
  'pnpm-lock.yaml': "lockfileVersion: '9.0'\n",
};
// The one package, with a registry of its own.
const at = (registry) => ({ ...one, 'packages/ui/package.json': library('@acme/ui', '1.0.1', { publishConfig: { registry } }) });
const jfrog = 'https://acme.jfrog.io/artifactory/api/npm/npm-local/';
const azure = 'https://{azure}/acme/_packaging/feed/npm/registry/';

const put = (name) => ({ method: 'PUT', path: `/@acme%2f${name}$` });
const common = {
  operation: 'publish',
  folder: 'kit',
  published: '1.0.1',
  files: one,
  setup: repository(),
  run: 'changeset publish',
};

export default [
  {
    ...common,
    id: 'publish-no-permission',
    about: 'One package to publish, of somebody else.',
    rules: [{ ...put('ui'), ...answers.noPermission('@acme/ui') }],
    prompt: true,
  },
  {
    ...common,
    id: 'publish-several',
    about: 'Three packages at once, one of them refused: the others are listed as published.',
    files: kit,
    published: '1.0.5',
    rules: [{ ...put('tokens'), ...answers.credentials }],
  },
  {
    ...common,
    id: 'publish-two-refused',
    about: 'Three packages at once, two of them refused, with different words.',
    files: kit,
    published: undefined,
    rules: [
      { ...put('tokens'), ...answers.noPermission('@acme/tokens') },
      { ...put('ui'), ...answers.credentials },
    ],
  },
  {
    ...common,
    id: 'publish-two-factor',
    about: 'A token that cannot stand in for the second factor.',
    rules: [{ ...put('ui'), ...answers.twoFactor }],
  },
  {
    ...common,
    id: 'publish-bare',
    about: 'A firewall in front of the registry answers with an HTML page.',
    rules: [{ ...put('ui'), ...answers.bare }],
  },
  {
    ...common,
    id: 'publish-held',
    about: 'An account on hold: the reason stands in an npm-notice header, body.error is an object.',
    rules: [{ ...put('ui'), ...answers.held }],
  },
  {
    ...common,
    id: 'publish-azure',
    about: 'Azure, from publishConfig.registry: the message stands in the reason phrase, its GUIDs are masked by npm.',
    files: at(azure),
    userrc: ['//{azure}/acme/_packaging/feed/npm/registry/:_authToken=lab-token'],
    rules: [{ ...put('ui'), ...answers.azure('AddPackage') }],
  },
  {
    ...common,
    id: 'publish-artifactory',
    about: 'Artifactory, from publishConfig.registry: body.errors[], which this npm drops.',
    files: at(jfrog),
    userrc: ['//acme.jfrog.io/artifactory/api/npm/npm-local/:_authToken=lab-token'],
    rules: [{ ...put('ui'), ...answers.artifactory("User 'dev' is not permitted to deploy '@acme/ui/-/@acme/ui-1.0.1.tgz' into 'npm-local'.") }],
  },
  {
    ...common,
    id: 'publish-pnpm',
    about: 'A pnpm workspace: changesets runs pnpm, which runs npm.',
    files: withPnpm,
    rules: [{ ...put('ui'), ...answers.noPermission('@acme/ui') }],
  },
  {
    ...common,
    id: 'publish-ci',
    about: 'As a CI system shows it: every line behind a time stamp.',
    rules: [{ ...put('ui'), ...answers.noPermission('@acme/ui') }],
    run: "changeset publish 2>&1 | sed 's/^/2026-11-21T20:05:04.1234567Z /'",
  },
  {
    ...common,
    id: 'publish-terminal',
    about: 'In a terminal, with colours.',
    pty: true,
    rules: [{ ...put('ui'), ...answers.noPermission('@acme/ui') }],
  },
  {
    ...common,
    id: 'read-refused',
    about: 'changesets asks `npm info` what is published, and that is refused: nothing is published.',
    operation: 'other',
    rules: [{ method: 'GET', path: '/@acme%2fui$', ...answers.verdaccioDenied('dev', 'access', '@acme/ui') }],
  },
  {
    ...common,
    id: 'miss-version-exists',
    about: 'The registry says that the version exists: changesets swallows it, the refusal is nowhere in the text.',
    miss: true,
    rules: [{ ...put('ui'), ...answers.versionExists('1.0.1') }],
  },
  {
    ...common,
    id: 'miss-unauthorized',
    about: 'A dead token: 401.',
    miss: true,
    related: ['E401'],
    rules: [{ ...put('ui'), ...answers.unauthorized }],
  },
  {
    ...common,
    id: 'miss-not-found',
    about: 'A scope that the registry hides: 404.',
    miss: true,
    related: ['E404'],
    rules: [{ ...put('ui'), ...answers.missing }],
  },
  {
    ...common,
    id: 'miss-success',
    about: 'All is well: a new package (404 when asked for, which changesets mentions), and 403 in a name.',
    miss: true,
    files: { ...one, 'packages/icons/package.json': library('@acme/left-padd-403', '4.0.3') },
    rules: [],
  },
];
