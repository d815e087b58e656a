// Holds every expected.json against its captures and requests.json: an expectation may say only what the capture
// shows and what really happened.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { collapse, expand } from './hosts.mjs';
import { viewer } from './visible.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../captures');
const wanted = process.argv.slice(2);
const STATES = ['shown', 'absent', 'not-shown'];
const OPERATIONS = ['publish', 'install', 'other'];
// Facts that are concluded rather than printed.
const CONCLUDED = new Set(['client', 'method', 'command', 'operation', 'endpoint', 'credential', 'registry', 'wrapper', 'refused_urls']);
const faults = [];
let counted = 0;

for (const folder of readdirSync(root).sort()) {
  const file = join(root, folder, 'expected.json');
  if (!existsSync(file) || (wanted.length > 0 && !wanted.includes(folder))) continue;
  const { client, version, captures } = JSON.parse(readFileSync(file, 'utf8'));
  const truth = JSON.parse(readFileSync(join(root, folder, 'requests.json'), 'utf8'));
  const logs = readdirSync(join(root, folder)).filter((name) => name.endsWith('.log'));
  const say = (id, fault) => faults.push(`${folder}/${id}: ${fault}`);
  if (!client || !version) say('expected.json', 'client and version are missing');
  for (const log of logs) if (!captures[log.slice(0, -4)]) say(log, 'has no expectation');
  for (const [id, expected] of Object.entries(captures)) {
    counted += 1;
    if (!logs.includes(`${id}.log`)) say(id, 'has no capture');
    else checkOne(id, expected, readFileSync(join(root, folder, `${id}.log`), 'utf8'), truth, say);
  }
}

function checkOne(id, expected, text, truth, say) {
  const clean = collapse(text) === text && collapse(expand(text)) === text;
  if (!clean) say(id, 'the text spells a host that has a placeholder');
  if (expected.review) say(id, 'nobody has read it yet; read it, correct it, remove `review`');
  if (!OPERATIONS.includes(expected.operation)) say(id, `no such operation: ${expected.operation}`);
  if (!expected.about) say(id, 'says nothing about itself');
  const scenario = truth[id] ?? truth[id.replace(/-(?:debug|json|ndjson)$/, '')];
  if (!scenario) return say(id, 'its requests are not recorded');
  const refused = scenario.filter((line) => line.includes(' -> 403 '));
  // A client may refuse by itself, without a request.
  if (!expected.unsent && expected.incidents.length > refused.length) say(id, 'expects more incidents than requests were refused');
  const shows = viewer(text);
  for (const { facts, unknown = [], reason_state: state, reason_contains: part } of expected.incidents) {
    if (state !== undefined && !STATES.includes(state)) say(id, `no such reason_state: ${state}`);
    if (facts.reason && state !== 'shown') say(id, 'has a reason that is not shown');
    if (state === 'shown' && !facts.reason && !part) say(id, 'shows a reason that is neither spelled nor contained');
    for (const words of part ?? []) if (!shows(words)) say(id, `does not show: ${words}`);
    for (const key of unknown) if (facts[key] !== undefined) say(id, `${key} is both known and unknown`);
    for (const [key, value] of Object.entries(facts)) {
      const lines = ['reason', 'notice', 'message'].includes(key) ? value.split('\n') : [value];
      if (!CONCLUDED.has(key) && !lines.every(shows)) say(id, `does not show ${key}: ${value}`);
    }
    // Some clients name the address that they asked, not the one it led to and that refused.
    const led = scenario.filter((line) => / -> 30\d /.test(line));
    const happened = [...refused, ...led].some((line) => {
      const [request, answer] = line.split(' -> ');
      const [method, url] = request.split(' ');
      if (method === 'CONNECT') return !facts.url || facts.url.includes(`//${url.replace(/:443$/, '')}/`);
      return (
        (!facts.method || facts.method === method) &&
        (!facts.url || facts.url.toLowerCase() === url.toLowerCase() || facts.url.includes('***')) &&
        (!facts.credential || answer.endsWith(`, ${facts.credential}`))
      );
    });
    if (!happened && !expected.unsent) say(id, `no refused request fits: ${facts.method ?? ''} ${facts.url ?? ''}`);
  }
}

for (const fault of faults) console.error(fault);
console.log(`${counted} captures, ${faults.length} faults`);
process.exit(faults.length > 0 || counted === 0 ? 1 : 0);
