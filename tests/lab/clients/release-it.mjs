// release-it: runs npm's commands behind a spinner and repeats what a failed one said.
import { npmrc } from './npm.mjs';
import { gitconfig } from '../repository.mjs';

export default {
  id: 'npm',
  wrapper: 'release-it',
  packages: (version) => [`release-it@${version}`, 'npm@11'],
  node: () => 24,
  files: (scenario) => ({ '.npmrc': npmrc(scenario), '.gitconfig': gitconfig }),
  env: () => ({
    NODE_EXTRA_CA_CERTS: '/etc/ssl/certs/ca-certificates.crt',
    NPM_CONFIG_FETCH_RETRIES: '0',
    NO_UPDATE_NOTIFIER: '1',
  }),
  logs: [],
};
