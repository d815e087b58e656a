// yarn 1. Its own default host is {yarn}: credentials are stored for that one.
import { key, npmrc } from './npm.mjs';

export default {
  id: 'yarn1',
  packages: (version) => [`yarn@${version}`],
  packageName: () => 'yarn',
  node: () => 16,
  files: (scenario) => {
    const registry = scenario.registry ?? 'https://{yarn}/';
    const lines = scenario.registry || scenario.token === false ? [] : [`${key(registry)}:_authToken=lab-token`];
    return {
      '.npmrc': npmrc(scenario) + lines.map((line) => `${line}\n`).join(''),
      '.yarnrc': [
        'disable-self-update-check true',
        ...(scenario.registry ? [`registry "${registry}"`] : []),
        ...(scenario.yarnrc ?? []),
      ].join('\n') + '\n',
      // yarn asks for a network card before it asks a registry, and a sandbox has none.
      '.lab-network.js':
        "const os = require('os');\nos.networkInterfaces = () => ({ eth0: [{ address: '10.0.0.7', family: 'IPv4', internal: false }] });\n",
    };
  },
  env: () => ({
    NODE_EXTRA_CA_CERTS: '/etc/ssl/certs/ca-certificates.crt',
    NODE_OPTIONS: '--require /home/dev/.lab-network.js',
  }),
  logs: ['*/yarn-error.log'],
};
