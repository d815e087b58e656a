// nx release publish, refused. Three projects in one repository, with npm or with pnpm.
import { answers } from '../answers.mjs';
import { repository } from '../repository.mjs';

const library = (name, version) => ({ name, version, license: 'MIT', publishConfig: { access: 'public' } });
const nx = { release: { projects: ['packages/*'], projectsRelationship: 'independent' }, analytics: false };
const kit = {
  '.gitignore': 'node_modules\n.nx\n',
  'nx.json': nx,
  'package.json': { name: 'kit', version: '0.0.0', private: true, workspaces: ['packages/*'] },
  'package-lock.json': { name: 'kit', version: '0.0.0', lockfileVersion: 3, requires: true, packages: {} },
  'packages/icons/package.json': library('@acme/icons', '0.9.1'),
  'packages/tokens/package.json': library('@acme/tokens', '1.0.5'),
  'packages/ui/package.json': library('@acme/ui', '1.0.1'),
};
const { 'package-lock.json': _, ...unlocked } = kit;
const withPnpm = {
  ...unlocked,
  'package.json': { name: 'kit', version: '0.0.0', private: true },
  'pnpm-workspace.yaml': "packages:\n  - 'packages/*'\n",
  'pnpm-lock.yaml': "lockfileVersion: '9.0'\n",
};
// nx looks for itself and its plugins in the project, and in a pnpm workspace for the traces of pnpm.
const link = 'ln -s /usr/local/lib/node_modules node_modules';
const linkAsPnpm = [
  'mkdir node_modules',
  'ln -s /usr/local/lib/node_modules/nx /usr/local/lib/node_modules/@nx node_modules/',
  "echo 'hoistedDependencies: {}' > node_modules/.modules.yaml",
].join('\n');

const put = (name) => ({ method: 'PUT', path: `/@acme%2f${name}$` });
const common = {
  operation: 'publish',
  folder: 'kit',
  published: '1.0.1',
  files: kit,
  setup: `${link}\n${repository()}`,
  run: 'nx release publish --projects=@acme/ui',
};

export default [
  {
    ...common,
    id: 'publish-no-permission',
    about: 'One project, of somebody else: nx prints summary and detail of what `npm publish --json` said.',
    rules: [{ ...put('ui'), ...answers.noPermission('@acme/ui') }],
    prompt: true,
  },
  {
    ...common,
    id: 'publish-several',
    about: 'Three projects at once, one of them refused.',
    published: '1.0.5',
    rules: [{ ...put('tokens'), ...answers.credentials }],
    run: 'nx release publish',
  },
  {
    ...common,
    id: 'publish-two-refused',
    about: 'Three projects at once, two of them refused, with different words.',
    published: undefined,
    rules: [
      { ...put('tokens'), ...answers.noPermission('@acme/tokens') },
      { ...put('ui'), ...answers.credentials },
    ],
    run: 'nx release publish',
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
    about: 'A firewall in front of the registry answers with an HTML page; the first release, so that nothing is looked up.',
    rules: [{ ...put('ui'), ...answers.bare }],
    run: 'nx release publish --projects=@acme/ui --first-release',
  },
  {
    ...common,
    id: 'publish-artifactory',
    about: 'Artifactory: body.errors[], which this npm drops.',
    registry: 'https://acme.jfrog.io/artifactory/api/npm/npm-local/',
    rules: [{ ...put('ui'), ...answers.artifactory("User 'dev' is not permitted to deploy '@acme/ui/-/@acme/ui-1.0.1.tgz' into 'npm-local'.") }],
  },
  {
    ...common,
    id: 'publish-nexus',
    about: 'Nexus: the reason phrase is a sentence with a URL in it.',
    registry: 'https://nexus.acme.example/repository/npm-group/',
    rules: [{ ...put('ui'), ...answers.nexusPro }],
  },
  {
    ...common,
    id: 'publish-verbose',
    about: 'With --verbose: the JSON that npm printed comes once more.',
    rules: [{ ...put('ui'), ...answers.noPermission('@acme/ui') }],
    run: 'nx release publish --projects=@acme/ui --tag=next --verbose',
  },
  {
    ...common,
    id: 'publish-pnpm',
    about: 'A pnpm workspace: nx runs pnpm, which runs npm.',
    files: withPnpm,
    setup: `${linkAsPnpm}\n${repository()}`,
    rules: [{ ...put('ui'), ...answers.noPermission('@acme/ui') }],
  },
  {
    ...common,
    id: 'publish-ci',
    about: 'As a CI system shows it: every line behind a time stamp.',
    rules: [{ ...put('ui'), ...answers.credentials }],
    run: "nx release publish --projects=@acme/ui 2>&1 | sed 's/^/2026-11-21T20:05:04.1234567Z /'",
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
    about: 'nx asks `npm view` what is published, and that is refused: the error of node with npm\'s output as bytes.',
    operation: 'other',
    registry: 'https://npm.acme.example/',
    rules: [{ method: 'GET', path: '/@acme%2fui$', ...answers.verdaccioDenied('dev', 'access', '@acme/ui') }],
  },
  {
    ...common,
    id: 'miss-version-exists',
    about: 'The registry says that the version exists: nx skips the project and ends well.',
    miss: true,
    rules: [{ ...put('ui'), ...answers.versionExists('1.0.1') }],
  },
  {
    ...common,
    id: 'miss-dry-run',
    about: 'A dry run; one of the projects has 403 in its version.',
    miss: true,
    files: { ...kit, 'packages/ui/package.json': library('@acme/ui', '1.403.0') },
    rules: [],
    run: 'nx release publish --projects=@acme/ui --dry-run',
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
    about: 'A scope that the registry hides; nx prints the words of a 404 without its number.',
    miss: true,
    rules: [{ ...put('ui'), ...answers.missing }],
  },
];
