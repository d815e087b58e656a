// release-it, refused by the registry at one step or another.
import { answers } from '../answers.mjs';
import { change, repository } from '../repository.mjs';

const project = (publishConfig) => ({
  'index.js': '',
  'package.json': { name: '@acme/ui', version: '1.0.0', license: 'MIT', main: 'index.js', publishConfig: { access: 'public', ...publishConfig } },
});
const jfrog = 'https://acme.jfrog.io/artifactory/api/npm/npm-local/';
const nexus = 'https://nexus.acme.example/repository/npm-group/';
const tokenFor = (registry) => [`${registry.replace('https:', '')}:_authToken=lab-token`];

const put = { method: 'PUT', path: '/@acme%2fui$' };
// What the registry of this lab does not have by itself.
const mayWrite = { method: 'GET', path: '/collaborators', status: 200, body: { dev: 'write' } };
const common = {
  operation: 'publish',
  folder: 'ui',
  published: '1.0.1',
  files: project(),
  setup: `${repository('1.0.0')}\n${change('fix: round the corners')}`,
  run: 'release-it patch --ci',
};

export default [
  {
    ...common,
    id: 'publish-no-permission',
    about: 'Publishing a package of somebody else; commit, tag and push come after and are not reached.',
    rules: [{ ...put, ...answers.noPermission('@acme/ui') }, mayWrite],
    prompt: true,
  },
  {
    ...common,
    id: 'publish-version-exists',
    about: 'The version exists but is no longer shown.',
    rules: [{ ...put, ...answers.versionExists('1.0.1') }, mayWrite],
  },
  {
    ...common,
    id: 'publish-two-factor',
    about: 'A token that cannot stand in for the second factor.',
    rules: [{ ...put, ...answers.twoFactor }, mayWrite],
  },
  {
    ...common,
    id: 'publish-bare',
    about: 'A firewall in front of the registry answers with an HTML page.',
    rules: [{ ...put, ...answers.bare }, mayWrite],
  },
  {
    ...common,
    id: 'publish-nexus',
    about: 'Nexus, from publishConfig.registry: the reason phrase is a sentence with a URL in it.',
    files: project({ registry: nexus }),
    userrc: tokenFor(nexus),
    rules: [{ ...put, ...answers.nexusPro }, mayWrite],
  },
  {
    ...common,
    id: 'publish-artifactory',
    about: 'Artifactory, from publishConfig.registry: body.errors[], which this npm drops.',
    files: project({ registry: jfrog }),
    userrc: tokenFor(jfrog),
    rules: [{ ...put, ...answers.artifactory("User 'dev' is not permitted to deploy '@acme/ui/-/@acme/ui-1.0.1.tgz' into 'npm-local'.") }, mayWrite],
  },
  {
    ...common,
    id: 'publish-tag',
    about: 'A prerelease to the dist-tag beta.',
    published: '1.0.1-beta.0',
    rules: [{ ...put, ...answers.credentials }, mayWrite],
    run: 'release-it prepatch --preReleaseId=beta --ci',
  },
  {
    ...common,
    id: 'publish-verbose',
    about: 'With --verbose twice: every command and its output, npm view and npm whoami among them.',
    rules: [{ ...put, ...answers.noPermission('@acme/ui') }, mayWrite],
    run: 'release-it patch --ci -VV',
  },
  {
    ...common,
    id: 'publish-ci',
    about: 'As GitLab shows it: a time stamp and a stream before every line.',
    rules: [{ ...put, ...answers.credentials }, mayWrite],
    run: "release-it patch --ci 2>&1 | sed 's/^/2026-11-21T20:05:04.123456Z 01O /'",
  },
  {
    ...common,
    id: 'publish-terminal',
    about: 'In a terminal: colours, and a spinner that repaints its line.',
    pty: true,
    rules: [{ ...put, ...answers.noPermission('@acme/ui') }, mayWrite],
  },
  {
    ...common,
    id: 'whoami-refused-verbose',
    about: '`npm whoami` is refused; only -VV shows what npm said.',
    operation: 'other',
    rules: [{ method: 'GET', path: '/-/whoami$', ...answers.forbidden }],
    run: 'release-it patch --ci -VV',
  },
  {
    ...common,
    id: 'miss-whoami-refused',
    about: '`npm whoami` is refused and release-it keeps that to itself: it says that nobody is logged in.',
    miss: true,
    rules: [{ method: 'GET', path: '/-/whoami$', ...answers.forbidden }],
  },
  {
    ...common,
    id: 'miss-access-refused',
    about: 'The list of collaborators is refused; release-it warns without naming the answer and publishes.',
    miss: true,
    rules: [{ method: 'GET', path: '/collaborators', ...answers.forbidden }],
  },
  {
    ...common,
    id: 'miss-dry-run',
    about: 'A dry run whose changelog speaks of a 403.',
    miss: true,
    setup: `${repository('1.0.0')}\n${change('fix: explain E403 403 Forbidden - PUT when the upload is refused')}`,
    rules: [mayWrite],
    run: 'release-it patch --ci --dry-run',
  },
  {
    ...common,
    id: 'miss-unauthorized',
    about: 'A dead token, noticed at the upload: 401.',
    miss: true,
    related: ['E401'],
    rules: [{ ...put, ...answers.unauthorized }, mayWrite],
  },
  {
    ...common,
    id: 'miss-not-found',
    about: 'A scope that the registry hides: 404.',
    miss: true,
    related: ['E404'],
    rules: [{ ...put, ...answers.missing }, mayWrite],
  },
];
