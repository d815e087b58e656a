// Measures cases with real clients and keeps what reached the wire in tests/config/measured.json.
// Usage: node measure.mjs [CLIENT@MAJOR] [CASE…]; without a client, every usual one.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { clientPrefix, installedVersion, nodeBinary } from '../install.mjs';
import cases from './cases.mjs';
import { clients, usual } from './clients.mjs';
import { keyOf, merge } from './keep.mjs';
import { planOf, rowOf, runsWith } from './plan.mjs';
import { run, workshop } from './run.mjs';
import { table } from './table.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, '../../config/measured.json');
const readme = join(here, 'README.md');
const AT_ONCE = 2;

function fail(message) {
  console.error(`measure: ${message}`);
  process.exit(2);
}

if (process.getuid() !== 0) fail('each case needs a network of its own; run as root');
const words = process.argv.slice(2);
const specs = words[0]?.includes('@') ? [words.shift()] : usual;
const unknown = words.filter((word) => !cases.some(({ name }) => name === word));
if (unknown.length > 0) fail(`no such case: ${unknown.join(' ')}`);
const twice = cases.map(({ name }) => name).filter((name, at, all) => all.indexOf(name) !== at);
if (twice.length > 0) fail(`two cases have one name: ${twice.join(' ')}`);

function machineOf(spec) {
  const [family, major] = spec.split('@');
  const client = clients[family] ?? fail(`no such client: ${spec}`);
  const version = client.spec?.[major] ?? major;
  const prefix = clientPrefix(`${family}@${version}`, client.packages(version));
  const node = client.node?.(Number(major));
  return {
    family,
    major: Number(major),
    prefix,
    node: node ? nodeBinary(node) : 'none',
    version: installedVersion(prefix, client.packageName?.(version) ?? family),
    env: client.env,
  };
}

// A sentence about a case stands once, and what is empty not at all.
const lean = (rows) =>
  rows.map(({ check, note, ...row }, at) => ({
    ...(check ? { check } : {}),
    ...row,
    note: rows[at - 1]?.name === row.name ? undefined : cases.find(({ name }) => name === row.name).note,
  }));

const load = () => (existsSync(target) ? JSON.parse(readFileSync(target, 'utf8')) : []);

// One object on a few lines, so that a change of one measurement is a change of one line.
function print(row) {
  const { check, name, client, version, also, files, encoding, env, command, cd, facts, ...rest } = row;
  const lines = [{ check, name, client, version, also }, { files, encoding, env }, { command, cd, facts }, rest];
  return `{${lines.map((line) => JSON.stringify(line).slice(1, -1)).join(',\n ')}}`;
}

function save(fresh) {
  // A case that is gone, or no longer for a client, takes its measurements along.
  const known = ({ name, client, version }) =>
    cases.some((one) => one.name === name && runsWith(one, { family: client, major: parseInt(version) }));
  const rows = merge(load().filter(known), fresh, cases).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, `[\n${lean(rows).map(print).join(',\n')}\n]\n`);
  const [head, old, tail = ''] = readFileSync(readme, 'utf8').split(/<!-- (?:table|end) -->\n/);
  writeFileSync(readme, `${head}<!-- table -->\n${table(cases, old ?? '', fresh)}<!-- end -->\n${tail}`);
}

const shop = workshop();
let broken = 0;
try {
  for (const spec of specs) {
    const machine = machineOf(spec);
    const queue = cases.filter((one) => runsWith(one, machine) && (words.length === 0 || words.includes(one.name)));
    const rows = [];
    const worker = async () => {
      for (let one = queue.shift(); one; one = queue.shift()) {
        const plan = planOf(one, machine);
        try {
          rows.push(rowOf(one, plan, machine, await run(shop, machine, plan)));
        } catch (error) {
          broken += 1;
          console.error(`${spec} ${one.name}: ${error.message}`);
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    save(rows);
    console.log(`${rows.length} measured with ${machine.family} ${machine.version}`);
  }
} finally {
  if (!process.env.LAB_KEEP) rmSync(shop, { recursive: true, force: true });
}
process.exit(broken > 0 ? 1 : 0);
