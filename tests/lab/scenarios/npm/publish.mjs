// npm publish, refused.
import { answers } from '../../answers.mjs';

const ui = { name: '@acme/ui', version: '1.0.1', license: 'MIT', main: 'index.js' };
const put = { method: 'PUT', path: '/@acme%2fui$' };
const common = { operation: 'publish', package: ui, files: { 'index.js': '' }, run: 'npm publish' };
const restricted = { ...common, run: 'npm publish --access restricted' };

const azure = 'https://{azure}/acme/_packaging/feed/npm/registry/';
const gitlab = 'https://gitlab.com/api/v4/projects/4711/packages/npm/';
const jfrog = 'https://acme.jfrog.io/artifactory/api/npm/npm-local/';
const nexus = 'https://nexus.acme.example/repository/npm-group/';
const artifacts = 'https://acme-123456789012.d.codeartifact.eu-west-1.amazonaws.com/npm/shared/';
const google = 'https://europe-west1-npm.pkg.dev/acme-tools/npm/';

// Three packages in one repository; the registry refuses the one in the middle.
const workspaces = {
  'package.json': { name: 'kit', version: '0.0.0', private: true, workspaces: ['packages/*'] },
  'packages/icons/package.json': { name: '@acme/icons', version: '0.9.1', license: 'MIT' },
  'packages/tokens/package.json': { name: '@acme/tokens', version: '1.0.5', license: 'MIT' },
  'packages/ui/package.json': { name: '@acme/ui', version: '1.0.1', license: 'MIT' },
};

export default [
  {
    ...common,
    id: 'publish-version-exists',
    about: 'Publishing a version that exists but that the registry no longer shows; PUT is answered with body.error.',
    rules: [{ ...put, ...answers.versionExists('1.0.1') }],
    run: 'npm publish --access public',
    debugIn: [3, 6, 8, 10, 12],
  },
  {
    ...common,
    id: 'publish-no-permission',
    about: 'Publishing a scoped package of somebody else.',
    rules: [{ ...put, ...answers.noPermission('@acme/ui') }],
    prompt: true,
  },
  {
    ...common,
    id: 'publish-credentials',
    about: 'Publishing with a token that may only read, to the tag next.',
    majors: [6, 8, 12],
    rules: [{ ...put, ...answers.credentials }],
    run: 'npm publish --tag next',
    prompt: true,
  },
  {
    ...common,
    id: 'publish-two-factor',
    about: 'Publishing with a token that cannot stand in for the second factor.',
    majors: [6, 7, 8, 9, 10, 11, 12],
    rules: [{ ...put, ...answers.twoFactor }],
  },
  {
    ...common,
    id: 'publish-account-held',
    about: 'An account on hold: the reason stands in an npm-notice header, body.error is an object.',
    majors: [6, 8, 10, 11, 12],
    rules: [{ ...put, ...answers.held }],
    debugIn: [6, 8, 12],
  },
  {
    ...common,
    id: 'publish-bare',
    about: 'A firewall in front of the registry answers PUT with an HTML page.',
    majors: [5, 6, 8, 10, 12],
    rules: [{ ...put, ...answers.bare }],
  },
  {
    ...common,
    id: 'publish-forbidden',
    about: 'body.error is the single word Forbidden, which stands behind the URL.',
    majors: [6, 11],
    rules: [{ ...put, ...answers.forbidden }],
  },
  {
    ...common,
    id: 'publish-name-too-similar',
    about: 'A new unscoped name that resembles another; the message quotes a command.',
    majors: [8, 12],
    package: { ...ui, name: 'leftpad', version: '1.0.0' },
    rules: [{ method: 'PUT', path: '/leftpad$', ...answers.tooSimilar('left-pad') }],
    debugIn: [8],
  },
  {
    id: 'publish-workspaces',
    about: 'Three workspaces: the first is published, the second refused, the third is never tried.',
    operation: 'publish',
    majors: [7, 8, 10, 11, 12],
    folder: 'kit',
    files: workspaces,
    package: undefined,
    published: '1.0.5',
    rules: [{ method: 'PUT', path: '^/@acme%2ftokens$', ...answers.versionExists('1.0.5') }],
    run: 'npm publish --workspaces --access public',
    debugIn: [8, 12],
  },
  {
    ...restricted,
    id: 'publish-github',
    about: 'GitHub Packages: the workflow may not write this package.',
    majors: [6, 10, 12],
    registry: 'https://{github}/',
    rules: [{ ...put, ...answers.githubWrite }],
  },
  {
    ...restricted,
    id: 'publish-gitlab-scope',
    about: 'GitLab: body.error is a code, error_description is dropped by every npm.',
    majors: [8, 12],
    registry: gitlab,
    rules: [{ ...put, ...answers.gitlabScope }],
  },
  {
    ...restricted,
    id: 'publish-gitlab-denied',
    about: 'GitLab: body.message alone, which only npm 12 shows.',
    majors: [10, 12],
    registry: gitlab,
    rules: [{ ...put, ...answers.gitlabDenied }],
  },
  {
    ...restricted,
    id: 'publish-azure',
    about: 'Azure: the message stands in the reason phrase behind `Forbidden - `; npm masks its GUIDs from 8.19 on.',
    majors: [3, 5, 6, 8, 10, 11, 12],
    registry: azure,
    rules: [{ ...put, ...answers.azure('AddPackage') }],
  },
  {
    ...restricted,
    id: 'publish-nexus-group',
    about: 'Nexus: the reason phrase is a sentence with a URL in it, the body is empty.',
    majors: [6, 8, 10, 12],
    registry: nexus,
    rules: [{ ...put, ...answers.nexusPro }],
  },
  {
    ...restricted,
    id: 'publish-artifactory',
    about: 'Artifactory: body.errors[], which only npm 12 shows, as raw JSON.',
    majors: [6, 11, 12],
    registry: jfrog,
    rules: [{ ...put, ...answers.artifactory("User 'dev' is not permitted to deploy '@acme/ui/-/@acme/ui-1.0.1.tgz' into 'npm-local'.") }],
  },
  {
    ...restricted,
    id: 'publish-codeartifact',
    about: 'CodeArtifact: body.message alone, which only npm 12 shows.',
    majors: [10, 12],
    registry: artifacts,
    rules: [{ ...put, ...answers.codeartifact('arn:aws:sts::123456789012:assumed-role/ci/dev', 'codeartifact:PublishPackageVersion') }],
  },
  {
    ...restricted,
    id: 'publish-google',
    about: 'Artifact Registry: body.error is an object, printed as [object Object] by every npm.',
    majors: [6, 12],
    registry: google,
    rules: [{ ...put, ...answers.google('artifactregistry.repositories.uploadArtifacts', 'projects/acme-tools/locations/europe-west1/repositories/npm') }],
  },
  {
    ...restricted,
    id: 'publish-verdaccio-http',
    about: 'Verdaccio over plain http, with basic credentials.',
    majors: [6, 9, 11],
    registry: 'http://verdaccio.acme.example/',
    token: false,
    userrc: ['//verdaccio.acme.example/:_auth=ZGV2OmxhYg=='],
    rules: [{ ...put, ...answers.verdaccioDenied('dev', 'publish', '@acme/ui') }],
  },
  {
    ...common,
    id: 'publish-json',
    about: 'The same refusal with --json: the error stands in both streams.',
    majors: [6, 7, 8, 10, 11, 12],
    rules: [{ ...put, ...answers.noPermission('@acme/ui') }],
    run: 'npm publish --json',
  },
  {
    ...common,
    id: 'publish-json-stdout',
    about: 'With --json and without stderr: one JSON object, in which quotes are escaped.',
    majors: [10, 12],
    rules: [{ ...put, ...answers.noPermission('@acme/ui') }],
    run: 'npm publish --json 2>/dev/null',
  },
  {
    ...common,
    id: 'publish-verbose',
    about: 'Publishing with --loglevel verbose.',
    majors: [5, 6, 8, 10, 12],
    rules: [{ ...put, ...answers.versionExists('1.0.1') }],
    run: 'npm publish --loglevel verbose',
  },
  {
    ...common,
    id: 'publish-silly',
    about: 'Publishing with --loglevel silly.',
    majors: [9, 11],
    rules: [{ ...put, ...answers.credentials }],
    run: 'npm publish --loglevel silly',
  },
  {
    ...common,
    id: 'publish-terminal',
    about: 'Publishing in a terminal: colours, a spinner from npm 10.6 on, line ends of a terminal.',
    majors: [6, 8, 10, 11, 12],
    pty: true,
    rules: [{ ...put, ...answers.versionExists('1.0.1') }],
  },
];
