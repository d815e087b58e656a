// Lockfiles that name the address of a tarball: is it asked there, and with which credential.
import { createHash } from 'node:crypto';
import { tarball } from '../../packages.mjs';
import { KEY, LINE, OTHER_KEY } from './common.mjs';

const integrity = `sha512-${createHash('sha512').update(tarball('ui', '1.0.0', {})).digest('base64')}`;
const RANGE = { ui: '1.0.0' };

// The lockfile of each family with `ui` 1.0.0 at an address.
const locks = {
  npm: (url) => ['package-lock.json', JSON.stringify({
    name: 'shop', lockfileVersion: 3, requires: true,
    packages: { '': { name: 'shop', dependencies: RANGE }, 'node_modules/ui': { version: '1.0.0', resolved: url } },
  }, null, 1)],
  pnpm: (url) => ['pnpm-lock.yaml', `lockfileVersion: '9.0'

settings:
  autoInstallPeers: true
  excludeLinksFromLockfile: false

importers:

  .:
    dependencies:
      ui:
        specifier: 1.0.0
        version: 1.0.0

packages:

  ui@1.0.0:
    resolution: {integrity: ${integrity}, tarball: ${url}}

snapshots:

  ui@1.0.0: {}`],
  yarn1: (url) => ['yarn.lock', `# yarn lockfile v1


ui@1.0.0:
  version "1.0.0"
  resolved "${url}"`],
  berry: (url) => ['yarn.lock', `__metadata:
  version: 8

"shop@workspace:.":
  version: 0.0.0-use.local
  resolution: "shop@workspace:."
  dependencies:
    ui: "npm:1.0.0"
  languageName: unknown
  linkType: soft

"ui@npm:1.0.0":
  version: 1.0.0
  resolution: "ui@npm:1.0.0::__archiveUrl=${encodeURIComponent(url).replaceAll('%7B', '{').replaceAll('%7D', '}')}"
  languageName: node
  linkType: hard`],
  bun: (url) => ['bun.lock', `{
  "lockfileVersion": 1,
  "workspaces": { "": { "name": "shop", "dependencies": { "ui": "1.0.0" } } },
  "packages": { "ui": ["ui@1.0.0", "${url}", {}, "${integrity}"] }
}`],
};

const locked = (url) => (family) => {
  const [name, text] = locks[family](url);
  return { [`project/${name}`]: text.split('\n') };
};

const FILE = 'ui/-/ui-1.0.0.tgz';
// npm 6 reads an older form.
const NPMRC = 'npm>=7 pnpm yarn1 bun';
const at = (host, more) => ({ check: 'C16', do: 'restore', url: `https://${host}/${FILE}`, lock: locked(`https://${host}/${FILE}`), for: NPMRC, ...more });
const YML = ['npmRegistryServer: "https://npm.acme.example"', 'npmAlwaysAuth: true', 'npmAuthToken: lab-token-one'];

export default [
  at('npm.acme.example', { name: 'lockfile-same-host', home: [LINE, KEY], note: 'The lockfile names the host of the registry.' }),
  at('other.acme.example', { name: 'lockfile-other-host', home: [LINE, KEY], note: 'The lockfile names another host than the registry.' }),
  at('other.acme.example', { name: 'lockfile-other-host-always-auth', for: 'yarn1', home: [LINE, KEY, 'always-auth=true'], note: 'The lockfile names another host, always-auth is on.' }),
  at('other.acme.example', { name: 'lockfile-other-host-with-key', home: [LINE, KEY, OTHER_KEY], note: 'The lockfile names another host that has a key of its own.' }),
  at('{npm}', { name: 'lockfile-public-host', home: [LINE, KEY], note: 'The lockfile names the public registry, the file another one.' }),
  at('npm.acme.example', { name: 'lockfile-private-host', home: [KEY], note: 'The lockfile names a private registry, no file names one.' }),
  at('other.acme.example', { name: 'lockfile-replace-always', for: 'npm>=7', home: [LINE, KEY, 'replace-registry-host=always'], note: 'The lockfile names another host, which is to be replaced always.' }),
  at('{npm}', { name: 'lockfile-replace-never', for: 'npm>=7', home: [LINE, KEY, 'replace-registry-host=never'], note: 'The lockfile names the public registry, which is to be replaced never.' }),
  at('other.acme.example', { name: 'berry-lockfile-other-host', for: 'berry', home: YML, note: 'The lockfile names another host than the registry.' }),
  at('npm.acme.example', { name: 'berry-lockfile-same-host', for: 'berry', home: YML, note: 'The lockfile names the host of the registry.' }),
];
