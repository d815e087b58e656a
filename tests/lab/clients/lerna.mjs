// lerna: publishes by itself, without npm; npm is there for what a scenario does beside it.
import { npmrc } from './npm.mjs';
import { gitconfig } from '../repository.mjs';

export default {
  wrapper: 'lerna',
  packages: (version) => [`lerna@${version}`, 'npm@11'],
  node: (major) => (major < 9 ? 20 : 24),
  files: (scenario) => ({ '.npmrc': npmrc(scenario), '.gitconfig': gitconfig }),
  env: () => ({
    NODE_EXTRA_CA_CERTS: '/etc/ssl/certs/ca-certificates.crt',
    NPM_CONFIG_FETCH_RETRIES: '0',
    NX_DAEMON: 'false',
    NX_NO_CLOUD: 'true',
  }),
  logs: [],
};
