// npm: where its settings, its age of node and its debug logs are.
const NODE_OF = [
  [5, 8],
  [6, 14],
  [8, 16],
  [10, 20],
  [Infinity, 24],
];

// The registry of a scenario as an .npmrc key: without scheme, with a slash at the end.
export const key = (registry) => registry.replace(/^https?:/, '').replace(/\/?$/, '/');

// ~/.npmrc: quiet about what no scenario is about. `userrc` adds lines, `token: false` leaves the credentials out.
export function npmrc(scenario) {
  const registry = scenario.registry ?? 'https://{npm}/';
  return [
    'fund=false',
    scenario.audit ? '' : 'audit=false',
    'update-notifier=false',
    scenario.registry ? `registry=${registry}` : '',
    scenario.token === false ? '' : `${key(registry)}:_authToken=lab-token`,
    ...(scenario.userrc ?? []),
  ]
    .filter(Boolean)
    .join('\n')
    .concat('\n');
}

export default {
  packages: (version) => [`npm@${version}`],
  node: (major) => NODE_OF.find(([upTo]) => major <= upTo)[1],
  files: (scenario) => ({ '.npmrc': npmrc(scenario) }),
  env: () => ({
    NODE_EXTRA_CA_CERTS: '/etc/ssl/certs/ca-certificates.crt',
    NPM_CONFIG_FETCH_RETRIES: '0',
    NO_UPDATE_NOTIFIER: '1',
  }),
  logs: ['.npm/_logs/*-debug*.log', '*/npm-debug.log'],
};
