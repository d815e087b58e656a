// yarn 2 and later: settings in .yarnrc.yml, no debug log. Its default host is yarn 1's, {yarn}.
import { key } from './npm.mjs';

export default {
  packages: (version) => [`@yarnpkg/cli-dist@${version}`],
  packageName: () => '@yarnpkg/cli-dist',
  node: (major) => (major <= 3 ? 16 : 20),
  files: (scenario, machine) => {
    const registry = (scenario.registry ?? 'https://{yarn}/').replace(/\/$/, '');
    const older = machine.version.startsWith('3.');
    const lines = [
      'enableTelemetry: false',
      'enableGlobalCache: false',
      `${older ? 'caFilePath' : 'httpsCaFilePath'}: /etc/ssl/certs/ca-certificates.crt`,
      'nodeLinker: node-modules',
      ...(scenario.registry ? [`npmRegistryServer: "${registry}"`] : []),
      ...(scenario.token === false ? [] : ['npmRegistries:', `  "${key(registry).slice(0, -1)}":`, '    npmAuthToken: lab-token']),
      ...(scenario.yarnrc ?? []),
    ];
    return { '.yarnrc.yml': lines.join('\n') + '\n' };
  },
  env: () => ({ NODE_EXTRA_CA_CERTS: '/etc/ssl/certs/ca-certificates.crt', YARN_ENABLE_IMMUTABLE_INSTALLS: 'false' }),
  logs: [],
};
