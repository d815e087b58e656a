// pnpm. Up to 10 it runs npm to publish, hence the npm beside it; 11 and later publish by themselves.
import { npmrc } from './npm.mjs';

const NODE_OF = [
  [8, 16],
  [9, 20],
  [Infinity, 24],
];
const NPM_OF = { 7: 'npm@8', 8: 'npm@8', 9: 'npm@10', 10: 'npm@11' };

export default {
  packages: (version) => [`pnpm@${version}`, NPM_OF[version.split('.')[0]] ?? 'npm@11'],
  node: (major) => NODE_OF.find(([upTo]) => major <= upTo)[1],
  files: (scenario) => ({ '.npmrc': npmrc(scenario) }),
  env: () => ({
    // 12 is no longer a node program and reads the other one.
    NODE_EXTRA_CA_CERTS: '/etc/ssl/certs/ca-certificates.crt',
    SSL_CERT_FILE: '/etc/ssl/certs/ca-certificates.crt',
    NO_UPDATE_NOTIFIER: '1',
  }),
  logs: ['.npm/_logs/*-debug*.log', '*/node_modules/.pnpm-debug.log'],
};
