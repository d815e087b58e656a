// A small glob: `*` inside a path segment, nothing more (node 20 has none of its own).
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export function glob(root, pattern) {
  const [first, ...rest] = pattern.split('/');
  const regex = new RegExp(`^${first.split('*').map((part) => part.replace(/[.+^$()[\]{}|\\?]/g, '\\$&')).join('.*')}$`);
  const matching = existsSync(root)
    ? readdirSync(root, { withFileTypes: true }).filter((entry) => regex.test(entry.name))
    : [];
  return matching
    .filter((entry) => (rest.length === 0 ? entry.isFile() : entry.isDirectory()))
    .flatMap(({ name }) => (rest.length === 0 ? [join(root, name)] : glob(join(root, name), rest.join('/'))));
}
