// Hosts: from a placeholder like {npm} to a host name and back.
// The names come from knowledge/providers; none is written here. The rules are those of src/knowledge/hosts.rs.
import { readFileSync, readdirSync } from 'node:fs';

const folder = new URL('../../knowledge/providers/', import.meta.url);

const providers = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')));

// The host a pattern names; a star names none.
const hostOf = ({ label, domain }) => (label === '*' ? null : label === '' ? domain : `${label}.${domain}`);

const placeholders = new Map();
for (const { id, hosts = [] } of providers) {
  const named = hosts.map(hostOf).filter(Boolean);
  if (named.length > 0) placeholders.set(`{${id}}`, named[0]);
  if (id === 'npm' && named.length > 1) placeholders.set('{yarn}', named[1]);
}

// Every host that is known by its whole name; a scenario's machine finds them all on loopback.
export const known = [...new Set(providers.flatMap(({ hosts = [] }) => hosts.map(hostOf).filter(Boolean)))];

export const expand = (text) =>
  [...placeholders].reduce((result, [mark, host]) => result.replaceAll(mark, host), text);

// Bare domains such as a forge's own are no secret and may stand in its documentation links: they stay.
const labelled = new Set(
  providers.flatMap(({ hosts = [] }) => hosts.filter(({ label }) => label && label !== '*').map(hostOf)),
);

export function collapse(text) {
  let result = text;
  for (const [mark, host] of placeholders) {
    if (labelled.has(host)) result = result.replaceAll(host, mark);
  }
  for (const host of labelled) {
    const escaped = host.replace(/[.]/g, '[.]');
    if (new RegExp(`(?<![\\w.-])${escaped}`, 'i').test(result)) {
      throw new Error(`a host without a placeholder is left in the text: ${host}`);
    }
  }
  return result;
}
