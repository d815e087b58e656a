// deno: a program of its own, which reads .npmrc beside a package.json or deno.json.
import { npmrc } from './npm.mjs';

export default {
  packages: (version) => [`deno@${version}`],
  files: (scenario) => ({ '.npmrc': npmrc(scenario) }),
  env: (scenario) => ({
    DENO_CERT: '/etc/ssl/certs/ca-certificates.crt',
    DENO_NO_UPDATE_CHECK: '1',
    // deno colours even what goes into a file.
    ...(scenario.pty || scenario.colour ? {} : { NO_COLOR: '1' }),
    ...(scenario.registry ? { NPM_CONFIG_REGISTRY: scenario.registry } : {}),
  }),
  logs: [],
};
