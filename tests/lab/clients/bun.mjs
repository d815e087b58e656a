// bun: a program of its own, which reads .npmrc.
import { npmrc } from './npm.mjs';

export default {
  packages: (version) => [`bun@${version}`],
  files: (scenario) => ({ '.npmrc': npmrc(scenario) }),
  env: () => ({ SSL_CERT_FILE: '/etc/ssl/certs/ca-certificates.crt', NODE_EXTRA_CA_CERTS: '/etc/ssl/certs/ca-certificates.crt' }),
  logs: [],
};
