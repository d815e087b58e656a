// The scripted registry: https on 443, http on 80, a forward proxy on 3128, all on the scenario's own loopback.
// Usage: node registry.mjs FOLDER
//
// FOLDER/scenario.json holds { rules, world, tarballs }; the first rule that fits a request answers it, and what no
// rule answers is answered as an ordinary registry would. Rules count only once FOLDER/armed exists, so that a
// scenario can prepare itself undisturbed. Every request goes to FOLDER/requests.jsonl: that log is the truth.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { STATUS_CODES, createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { connect } from 'node:net';
import { common, packument, tarball } from './packages.mjs';

const folder = process.argv[2];
const scenario = JSON.parse(readFileSync(`${folder}/scenario.json`, 'utf8'));
const world = { ...common, ...scenario.world };
const rules = (scenario.rules ?? []).map((rule) => ({ ...rule, left: rule.times ?? Infinity }));

// A rule: { host?, method?, path?, status, phrase?, headers?, body?, times?, redirect? }; `path` is a regex on the
// request target as sent, `body` a string or JSON, `redirect` the address of a 302.
function ruleFor(method, host, target) {
  if (!existsSync(`${folder}/armed`)) return undefined;
  const rule = rules.find(
    (rule) =>
      rule.left > 0 &&
      (rule.host === undefined || rule.host === host) &&
      (rule.method === undefined ? method !== 'CONNECT' : rule.method === method) &&
      (rule.path === undefined || new RegExp(rule.path).test(target)),
  );
  if (rule) rule.left -= 1;
  return rule;
}

function note(request, url, status, phrase, extra = {}) {
  const scheme = (request.headers.authorization ?? 'none').split(' ')[0].toLowerCase();
  const line = {
    at: existsSync(`${folder}/armed`) ? 'run' : 'setup',
    method: request.method,
    url,
    status,
    phrase,
    credential: scheme,
    agent: request.headers['user-agent'],
    ...extra,
  };
  appendFileSync(`${folder}/requests.jsonl`, JSON.stringify(line) + '\n');
}

function answer(request, response, secure) {
  // A forward proxy is asked with the whole address.
  const asked = request.url.startsWith('http:') ? new URL(request.url) : null;
  const host = (asked?.host ?? request.headers.host ?? '').replace(/:(443|80)$/, '');
  const target = asked ? asked.pathname + asked.search : request.url;
  const scheme = secure ? 'https' : 'http';
  const url = `${scheme}://${host}${target}`;
  request.resume();
  request.on('end', () => {
    const rule = ruleFor(request.method, host, target);
    const found = rule ? scripted(rule) : ordinary(request.method, `${scheme}://${host}`, target);
    const phrase = found.phrase ?? STATUS_CODES[found.status];
    const sent = found.bytes ?? Buffer.from(found.text ?? JSON.stringify(found.body ?? {}));
    note(request, url, found.status, phrase, rule ? { rule: rules.indexOf(rule) } : {});
    response.writeHead(found.status, phrase, {
      'content-type': found.type ?? 'application/json',
      'content-length': sent.length,
      ...found.headers,
    });
    response.end(request.method === 'HEAD' ? undefined : sent);
  });
}

function scripted({ status, phrase, headers, body, redirect }) {
  if (redirect) return { status: status ?? 302, phrase, headers: { location: redirect, ...headers }, text: '' };
  if (typeof body === 'string') {
    return { status, phrase, headers, text: body, type: body.startsWith('<') ? 'text/html' : 'text/plain' };
  }
  return { status, phrase, headers, body: body ?? undefined, ...(body === undefined ? { text: '' } : {}) };
}

const NOTHING_FOUND = { info: 0, low: 0, moderate: 0, high: 0, critical: 0, total: 0 };

// What a healthy registry answers, below any base path.
function ordinary(method, origin, target) {
  const path = decodeURIComponent(target.split('?')[0]);
  const ok = (body) => ({ status: 200, body });
  if (path.endsWith('/-/whoami')) return ok({ username: 'dev' });
  if (path.endsWith('/-/ping')) return ok({});
  if (path.endsWith('/advisories/bulk')) return ok({});
  if (/\/security\/audits(\/quick)?$/.test(path)) {
    return ok({ actions: [], advisories: {}, muted: [], metadata: { vulnerabilities: NOTHING_FOUND } });
  }
  if (path.includes('/-/v1/search')) return ok({ objects: [], total: 0, time: 'now' });
  const user = /\/-\/user\/org\.couchdb\.user:([\w-]+)/.exec(path);
  if (user) return ok({ _id: `org.couchdb.user:${user[1]}`, name: user[1], email: `${user[1]}@acme.example` });
  const tags = /\/-\/package\/((?:@[^/]+\/)?[^/]+)\/dist-tags/.exec(path);
  if (tags) return ok(method === 'GET' ? { latest: latest(tags[1]) } : { ok: 'dist-tags updated' });
  if (method === 'PUT' || method === 'DELETE') return { status: 201, body: { ok: true, success: true } };
  const file = /^.*?\/((?:@[^/]+\/)?[^/@]+)\/-\/(?:@[^/]+\/)?[^/]+?-(\d+\.\d+\.\d+[^/]*)\.tgz$/.exec(path);
  const download = /\/download\/((?:@[^/]+\/)?[^/]+)\/(\d[^/]*)\/[0-9a-f]+$/.exec(path);
  const wanted = download ?? file;
  if (wanted) {
    const name = download ? wanted[1] : Object.keys(world).find((name) => path.includes(`/${name}/-/`));
    const spec = world[name]?.[wanted[2]];
    if (spec) return { status: 200, bytes: tarball(name, wanted[2], spec), type: 'application/octet-stream' };
  }
  // One version alone: /name/1.0.0 or /name/latest.
  const name = Object.keys(world).find((name) => path.endsWith(`/${name}`));
  if (name === undefined) return { status: 404, body: { error: 'Not found' } };
  const base = path.slice(0, -name.length - 1);
  const address = (version) =>
    scenario.tarballs?.[name] ?? `${origin}${base}/${name}/-/${name.split('/').pop()}-${version}.tgz`;
  return ok(packument(name, world[name], address));
}

const latest = (name) => Object.keys(world[name] ?? { '1.0.0': {} }).at(-1);

// The tunnel of the forward proxy: refused by a rule with the method CONNECT, otherwise joined to port 443.
function tunnel(request, socket, head) {
  const rule = ruleFor('CONNECT', request.url.replace(/:443$/, ''), request.url);
  if (rule) {
    const phrase = rule.phrase ?? STATUS_CODES[rule.status];
    const body = rule.body ?? '';
    note(request, request.url, rule.status, phrase, { rule: rules.indexOf(rule) });
    socket.end(`HTTP/1.1 ${rule.status} ${phrase}\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`);
    return;
  }
  note(request, request.url, 200, 'Connection established');
  const inner = connect(443, '127.0.0.1', () => {
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    inner.write(head);
    inner.pipe(socket).pipe(inner);
  });
  // Either side may hang up at any time; that is no fault of the lab.
  inner.on('error', () => socket.destroy());
  socket.on('error', () => inner.destroy());
}

const pair = { key: readFileSync(`${folder}/leaf.key`), cert: readFileSync(`${folder}/leaf.pem`) };
const servers = [
  [createSecureServer(pair, (request, response) => answer(request, response, true)), 443],
  [createServer((request, response) => answer(request, response, false)), 80],
  [createServer((request, response) => answer(request, response, false)).on('connect', tunnel), 3128],
];
await Promise.all(servers.map(([server, port]) => new Promise((done) => server.listen(port, '127.0.0.1', done))));
writeFileSync(`${folder}/ready`, '');
