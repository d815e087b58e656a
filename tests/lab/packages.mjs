// The packages that the scripted registry has, as packuments and tarballs.
// A package is { version: manifest }; a manifest may hold `files`, which go into the tarball.
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

// What every scenario finds in the registry; a scenario's `world` is laid over it.
export const common = {
  'left-pad': { '1.3.0': {} },
  'left-padd-403': { '4.0.3': {} },
  'is-odd': { '3.0.1': { dependencies: { 'is-number': '^6.0.0' } } },
  'is-number': { '6.0.0': {}, '7.0.0': {} },
  'node-ipc': { '10.1.1': { dependencies: { 'js-queue': '2.0.2' } } },
  'js-queue': { '2.0.2': {} },
  lodash: { '4.17.20': {}, '4.17.21': {} },
  ms: { '2.1.3': {} },
  '@acme/ui': { '1.0.0': { dependencies: { '@acme/tokens': '^1.0.0' } } },
  '@acme/tokens': { '1.0.4': {} },
  '@acme/icons': { '0.9.0': {} },
};

const octal = (number, width) => number.toString(8).padStart(width - 1, '0') + '\0';

// One entry of a ustar archive.
function entry(name, body) {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write(octal(0o644, 8), 100);
  header.write(octal(0, 8), 108);
  header.write(octal(0, 8), 116);
  header.write(octal(body.length, 12), 124);
  header.write(octal(499162500, 12), 136);
  header.write('        ', 148);
  header.write('0', 156);
  header.write('ustar\0' + '00', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(octal(sum, 7) + ' ', 148);
  return Buffer.concat([header, body, Buffer.alloc((512 - (body.length % 512)) % 512)]);
}

function manifestOf(name, version, { files: _, ...rest }) {
  return { name, version, description: `The ${name} of the lab`, license: 'MIT', main: 'index.js', ...rest };
}

export function tarball(name, version, spec) {
  const files = {
    'package.json': JSON.stringify(manifestOf(name, version, spec), null, 2) + '\n',
    'index.js': 'module.exports = {};\n',
    ...spec.files,
  };
  const entries = Object.entries(files).map(([path, text]) => entry(`package/${path}`, Buffer.from(text)));
  return gzipSync(Buffer.concat([...entries, Buffer.alloc(1024)]));
}

// `address(version)` is the tarball's URL.
export function packument(name, versions, address) {
  const known = {};
  const time = { created: '2024-03-01T09:00:00.000Z', modified: '2025-06-01T09:00:00.000Z' };
  for (const [version, spec] of Object.entries(versions)) {
    const bytes = tarball(name, version, spec);
    const digest = (kind, form) => createHash(kind).update(bytes).digest(form);
    known[version] = {
      ...manifestOf(name, version, spec),
      ...(spec.scripts ? { hasInstallScript: true } : {}),
      _id: `${name}@${version}`,
      maintainers: [{ name: 'alice', email: 'alice@acme.example' }],
      dist: {
        shasum: digest('sha1', 'hex'),
        integrity: `sha512-${digest('sha512', 'base64')}`,
        tarball: address(version),
      },
    };
    time[version] = '2025-06-01T09:00:00.000Z';
  }
  const latest = Object.keys(known).at(-1);
  return {
    _id: name,
    _rev: '3-5c0a1f',
    name,
    'dist-tags': { latest },
    versions: known,
    time,
    maintainers: [{ name: 'alice', email: 'alice@acme.example' }],
    users: {},
  };
}
