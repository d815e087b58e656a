// pnpm publish, refused. Up to 10 the lines are npm's.
import { answers } from '../../answers.mjs';

const ui = { name: '@acme/ui', version: '1.0.1', license: 'MIT', main: 'index.js' };
const put = { method: 'PUT', path: '/@acme%2fui$' };
const common = {
  operation: 'publish',
  package: ui,
  files: { 'index.js': '' },
  run: 'pnpm publish --no-git-checks --access public',
};

const azure = 'https://{azure}/acme/_packaging/feed/npm/registry/';
const gitlab = 'https://gitlab.com/api/v4/projects/4711/packages/npm/';
const jfrog = 'https://acme.jfrog.io/artifactory/api/npm/npm-local/';
const nexus = 'https://nexus.acme.example/repository/npm-group/';
const artifacts = 'https://acme-123456789012.d.codeartifact.eu-west-1.amazonaws.com/npm/shared/';
const google = 'https://europe-west1-npm.pkg.dev/acme-tools/npm/';

// Three packages in one repository; the registry refuses the one in the middle.
const workspace = {
  'package.json': { name: 'kit', version: '0.0.0', private: true },
  'pnpm-workspace.yaml': "packages:\n  - 'packages/*'\n",
  'packages/icons/package.json': { name: '@acme/icons', version: '0.9.1', license: 'MIT' },
  'packages/tokens/package.json': {
    name: '@acme/tokens',
    version: '1.0.5',
    license: 'MIT',
    dependencies: { '@acme/icons': 'workspace:^' },
  },
  'packages/ui/package.json': {
    name: '@acme/ui',
    version: '1.0.1',
    license: 'MIT',
    dependencies: { '@acme/tokens': 'workspace:^' },
  },
};

export default [
  {
    ...common,
    id: 'publish-version-exists',
    about: 'Publishing a version that exists but that the registry no longer shows.',
    rules: [{ ...put, ...answers.versionExists('1.0.1') }],
    debugIn: [10],
  },
  {
    ...common,
    id: 'publish-no-permission',
    about: 'Publishing a scoped package of somebody else.',
    majors: [7, 8, 10, 11, 12],
    rules: [{ ...put, ...answers.noPermission('@acme/ui') }],
    run: 'pnpm publish --no-git-checks',
    prompt: true,
  },
  {
    ...common,
    id: 'publish-two-factor',
    about: 'Publishing with a token that cannot stand in for the second factor, to the tag next.',
    majors: [9, 11, 12],
    rules: [{ ...put, ...answers.twoFactor }],
    run: 'pnpm publish --no-git-checks --tag next',
  },
  {
    ...common,
    id: 'publish-account-held',
    about: 'An account on hold: the reason stands in an npm-notice header, body.error is an object.',
    majors: [9, 11, 12],
    rules: [{ ...put, ...answers.held }],
  },
  {
    ...common,
    id: 'publish-gitlab-scope',
    about: 'GitLab: a code in body.error, a sentence in error_description; only pnpm 12 shows the whole body.',
    majors: [10, 11, 12],
    registry: gitlab,
    rules: [{ ...put, ...answers.gitlabScope }],
  },
  {
    ...common,
    id: 'publish-azure',
    about: 'Azure: the message stands in the reason phrase and in the body.',
    majors: [8, 11, 12],
    registry: azure,
    rules: [{ ...put, ...answers.azure('AddPackage') }],
  },
  {
    ...common,
    id: 'publish-artifactory',
    about: 'Artifactory: body.errors[], which pnpm 12 prints raw.',
    majors: [11, 12],
    registry: jfrog,
    rules: [{ ...put, ...answers.artifactory("User 'dev' is not permitted to deploy '@acme/ui/-/@acme/ui-1.0.1.tgz' into 'npm-local'.") }],
  },
  {
    ...common,
    id: 'publish-codeartifact',
    about: 'CodeArtifact: body.message alone, with an ARN that is wrapped inside its words.',
    majors: [11, 12],
    registry: artifacts,
    rules: [{ ...put, ...answers.codeartifact('arn:aws:sts::123456789012:assumed-role/ci-release-front-end/dev-session', 'codeartifact:PublishPackageVersion') }],
  },
  {
    ...common,
    id: 'publish-google',
    about: 'Artifact Registry: body.error is an object.',
    majors: [11, 12],
    registry: google,
    rules: [{ ...put, ...answers.google('artifactregistry.repositories.uploadArtifacts', 'projects/acme-tools/locations/europe-west1/repositories/npm') }],
  },
  {
    ...common,
    id: 'publish-nexus-group',
    about: 'Nexus: the reason phrase is a sentence with a URL in it, the body is empty.',
    majors: [9, 11, 12],
    registry: nexus,
    rules: [{ ...put, ...answers.nexusPro }],
  },
  {
    ...common,
    id: 'publish-bare',
    about: 'An HTML page as the body.',
    majors: [10, 11, 12],
    rules: [{ ...put, ...answers.bare }],
  },
  {
    ...common,
    id: 'publish-github',
    about: 'GitHub Packages: the workflow may not write this package.',
    majors: [7, 12],
    registry: 'https://{github}/',
    rules: [{ ...put, ...answers.githubWrite }],
  },
  {
    ...common,
    id: 'publish-json',
    about: 'The same refusal with --json.',
    majors: [10, 11, 12],
    rules: [{ ...put, ...answers.credentials }],
    run: 'pnpm publish --no-git-checks --json',
  },
  {
    ...common,
    id: 'publish-terminal',
    about: 'Publishing in a terminal.',
    majors: [8, 11, 12],
    pty: true,
    rules: [{ ...put, ...answers.versionExists('1.0.1') }],
  },
  {
    ...common,
    id: 'publish-recursive',
    about: 'pnpm -r publish: the second package of three is refused.',
    majors: [7, 9, 10, 11, 12],
    folder: 'kit',
    files: workspace,
    package: undefined,
    published: '1.0.5',
    world: { '@acme/icons': {}, '@acme/tokens': {}, '@acme/ui': {} },
    // The names of the workspace are written into the tarballs, once they are installed.
    setup: 'pnpm install',
    rules: [{ method: 'PUT', path: '^/@acme%2ftokens$', ...answers.versionExists('1.0.5') }],
    run: 'pnpm -r publish --no-git-checks --access public',
  },
];
