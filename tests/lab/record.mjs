// Records the scenarios of one client version into tests/captures/<client>-<major>/.
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { certify } from './certificate.mjs';
import { draft } from './draft.mjs';
import { glob } from './glob.mjs';
import { expand, known } from './hosts.mjs';
import { clientPrefix, installedVersion, nodeBinary } from './install.mjs';
import { normalise } from './normalise.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const AT_ONCE = 2;
const TIME_LIMIT = 120_000;

function fail(message) {
  console.error(`record: ${message}`);
  process.exit(2);
}

const [spec, ...wanted] = process.argv.slice(2);
const found = /^([a-z0-9-]+)@(\d+)(\.[\w.-]+)?$/.exec(spec ?? '');
if (!found) fail('say which client to record, for example npm@12');
const [, name, major, rest = ''] = found;
if (process.getuid() !== 0) fail('each scenario needs a network of its own; run as root');
const clientFile = join(here, `clients/${name}.mjs`);
if (!existsSync(clientFile)) fail(`no such client; add it: ${clientFile}`);

const client = (await import(clientFile)).default;
const scenarios = (await import(join(here, `scenarios/${client.scenarios ?? name}.mjs`))).default.filter(
  ({ id, majors, from = 0, to = Infinity }) =>
    (majors ? majors.includes(Number(major)) : Number(major) >= from && Number(major) <= to) &&
    (wanted.length === 0 || wanted.includes(id)),
);
if (scenarios.length === 0) fail(`no such scenario for ${spec}: ${wanted.join(' ')}`);

const version = `${major}${rest}`;
const prefix = clientPrefix(spec, client.packages(version));
const node = client.node?.(Number(major));
const machine = {
  prefix,
  node: node ? nodeBinary(node) : 'none',
  version: installedVersion(prefix, client.packageName?.(version) ?? name),
};
const target = join(here, '../captures', `${name}-${major}`);
mkdirSync(target, { recursive: true });

// Hosts that stand in a scenario: everything after `//`.
const hostsIn = (text) => [...text.matchAll(/\/\/(?:[^/\s"'@]*@)?([a-z0-9][a-z0-9.-]*\.[a-z]+)/gi)].map((hit) => hit[1]);

function place(root, files) {
  for (const [path, content] of Object.entries(files)) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    const text = typeof content === 'string' ? content : JSON.stringify(content, null, 2) + '\n';
    writeFileSync(file, expand(text));
  }
}

// Everything that the sandbox and the registry need, in a folder of its own.
function prepare(scenario) {
  const folder = mkdtempSync(join(tmpdir(), 'lab-'));
  chmodSync(folder, 0o755);
  const text = expand(JSON.stringify(scenario));
  const own = scenario.rules?.flatMap(({ host }) => (host ? [expand(host)] : [])) ?? [];
  const hosts = [...new Set([...known, ...hostsIn(text), ...own])].filter((host) => !/[*]/.test(host));
  writeFileSync(join(folder, 'hosts'), `127.0.0.1 localhost laptop\n${hosts.map((host) => `127.0.0.1 ${host}\n`).join('')}`);
  writeFileSync(join(folder, 'passwd'), 'root:x:0:0:root:/root:/bin/sh\ndev:x:1000:1000::/home/dev:/bin/sh\n');
  const script = { rules: scenario.rules, world: scenario.world, tarballs: scenario.tarballs };
  writeFileSync(join(folder, 'scenario.json'), expand(JSON.stringify(script)));
  certify(folder, hosts);

  const project = scenario.folder ?? scenario.package?.name?.split('/').pop() ?? 'shop';
  const own_files = { ...(scenario.package ? { 'package.json': scenario.package } : {}), ...scenario.files };
  place(join(folder, 'home/dev'), client.files?.(scenario, machine) ?? {});
  place(join(folder, 'home/dev', project), own_files);
  const exports = Object.entries({ ...client.env?.(scenario, machine), ...scenario.env }).map(
    ([key, value]) => `export ${key}='${value}'\n`,
  );
  const cd = `cd /home/dev/${project}\n`;
  const prompt = scenario.prompt ? `echo 'dev@laptop:~/${project}$ ${scenario.run}'\n` : '';
  place(join(folder, 'home'), {
    'setup.sh': `${exports.join('')}${cd}set -e\n${scenario.setup ?? ':'}\n`,
    'run.sh': `${exports.join('')}${cd}${prompt}${scenario.run}\n`,
  });
  return folder;
}

function sandboxed(scenario, folder) {
  const words = ['-n', '-m', '-u', '-p', '-f', '--mount-proc', '--kill-child', 'sh', join(here, 'sandbox.sh')];
  const env = { ...process.env, LAB_NODE: process.execPath, LAB_PTY: scenario.pty ? '1' : '' };
  const child = spawn('unshare', [...words, folder, machine.prefix, machine.node], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: TIME_LIMIT,
  });
  let complaint = '';
  child.stderr.on('data', (data) => (complaint += data));
  return new Promise((done, broken) =>
    child.on('close', (code) => {
      if (code === 0) done();
      else broken(new Error(`${scenario.id}: the sandbox ended with ${code}\n${complaint}`));
    }),
  );
}

// What is kept of a run: the terminal (`out`), the newest debug log (`debug`).
function capturesOf(scenario, folder) {
  const kept = {};
  const kinds = [...(scenario.keep ?? ['out']), ...(scenario.debugIn?.includes(Number(major)) ? ['debug'] : [])];
  for (const kind of kinds) {
    if (kind === 'out') {
      kept[scenario.id] = readFileSync(join(folder, 'out.log'), 'utf8');
      continue;
    }
    const logs = client.logs.flatMap((pattern) => glob(join(folder, 'home/dev'), pattern)).sort();
    if (logs.length === 0) throw new Error(`${scenario.id}: the client left no debug log`);
    kept[`${scenario.id}-${kind}`] = readFileSync(logs.at(-1), 'utf8');
  }
  return kept;
}

function requestsOf(folder) {
  const file = join(folder, 'requests.jsonl');
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').trim().split('\n').filter(Boolean).map((line) => JSON.parse(line));
  return lines.filter(({ at }) => at === 'run');
}

async function record(scenario) {
  const folder = prepare(scenario);
  try {
    await sandboxed(scenario, folder);
    const requests = requestsOf(folder);
    const captures = capturesOf(scenario, folder);
    for (const id of Object.keys(captures)) captures[id] = normalise(captures[id]);
    const code = readFileSync(join(folder, 'code'), 'utf8').trim();
    return { scenario, captures, requests: JSON.parse(normalise(JSON.stringify(requests))), code };
  } finally {
    if (process.env.LAB_KEEP) console.error(`kept: ${folder}`);
    else rmSync(folder, { recursive: true, force: true });
  }
}

// requests.json: the ground truth beside the captures, one request per line.
function saveRequests(results) {
  const file = join(target, 'requests.json');
  const all = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  for (const { scenario, requests } of results) {
    all[scenario.id] = requests.map(({ method, url, status, phrase, credential }) =>
      `${method} ${url} -> ${status} ${phrase}, ${credential}`);
  }
  const sorted = Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(file, JSON.stringify(sorted, null, 1) + '\n');
}

const queue = [...scenarios];
const results = [];
let broken = 0;
async function worker() {
  for (let scenario = queue.shift(); scenario; scenario = queue.shift()) {
    try {
      const result = await record(scenario);
      results.push(result);
      for (const [id, text] of Object.entries(result.captures)) writeFileSync(join(target, `${id}.log`), text);
      const refused = result.requests.filter(({ status }) => status === 403).length;
      const bytes = Object.values(result.captures).reduce((sum, text) => sum + text.length, 0);
      console.log(`${scenario.id}: exit ${result.code}, ${result.requests.length} requests, ${refused} refused, ${bytes} bytes`);
    } catch (error) {
      broken += 1;
      console.error(error.message);
    }
  }
}
await Promise.all(Array.from({ length: AT_ONCE }, worker));
saveRequests(results);
const self = { client: client.id ?? name, wrapper: client.wrapper, version: machine.version, major: Number(major) };
const added = draft(target, self, results);
console.log(`${results.length} recorded with ${name} ${machine.version}, ${broken} failed, ${added} new expectations to review`);
process.exit(broken > 0 ? 1 : 0);
