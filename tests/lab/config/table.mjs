// The measurements as a Markdown table: a row for each case, a column for each client.

import { runsWith } from './plan.mjs';

const order = ['npm', 'pnpm', 'yarn1', 'berry', 'bun', 'deno'];
const major = ({ version }) => Number(version.split('.')[0]);
const column = (row) => (row.client === 'yarn1' ? 'yarn 1' : `${row.client} ${major(row)}`);

// What reached the wire, in a word or two: the credential of the request that the case is about, and its host.
function cell(row) {
  if (row === undefined) return '';
  if (row.stops) return 'stops';
  const { method, url } = row.facts;
  const call = row.wire.find((call) => call.method === method && `${call.scheme ?? 'https'}://${call.host}${call.path}` === url);
  const secret = call.auth.replace(/^bearer:lab-/, '').replace(/^basic:.*/, 'basic').replace(/^bearer:/, '');
  const follow = row.wire.find((next) => row.name.includes('redirect') && next !== call && next.path === call.path);
  const after = follow ? `, then ${follow.auth === 'none' ? 'anonymous' : follow.auth.replace(/^bearer:lab-/, '')}` : '';
  const way = row.wire.some(({ method }) => method === 'CONNECT') ? ' through the proxy' : '';
  const host = call.host === 'npm.acme.example' ? '' : ` to ${call.host.replace('.acme.example', '')}`;
  const word = secret === 'none' ? 'anonymous' : secret || 'empty token';
  return `${word.replaceAll('|', '\\|')}${host}${after}${way}`;
}

// A column's client: `yarn 1` is a family of its own.
function clientOf(name) {
  const [client, number] = name.split(' ');
  return { family: client === 'yarn' ? 'yarn1' : client, major: Number(number) };
}

function rank(name) {
  const { family, major } = clientOf(name);
  return order.indexOf(family) * 1000 + major;
}

// The cells of a table that was printed earlier, by case and column.
function cellsOf(text) {
  const [head, , ...lines] = text.split('\n').filter(Boolean).map((line) => line.split(/(?<!\\)\|/).slice(1, -1).map((cell) => cell.trim()));
  const cells = new Map();
  for (const [, name, ...values] of lines) {
    cells.set(name, new Map(values.map((value, at) => [head[at + 2], value])));
  }
  return cells;
}

export function table(cases, old, fresh) {
  const cells = old.trim() ? cellsOf(old) : new Map();
  for (const row of fresh) {
    if (!cells.has(row.name)) cells.set(row.name, new Map());
    cells.get(row.name).set(column(row), cell(row));
  }
  const columns = [...new Set([...cells.values()].flatMap((row) => [...row.keys()]))].sort((a, b) => rank(a) - rank(b));
  const known = cases.filter(({ name }) => cells.has(name)).sort((a, b) => (sorted(a) < sorted(b) ? -1 : 1));
  const lines = known.map((one) => {
    const { check, name } = one;
    const values = columns.map((column) => (runsWith(one, clientOf(column)) && cells.get(name).get(column)) || '');
    return `| ${check ?? ''} | ${name} | ${values.join(' | ')} |`;
  });
  const head = ['check', 'case', ...columns];
  return [`| ${head.join(' | ')} |`, `|${' --- |'.repeat(head.length)}`, ...lines, ''].join('\n');
}

const sorted = ({ check, name }) => `${check ?? 'C99'} ${name}`;
