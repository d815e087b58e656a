// Which measurements are kept in measured.json. The table in README.md shows them all.
//
// npm 11 leads: of other families, what they do like npm 11 is left out, except for the cases of ALIKE.
// One version leads each family: of other versions, what they do alike stands as `also` in the row of the first.
const LEADING = { npm: 11, pnpm: 10, yarn1: 1, berry: 4, bun: 1 };
const ALIKE = new Set([
  'key-exact', 'key-at-root', 'key-none', 'key-other-path', 'publish-config-against-scope', 'publish-exact', 'publish-key-none',
  'scope-registry', 'user-password', 'value-cut-by-hash', 'variable-set', 'variable-unset',
]);

const ALWAYS = 'yarn-always-';

const major = ({ version }) => Number(version.split('.')[0]);
const leads = (row) => LEADING[row.client] === major(row);
const outcome = ({ files, command, wire, stops, facts: { url } }) => JSON.stringify([files, command, wire, stops, url]);

// What reached the wire, whatever the client asks beside it and however it writes a path.
function effect({ wire, stops, facts: { operation } }) {
  const calls = wire.filter(({ method }) => operation !== 'publish' || method !== 'GET');
  return stops ? 'stops' : JSON.stringify(calls.map(({ method, scheme, host, auth }) => [method, scheme, host, auth]));
}

function isKept(row, cases, rows) {
  if (row.client === 'deno' || cases.find(({ name }) => name === row.name).small) return false;
  if (row.client === 'npm' || (leads(row) && ALIKE.has(row.name))) return true;
  const leading = (client) => [...rows.values()].find((other) => other.client === client && other.name === row.name.replace(ALWAYS, '') && leads(other));
  // A family whose leader stands here is held against that one, in `merge`.
  if (!leads(row) && leading(row.client)) return true;
  // Without always-auth yarn 1 sends nothing; the cases that have it on tell the same and more.
  if (row.client === 'yarn1' && cases.some(({ name }) => name === `${ALWAYS}${row.name}`)) return false;
  const npm = leading('npm');
  return npm === undefined || effect(npm) !== effect(row);
}

export function merge(old, fresh, cases) {
  const rows = new Map(old.map((row) => [keyOf(row), row]));
  // The leading version first: the others are held against it.
  for (const row of [...fresh].sort((a, b) => leads(b) - leads(a))) {
    const key = keyOf(row);
    if (!isKept(row, cases, rows)) {
      rows.delete(key);
      continue;
    }
    const family = [...rows].filter(([, other]) => other.client === row.client && other.name === row.name);
    // What this version did before counts no more.
    for (const [place, other] of family) {
      const also = other.also?.filter((version) => parseInt(version) !== major(row));
      rows.set(place, { ...other, also: also?.length > 0 ? also : undefined });
    }
    const others = family.map(([place]) => rows.get(place)).filter((other) => major(other) !== major(row));
    const twin = !leads(row) && others.sort((a, b) => leads(b) - leads(a)).find((other) => outcome(other) === outcome(row));
    if (twin) {
      const also = [...(twin.also ?? []), row.version].sort((a, b) => parseInt(a) - parseInt(b));
      rows.set(keyOf(twin), { ...twin, also });
      rows.delete(key);
      continue;
    }
    // Others that did the same are held against the new measurement when they are measured again.
    rows.set(key, { ...row, also: rows.get(key)?.also });
  }
  return [...rows.values()];
}

// Sorted by check, name, client and major version.
export function keyOf(row) {
  return [row.check ?? 'C99', row.name, row.client, String(major(row)).padStart(3, '0')].join(' ');
}
