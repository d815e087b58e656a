// np, refused by the registry at one step or another. Without a terminal its tasks are plain lines.
import { answers } from '../answers.mjs';
import { change, repository } from '../repository.mjs';

const project = (publishConfig) => ({
  'index.js': '',
  'package.json': { name: '@acme/ui', version: '1.0.0', license: 'MIT', main: 'index.js', files: ['index.js'], publishConfig: { access: 'public', ...publishConfig } },
});
const nexus = 'https://nexus.acme.example/repository/npm-group/';
// np says everything three times over: some scenarios let npm say only what went wrong.
const quiet = 'loglevel=error';
const tokenFor = (registry) => [`${registry.replace('https:', '')}:_authToken=lab-token`, quiet];

const put = { method: 'PUT', path: '/@acme%2fui$' };
const mayWrite = { method: 'GET', path: '/collaborators', status: 200, body: { dev: 'read-write' } };
const common = {
  operation: 'publish',
  folder: 'ui',
  published: '1.0.1',
  files: project(),
  setup: `${repository('v1.0.0')}\n${change('Round the corners')}\ngit push --quiet`,
  run: 'np patch --yolo --no-release-draft',
};

export default [
  {
    ...common,
    id: 'publish-no-permission',
    about: 'Publishing a package of somebody else; np rolls the version back.',
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
    userrc: [quiet],
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
    id: 'publish-tag',
    about: 'A prerelease to the dist-tag beta.',
    published: '1.0.1-beta.0',
    rules: [{ ...put, ...answers.credentials }, mayWrite],
    run: 'np 1.0.1-beta.0 --tag=beta --yolo --no-release-draft',
  },
  {
    ...common,
    id: 'publish-ci',
    userrc: [quiet],
    about: 'As Azure Pipelines shows it: a time stamp before every line.',
    rules: [{ ...put, ...answers.credentials }, mayWrite],
    run: "np patch --yolo --no-release-draft 2>&1 | sed 's/^/2026-11-21T20:05:04.1234567Z /'",
  },
  {
    ...common,
    id: 'publish-terminal',
    about: 'In a terminal: the list of tasks is painted again and again.',
    pty: true,
    rules: [{ ...put, ...answers.noPermission('@acme/ui') }, mayWrite],
  },
  {
    ...common,
    id: 'access-refused',
    about: 'The list of collaborators is refused, and np stops with what npm said.',
    operation: 'other',
    rules: [{ method: 'GET', path: '/collaborators', ...answers.forbidden }],
  },
  {
    ...common,
    id: 'miss-ping-refused',
    about: '`npm ping` is refused; np says only that the connection failed.',
    miss: true,
    rules: [{ method: 'GET', path: '/-/ping', ...answers.bare }, mayWrite],
  },
  {
    ...common,
    id: 'miss-whoami-refused',
    about: '`npm whoami` is refused; np speaks of an authentication error without naming the answer.',
    miss: true,
    rules: [{ method: 'GET', path: '/-/whoami$', ...answers.forbidden }, mayWrite],
  },
  {
    ...common,
    id: 'miss-dry-run',
    about: 'A dry run, with 403 in the subject of a commit.',
    miss: true,
    setup: `${repository('v1.0.0')}\n${change('Explain E403 403 Forbidden - PUT when the upload is refused')}\ngit push --quiet`,
    rules: [mayWrite],
    run: 'np patch --yolo --no-release-draft --dry-run',
  },
  {
    ...common,
    id: 'miss-unauthorized',
    userrc: [quiet],
    about: 'A dead token, noticed at the upload: 401.',
    miss: true,
    related: ['E401'],
    rules: [{ ...put, ...answers.unauthorized }, mayWrite],
  },
  {
    ...common,
    id: 'miss-not-found',
    userrc: [quiet],
    about: 'A scope that the registry hides: 404.',
    miss: true,
    related: ['E404'],
    rules: [{ ...put, ...answers.missing }, mayWrite],
  },
];
