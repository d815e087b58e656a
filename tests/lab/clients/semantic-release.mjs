// semantic-release with its npm plugin: runs `npm whoami` and `npm publish` and lets their output through.
import { npmrc } from './npm.mjs';
import { gitconfig } from '../repository.mjs';

export default {
  id: 'npm',
  wrapper: 'semantic-release',
  packages: (version) => [`semantic-release@${version}`, 'npm@11'],
  node: () => 24,
  files: (scenario) => ({ '.npmrc': npmrc(scenario), '.gitconfig': gitconfig }),
  env: () => ({
    NODE_EXTRA_CA_CERTS: '/etc/ssl/certs/ca-certificates.crt',
    NPM_CONFIG_FETCH_RETRIES: '0',
    NO_UPDATE_NOTIFIER: '1',
  }),
  logs: [],
};
