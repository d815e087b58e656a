// changesets: runs `npm publish --json`, or pnpm's in a pnpm workspace, and frames what that says.
import { npmrc } from './npm.mjs';
import { gitconfig } from '../repository.mjs';

export default {
  id: 'npm',
  wrapper: 'changesets',
  packages: (version) =>
    Number.parseInt(version, 10) < 3
      ? [`@changesets/cli@${version}`, 'npm@10', 'pnpm@9']
      : [`@changesets/cli@${version}`, 'npm@11', 'pnpm@10'],
  packageName: () => '@changesets/cli',
  node: () => 24,
  files: (scenario) => ({ '.npmrc': npmrc(scenario), '.gitconfig': gitconfig }),
  env: () => ({
    NODE_EXTRA_CA_CERTS: '/etc/ssl/certs/ca-certificates.crt',
    NPM_CONFIG_FETCH_RETRIES: '0',
    NO_UPDATE_NOTIFIER: '1',
  }),
  logs: [],
};
