// The registry of a case: answers everything as a healthy registry, and writes down each request with its credential.
// Usage: node wire.mjs FOLDER
//
// https on 443 and 8443, http on 80, a forward proxy on 3128. FOLDER/case.json holds { rules, tarballs, world };
// a rule { host?, path, redirect } or { host?, path, body } comes before the ordinary answer.
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { connect } from 'node:net';
import { join } from 'node:path';
import { packument, tarball } from '../packages.mjs';

const folder = process.argv[2];
const { rules = [], tarballs = {}, world } = JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8'));

function credential(header) {
  if (header === undefined) return 'none';
  const [scheme, ...rest] = header.split(' ');
  return `${scheme.toLowerCase()}:${rest.join(' ')}`;
}

function note(line) {
  appendFileSync(join(folder, 'wire.jsonl'), JSON.stringify(line) + '\n');
}

function answer(request, response, secure) {
  const asked = request.url.startsWith('http:') ? new URL(request.url) : null;
  const host = (asked?.host ?? request.headers.host ?? '').replace(secure ? /:443$/ : /:80$/, '');
  const path = asked ? asked.pathname + asked.search : request.url;
  const scheme = secure ? 'https' : 'http';
  note({ method: request.method, scheme, host, path, auth: credential(request.headers.authorization) });
  request.resume();
  request.on('end', () => {
    const rule = rules.find((rule) => (rule.host ?? host) === host && new RegExp(rule.path).test(path));
    const found = rule ? scripted(rule) : ordinary(request.method, `${scheme}://${host}`, path);
    const bytes = found.bytes ?? Buffer.from(JSON.stringify(found.body ?? {}));
    const type = found.bytes ? 'application/octet-stream' : 'application/json';
    response.writeHead(found.status, { 'content-type': type, 'content-length': bytes.length, ...found.headers });
    response.end(request.method === 'HEAD' ? undefined : bytes);
  });
}

const scripted = ({ redirect, body }) =>
  redirect ? { status: 302, headers: { location: redirect } } : { status: 200, body };

function ordinary(method, origin, target) {
  const path = decodeURIComponent(target.split('?')[0]);
  if (method === 'PUT') return { status: 201, body: { ok: true, success: true } };
  if (path.endsWith('/-/whoami')) return { status: 200, body: { username: 'dev' } };
  // The longest name first: /@acme/ui ends in /ui as well.
  const names = Object.keys(world).sort((a, b) => b.length - a.length);
  const wanted = names.find((name) => path.includes(`/${name}/-/`));
  const version = wanted && Object.keys(world[wanted]).find((version) => path.endsWith(`-${version}.tgz`));
  if (version) return { status: 200, bytes: tarball(wanted, version, world[wanted][version]) };
  const name = names.find((name) => path.endsWith(`/${name}`));
  if (!name) return { status: 404, body: { error: 'Not found' } };
  const base = path.slice(0, -name.length - 1);
  const address = (version) =>
    tarballs[name] ?? `${origin}${base}/${name}/-/${name.split('/').pop()}-${version}.tgz`;
  return { status: 200, body: packument(name, world[name], address) };
}

function tunnel(request, socket, head) {
  note({ method: 'CONNECT', scheme: 'https', host: request.url.replace(/:443$/, ''), path: '', auth: credential(request.headers['proxy-authorization']) });
  const port = Number(request.url.split(':')[1] ?? 443);
  const inner = connect(port, '127.0.0.1', () => {
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    inner.write(head);
    inner.pipe(socket).pipe(inner);
  });
  // Either side may hang up at any time; that is no fault of the lab.
  inner.on('error', () => socket.destroy());
  socket.on('error', () => inner.destroy());
}

const certificates = join(folder, '..');
const pair = { key: readFileSync(join(certificates, 'leaf.key')), cert: readFileSync(join(certificates, 'leaf.pem')) };
const servers = [
  [createSecureServer(pair, (request, response) => answer(request, response, true)), 443],
  [createSecureServer(pair, (request, response) => answer(request, response, true)), 8443],
  [createServer((request, response) => answer(request, response, false)), 80],
  [createServer((request, response) => answer(request, response, false)).on('connect', tunnel), 3128],
];
await Promise.all(servers.map(([server, port]) => new Promise((done) => server.listen(port, '127.0.0.1', done))));
writeFileSync(join(folder, 'ready'), '');
