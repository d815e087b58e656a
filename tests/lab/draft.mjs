// Drafts an expectation for each new capture: what the request log says, as far as the capture shows it.
// A draft carries `"review": "todo"`, and tests/lab/check fails until a person has read the capture and removed it.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { squeeze, viewer } from './visible.mjs';

const GUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

// npm masks what looks like a token: the words as the capture may show them.
const spellings = (words) => [
  words,
  words.replace(GUID, '***'),
  words.replace(GUID, (guid) => (guid === guid.toLowerCase() ? 'npm_***' : guid)),
];

// `@acme%2fui` and `/a/b/@acme/ui/-/ui-1.0.0.tgz` as package and version.
function namedBy(url) {
  const ownTarball = /\.tgz(?:\?|$)/.test(url) && !/\/-\/|\/download\//.test(url);
  if (ownTarball) return { silent: true };
  const path = decodeURIComponent(url.replace(/^\w+:\/\/[^/]+/, '').split('?')[0]);
  const file = /\/((?:@[^/]+\/)?[^/@]+)\/-\/(?:@[^/]+\/)?[^/]*?-(\d+\.\d+\.\d+[^/]*)\.tgz$/.exec(path);
  if (file) return { package: file[1], version: file[2] };
  const tags = /\/-\/package\/((?:@[^/]+\/)?[^/]+)\//.exec(path);
  if (tags) return { package: tags[1] };
  if (/\/-\/(?!rev)/.test(path)) return {};
  const name = /((?:@[^/]+\/)?[^/@]+)(?:\/-rev\/.*)?$/.exec(path);
  return name ? { package: name[1] } : {};
}

// What the registry said: in the reason phrase, in the body, in npm-notice headers. `inner` is what a body says in a
// place where most clients do not look.
function wordsOf(rule) {
  const body = rule?.body;
  const message = typeof body?.error === 'string' ? body.error : body?.message;
  return {
    phrase: rule?.phrase?.replace(/^Forbidden(?: - )?/, ''),
    message: typeof message === 'string' ? message : undefined,
    notice: rule?.headers?.['npm-notice'],
    inner: body?.errors?.[0]?.message,
  };
}

const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const ownVersion = ({ client, wrapper }) => wrapper === undefined || wrapper === client;

// Facts about the run as a whole.
function runFacts(scenario, client, text) {
  return {
    client: client.client,
    wrapper: client.wrapper,
    // The version is the wrapper's own; that of the client inside is left to the reader.
    client_version: ownVersion(client) && new RegExp(`(?:@|/| v)${escape(client.version)}\\b`).test(text) ? client.version : undefined,
    node_version: /(?:using node@v|node v|node\/v)(\d+\.\d+\.\d+)/.exec(text)?.[1],
    command: scenario.prompt || /(?:verb|verbose|ERR!) argv/.test(text) ? scenario.run : undefined,
  };
}

// A proxy refuses the tunnel, the client speaks of the request that was to go through it.
function through(request, text) {
  if (request.method !== 'CONNECT') return request;
  const meant = new RegExp(`\\b([A-Z]+) (https://${escape(request.url.replace(/:443$/, ''))}[^\\s:]*)`).exec(text);
  return meant ? { ...request, method: meant[1], url: meant[2] } : request;
}

// One incident: the facts of one refused request that the capture shows.
function incidentOf(sent, scenario, client, text) {
  const request = through(sent, text);
  const shows = viewer(text);
  // `Forbidden` stands in every status line; as a message it counts only behind the address.
  const behind = (words) => squeeze(text).includes(squeeze(`${request.url} - ${words}`));
  const pick = (words) =>
    words ? spellings(words).find((some) => (/^(?:403 )?Forbidden$/.test(some) ? behind(some) : shows(some))) : undefined;
  const named = namedBy(request.url);
  const published = request.method === 'PUT' ? (scenario.published ?? scenario.package?.version) : undefined;
  const words = wordsOf(scenario.rules?.[request.rule]);
  // Only a sentence with the address carries the registry's words; a line of the request log never does.
  const reported = !shows(request.url) || new RegExp(` - ${request.method} ${escape(request.url)}`).test(text);
  const [phrase, both, notice] = ['phrase', 'message', 'notice'].map((key) => (reported ? pick(words[key]) : undefined));
  // The same sentence may stand in the reason phrase and in the body, of which only one is shown.
  const message = both === phrase && both && !behind(both) ? undefined : both;
  const said = [...new Set([phrase, message, notice].filter(Boolean))];
  const inner = reported && words.inner !== message ? pick(words.inner) : undefined;
  const facts = {
    ...runFacts(scenario, client, text),
    method: new RegExp(`\\b${request.method}\\b`).test(text) ? request.method : undefined,
    url: shows(request.url) ? request.url : undefined,
    package: named.package && shows(named.package) ? named.package : undefined,
    version: [named.version, published].find((version) => version && shows(version)),
    status: text.includes('403') ? '403' : undefined,
    tag: request.method === 'PUT' ? /with tag (\S+)/.exec(text)?.[1] : undefined,
    required_by: /specified as a dependency of '([^']+)'/.exec(text)?.[1],
    message,
    notice,
    reason: said.length > 0 && !inner ? said.join('\n') : undefined,
  };
  const versions = /@\d+\.\d+\.\d+/.test(text.replace(/.*\b(?:npm|node)@v?\d.*/g, ''));
  const asked = ['client_version', 'method', 'url', ...(named.silent ? [] : ['package']), ...(versions || named.silent ? [] : ['version'])];
  const dropped = words.phrase || words.message || words.inner || words.notice;
  const state =
    said.length > 0 || inner ? 'shown'
    : !reported || text.includes('[object Object]') ? 'not-shown'
    // A message that this client drops cannot be told from one that was never sent: then nothing is expected.
    : dropped ? undefined : 'absent';
  return {
    facts: JSON.parse(JSON.stringify(facts)),
    unknown: asked.filter((key) => facts[key] === undefined),
    reason_state: state,
    ...(inner ? { reason_contains: [...said, inner] } : {}),
  };
}

export function draft(target, client, results) {
  const file = join(target, 'expected.json');
  const all = existsSync(file)
    ? JSON.parse(readFileSync(file, 'utf8'))
    : { client: client.client, version: client.version, captures: {} };
  all.version = client.version;
  let added = 0;
  for (const { scenario, captures, requests } of results) {
    for (const [id, text] of Object.entries(captures)) {
      if (all.captures[id]) continue;
      const refused = requests.filter(({ status }, at) => status === 403 && !seenBefore(requests, at));
      const drafted = refused.map((request) => incidentOf(request, scenario, client, text));
      // Of several refusals a terminal often names one.
      const named = drafted.filter(({ facts }) => facts.url);
      const incidents = scenario.miss ? [] : named.length > 0 ? named : drafted.slice(0, 1);
      const about = id === scenario.id ? scenario.about : `${scenario.about} The debug log of that run.`;
      all.captures[id] = { review: 'todo', about, operation: scenario.operation, incidents, related: scenario.related ?? [] };
      added += 1;
    }
  }
  all.captures = Object.fromEntries(Object.entries(all.captures).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(file, JSON.stringify(all, null, 1) + '\n');
  return added;
}

// A request that a client repeats is one incident.
const seenBefore = (requests, at) =>
  requests.slice(0, at).some(({ method, url, status }) =>
    status === 403 && method === requests[at].method && url === requests[at].url);
