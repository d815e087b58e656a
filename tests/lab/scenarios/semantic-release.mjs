// semantic-release, refused by the registry at one step or another.
import { answers } from '../answers.mjs';
import { change, repository } from '../repository.mjs';

const origin = 'file:///home/dev/origin.git';
const project = (config = {}, more = {}) => ({
  'index.js': '',
  'package.json': { name: '@acme/ui', version: '0.0.0-development', license: 'MIT', main: 'index.js', ...more },
  '.releaserc.json': {
    branches: ['main', { name: 'next', channel: 'next', prerelease: true }],
    repositoryUrl: origin,
    plugins: ['@semantic-release/commit-analyzer', '@semantic-release/release-notes-generator', '@semantic-release/npm'],
    ...config,
  },
});
const scoped = { publishConfig: { access: 'public' } };
const at = (registry) => ({ publishConfig: { access: 'restricted', registry } });
const azure = 'https://{azure}/acme/_packaging/feed/npm/registry/';
const nexus = 'https://nexus.acme.example/repository/npm-group/';
// npm says everything here twice over in colour and twice without: most scenarios let it say only what went wrong.
const quiet = 'loglevel=error';
const tokenFor = (registry) => [`${registry.replace('https:', '')}:_authToken=lab-token`, quiet];
const released = `${repository('v1.0.0')}\n${change('fix: round the corners')}\ngit push --quiet`;

const put = { method: 'PUT', path: '/@acme%2fui$' };
const common = {
  operation: 'publish',
  folder: 'ui',
  published: '1.0.1',
  files: project({}, scoped),
  setup: released,
  env: { NPM_TOKEN: 'lab-token' },
  run: 'semantic-release --no-ci',
};

export default [
  {
    ...common,
    id: 'publish-no-permission',
    about: "Publishing a package of somebody else: npm's lines, then the failed command, then the error as an object.",
    rules: [{ ...put, ...answers.noPermission('@acme/ui') }],
    prompt: true,
  },
  {
    ...common,
    id: 'publish-version-exists',
    userrc: [quiet],
    about: 'The version exists but is no longer shown.',
    rules: [{ ...put, ...answers.versionExists('1.0.1') }],
  },
  {
    ...common,
    id: 'publish-two-factor',
    userrc: [quiet],
    about: 'A token that cannot stand in for the second factor.',
    rules: [{ ...put, ...answers.twoFactor }],
  },
  {
    ...common,
    id: 'publish-bare',
    userrc: [quiet],
    about: 'A firewall in front of the registry answers with an HTML page.',
    rules: [{ ...put, ...answers.bare }],
  },
  {
    ...common,
    id: 'publish-azure',
    about: 'Azure, from publishConfig.registry: the message with its quotes stands in the reason phrase.',
    files: project({}, at(azure)),
    userrc: tokenFor(azure),
    rules: [{ ...put, ...answers.azure('AddPackage') }],
  },
  {
    ...common,
    id: 'publish-nexus',
    about: 'Nexus: the reason phrase is a sentence with a URL in it.',
    files: project({}, at(nexus)),
    userrc: tokenFor(nexus),
    rules: [{ ...put, ...answers.nexusPro }],
  },
  {
    ...common,
    id: 'publish-prerelease',
    about: 'A prerelease from the branch next, to the dist-tag next.',
    setup: `${repository('v1.0.0')}\ngit checkout --quiet -b next\n${change('feat: themes')}\ngit push --quiet --set-upstream origin next`,
    published: '1.1.0-next.1',
    rules: [{ ...put, ...answers.credentials }],
  },
  {
    ...common,
    id: 'publish-debug',
    userrc: [quiet],
    about: 'With --debug: the lines of the debug module around the same text.',
    rules: [{ ...put, ...answers.noPermission('@acme/ui') }],
    run: 'semantic-release --no-ci --debug',
  },
  {
    ...common,
    id: 'publish-ci',
    userrc: [quiet],
    about: 'As `gh run view --log` shows it: job, step and time stamp before every line.',
    rules: [{ ...put, ...answers.credentials }],
    run: "semantic-release --no-ci 2>&1 | sed 's/^/release\\tSemantic release\\t2026-11-21T20:05:04.1234567Z /'",
  },
  {
    ...common,
    id: 'publish-terminal',
    userrc: [quiet],
    about: 'In a terminal, with colours.',
    pty: true,
    rules: [{ ...put, ...answers.noPermission('@acme/ui') }],
  },
  {
    ...common,
    id: 'whoami-refused',
    about: '`npm whoami` is refused before anything happens; semantic-release concludes EINVALIDNPMTOKEN.',
    operation: 'other',
    rules: [{ method: 'GET', path: '/-/whoami$', ...answers.forbidden }],
  },
  {
    ...common,
    id: 'channel-refused',
    about: 'A version of the channel next is to become the latest one: `npm dist-tag add` is refused.',
    operation: 'other',
    files: project({ branches: ['main', { name: 'next', channel: 'next' }] }, scoped),
    world: { '@acme/ui': { '1.0.0': {}, '1.1.0': {} } },
    setup: [
      repository('v1.0.0'),
      'git checkout --quiet -b next',
      change('feat: themes'),
      'git tag v1.1.0',
      `git notes --ref semantic-release-v1.1.0 add --message '{"channels":["next"]}' v1.1.0`,
      'git push --quiet origin next v1.1.0 refs/notes/semantic-release-v1.1.0',
      'git checkout --quiet main',
      'git merge --quiet --ff-only next',
      'git push --quiet',
    ].join('\n'),
    rules: [
      { method: 'PUT', path: '/dist-tags/', ...answers.credentials },
      { method: 'GET', path: '/dist-tags$', status: 200, body: { latest: '1.0.0', next: '1.1.0' } },
    ],
  },
  {
    ...common,
    id: 'miss-dry-run',
    userrc: [quiet],
    about: 'A dry run whose release notes speak of a status 403.',
    miss: true,
    setup: `${repository('v1.0.0')}\n${change('fix: explain E403 403 Forbidden - PUT when the upload is refused')}\ngit push --quiet`,
    rules: [],
    run: 'semantic-release --no-ci --dry-run',
  },
  {
    ...common,
    id: 'miss-git-refused',
    about: 'The forge refuses the push; the registry is never asked.',
    miss: true,
    files: project({ repositoryUrl: 'https://git.acme.example/acme/ui.git' }, scoped),
    env: { NPM_TOKEN: 'lab-token', GIT_TERMINAL_PROMPT: '0' },
    rules: [{ host: 'git.acme.example', status: 403, body: 'Access denied\n' }],
  },
  {
    ...common,
    id: 'miss-unauthorized',
    about: 'A dead token: `npm whoami` is answered with 401.',
    miss: true,
    related: ['E401'],
    rules: [{ method: 'GET', path: '/-/whoami$', ...answers.unauthorized }],
  },
  {
    ...common,
    id: 'miss-not-found',
    userrc: [quiet],
    about: 'A scope that the registry hides: 404.',
    miss: true,
    related: ['E404'],
    rules: [{ ...put, ...answers.missing }],
  },
];
