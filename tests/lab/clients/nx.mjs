// nx release: runs `npm publish --json`, or pnpm's in a pnpm workspace, once for each project.
import { npmrc } from './npm.mjs';
import { gitconfig } from '../repository.mjs';

export default {
  id: 'npm',
  wrapper: 'nx',
  packages: (version) => [`nx@${version}`, `@nx/js@${version}`, 'npm@11', 'pnpm@10'],
  node: () => 24,
  files: (scenario) => ({ '.npmrc': npmrc(scenario), '.gitconfig': gitconfig }),
  env: () => ({
    NODE_EXTRA_CA_CERTS: '/etc/ssl/certs/ca-certificates.crt',
    NPM_CONFIG_FETCH_RETRIES: '0',
    NO_UPDATE_NOTIFIER: '1',
    NX_DAEMON: 'false',
    NX_NO_CLOUD: 'true',
    NX_TUI: 'false',
  }),
  logs: [],
};
