// A throw-away authority, and a certificate from it for the hosts of one scenario.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cache } from './install.mjs';

const openssl = (...words) => execFileSync('openssl', words, { stdio: ['ignore', 'ignore', 'pipe'] });
const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

function authority() {
  const folder = join(cache, 'authority');
  const [key, pem] = [join(folder, 'ca.key'), join(folder, 'ca.pem')];
  if (!existsSync(pem)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    openssl('req', '-x509', ...KEY, '-keyout', key, '-out', pem, '-days', '3650', '-subj', '/CN=Lab root');
  }
  return { key, pem };
}

// Writes ca.pem, leaf.key and leaf.pem into the folder.
export function certify(folder, hosts) {
  const { key, pem } = authority();
  copyFileSync(pem, join(folder, 'ca.pem'));
  const names = hosts.map((host) => `DNS:${host}`).join(',');
  writeFileSync(join(folder, 'leaf.ext'), `subjectAltName=${names}\nextendedKeyUsage=serverAuth\n`);
  const [leafKey, request, leaf] = ['leaf.key', 'leaf.csr', 'leaf.pem'].map((name) => join(folder, name));
  openssl('req', ...KEY, '-keyout', leafKey, '-out', request, '-subj', '/CN=lab');
  openssl('x509', '-req', '-in', request, '-CA', pem, '-CAkey', key, '-set_serial', '1', '-days', '365',
    '-extfile', join(folder, 'leaf.ext'), '-out', leaf);
}
