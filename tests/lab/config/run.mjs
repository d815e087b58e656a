// Runs one case with one client in a sandbox and tells what reached the wire.
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { certify } from '../certificate.mjs';
import { collapse, expand, known } from '../hosts.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const TIME_LIMIT = 60_000;
const WORLD = { ui: { '1.0.0': {} }, '@acme/ui': { '1.0.0': {} } };
const HOSTS = [...known, ...['npm', 'other', 'files', 'token'].map((label) => `${label}.acme.example`)];

// yarn 1 asks for a network card before it asks a registry, and a sandbox has none.
const NETWORK =
  "require('os').networkInterfaces = () => ({ eth0: [{ address: '10.0.0.7', family: 'IPv4', internal: false }] });\n";

// One folder for all cases of a measurement, with the certificate that they share.
export function workshop() {
  const folder = mkdtempSync(join(tmpdir(), 'lab-config-'));
  chmodSync(folder, 0o755);
  certify(folder, HOSTS);
  return folder;
}

function encode(text, encoding) {
  if (encoding === 'utf-16le') return Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
  return Buffer.from(text);
}

const PLACES = { home: 'home/dev', project: 'home/dev/project', global: 'global' };

function prepare(shop, { files, encoding = {}, rules, tarballs }) {
  const folder = mkdtempSync(join(shop, 'case-'));
  chmodSync(folder, 0o755);
  for (const place of Object.values(PLACES)) mkdirSync(join(folder, place), { recursive: true });
  writeFileSync(join(folder, 'hosts'), ['localhost laptop', ...HOSTS].map((host) => `127.0.0.1 ${host}\n`).join(''));
  writeFileSync(join(folder, 'passwd'), 'root:x:0:0:root:/root:/bin/sh\ndev:x:1000:1000::/home/dev:/bin/sh\n');
  writeFileSync(join(folder, 'case.json'), expand(JSON.stringify({ rules, tarballs, world: WORLD })));
  writeFileSync(join(folder, 'home/network.js'), NETWORK);
  for (const [path, lines] of Object.entries(files)) {
    const [place, ...rest] = path.split('/');
    const file = join(folder, PLACES[place], ...rest);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, encode(lines.map((line) => `${expand(line)}\n`).join(''), encoding[path]));
  }
  return folder;
}

function sandboxed(folder, machine, words, cd) {
  const apart = ['-n', '-m', '-u', '-p', '-f', '--mount-proc', '--kill-child', 'sh', join(here, 'sandbox.sh')];
  const child = spawn('unshare', [...apart, folder, machine.prefix, machine.node, ...words], {
    env: { ...process.env, LAB_NODE: process.execPath, LAB_CD: cd ?? 'project' },
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: TIME_LIMIT,
  });
  let complaint = '';
  child.stderr.on('data', (data) => (complaint += data));
  return new Promise((done, broken) =>
    child.on('close', (code) =>
      code === 0 ? done() : broken(new Error(`the sandbox ended with ${code}\n${complaint}`)),
    ),
  );
}

// What a client asks about itself and its updates is not about the case.
const NOISE = /\/(npm|pnpm|yarn|bun|deno|@pnpm%2[fF]exe)(\/latest)?$|\/-\/npm\/v1\/(security|keys)|\/-\/package\/.*dist-tags|\/attestations\//;

function wireOf(folder) {
  const file = join(folder, 'wire.jsonl');
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').trim().split('\n').filter(Boolean);
  const calls = [...new Set(lines)].map((line) => JSON.parse(line)).filter(({ path }) => !NOISE.test(path));
  return calls.map(({ scheme, host, ...rest }) => ({
    method: rest.method,
    ...(scheme === 'http' ? { scheme } : {}),
    host: collapse(host),
    path: collapse(rest.path),
    auth: collapse(rest.auth),
  }));
}

const BARE = /\u001b\[[0-9;?]*[a-z]/gi;
// yarn 2 and later tell the reason after the consequence.
const REASON = /YN0033|^\[?ERR|ERR_PNPM|no new packages that should be published|Invalid package version|No authentication|Invalid authentication|Unrecognized or legacy/;
const FAULT = /\berror\b|\bERR[!_]|\bERROR\b|^✖|YN\d{4}.*(?:Invalid|cannot|not |must|should)|Usage Error|missing authentication/i;

function saidIn(folder) {
  const lines = readFileSync(join(folder, 'out.log'), 'utf8').replace(BARE, '').split('\n').map((line) => line.trim());
  const found = lines.find((line) => REASON.test(line)) ?? lines.find((line) => FAULT.test(line)) ?? lines.find(Boolean) ?? '';
  // Times and counts differ from run to run.
  return collapse(found).replace(/\b\d+(?:\.\d+)?m?s\b/g, '0s').slice(0, 100);
}

export async function run(shop, machine, plan) {
  const folder = prepare(shop, plan);
  try {
    const env = Object.entries({ ...machine.env, ...plan.env }).map(([key, value]) => `${key}=${expand(value)}`);
    const command = plan.before ? ['sh', '-c', `${plan.before} >/dev/null; exec ${plan.command}`] : plan.command.split(' ');
    await sandboxed(folder, machine, [...env, ...command], plan.cd);
    const code = readFileSync(join(folder, 'code'), 'utf8').trim();
    return { wire: wireOf(folder), failed: code !== '0', said: saidIn(folder) };
  } finally {
    if (process.env.LAB_KEEP) console.error(`kept: ${folder}`);
    else rmSync(folder, { recursive: true, force: true });
  }
}
