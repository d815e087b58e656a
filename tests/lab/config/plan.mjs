// From a case, which is written once for many clients, to what one client runs, and from its wire to a row.
import { clients } from './clients.mjs';

const REGISTRY = 'https://npm.acme.example/';
const ESCAPED = (name) => name.replace('/', '%2f');

// `for` names families, each for all majors or for some: 'npm pnpm>=11 yarn1 bun<2'.
export function runsWith(one, { family, major }) {
  return one.for.split(' ').some((word) => {
    const [, name, sign, number] = /^([a-z]+\d?)(?:(>=|<)(\d+))?$/.exec(word) ?? [];
    if (name !== family) return false;
    return sign === undefined || (sign === '<' ? major < Number(number) : major >= Number(number));
  });
}

export function planOf(one, { family }) {
  const client = clients[family];
  const operation = one.do ?? 'install';
  const name = one.package ?? 'ui';
  const shop = { name: 'shop', ...(operation === 'restore' ? { dependencies: { [name]: '1.0.0' } } : {}) };
  const manifest = { ...(operation === 'publish' ? { name, version: '2.0.0' } : shop), ...one.manifest };
  const files = { 'project/package.json': [JSON.stringify(manifest)] };
  const rc = family === 'berry' ? '.yarnrc.yml' : family === 'bun' && one.bunfig ? '.bunfig.toml' : '.npmrc';
  const [first, ...others] = one.home ?? [];
  const yarn = family === 'yarn1' && one.always && operation === 'install';
  // The second line: behind a byte order mark, before a section that swallows what follows.
  const home = yarn ? [...(first === undefined ? [] : [first]), 'always-auth=true', ...others] : one.home;
  if (home) files[`home/${rc}`] = home;
  if (one.project) files[`project/${rc.replace(/^\.bunfig/, 'bunfig')}`] = one.project;
  if (one.global) files['global/npmrc'] = one.global;
  Object.assign(files, one.files, one.lock?.(family, name));
  const asked = operation === 'install' ? ` ${client.prefixed ? 'npm:' : ''}${name}` : '';
  const command = one.command?.[family] ?? `${client.commands[operation]}${asked}${one.words ? ` ${one.words}` : ''}`;
  const { encoding, env = {}, rules, tarballs, cd } = one;
  const before = operation === 'publish' ? client.beforePublish : undefined;
  return { files, encoding, env, rules, tarballs, cd, before, command, operation, name };
}

const addressOf = ({ scheme = 'https', host, path }) => `${scheme}://${host}${path}`;

// The request that the case is about: of the last kind that fits, because metadata comes before the tarball.
function requestOf(one, { operation, name }, wire) {
  if (operation === 'publish') return wire.find(({ method }) => method === 'PUT');
  const reads = wire.filter(({ method }) => method === 'GET');
  const tarball = ({ path }) => path.endsWith('.tgz');
  if (one.about === 'tarball') return reads.find(tarball);
  if (operation === 'restore') return reads.find(tarball) ?? reads[0];
  return reads.find(({ path }) => !path.endsWith('.tgz') && decodeURIComponent(path).includes(`/${name}`));
}

// Where the request would have gone, when the client stopped before it.
function expected(one, { operation, name }) {
  const registry = one.registry ?? REGISTRY;
  const tarball = one.about === 'tarball' || operation === 'restore';
  return tarball ? `${registry}${name}/-/${name.split('/').pop()}-1.0.0.tgz` : `${registry}${ESCAPED(name)}`;
}

// A tarball that is asked for like its metadata tells nothing more.
const plain = (wire, request) =>
  wire.filter(({ path, host, auth }) => !(path.endsWith('.tgz') && host === request?.host && auth === request?.auth));

export function rowOf(one, plan, machine, { wire, failed, said }) {
  const request = requestOf(one, plan, wire);
  const stops = request === undefined;
  const { family: client, version } = machine;
  return {
    check: one.check ?? null,
    name: one.name,
    client,
    version,
    files: plan.files,
    encoding: plan.encoding,
    env: Object.keys(plan.env).length > 0 ? plan.env : undefined,
    command: plan.command,
    cd: plan.cd,
    facts: {
      operation: plan.operation === 'publish' ? 'publish' : 'install',
      method: request?.method ?? (plan.operation === 'publish' ? 'PUT' : 'GET'),
      url: request ? addressOf(request) : (one.url ?? expected(one, plan)),
      package: plan.name,
    },
    wire: one.about === 'tarball' || plan.operation !== 'install' ? wire : plain(wire, request),
    stops,
    ...(stops || failed ? { said } : {}),
    note: one.note,
  };
}
