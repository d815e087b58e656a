// Clients and old node versions, installed once into a cache folder outside the project.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

export const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'unforbid-lab');

function npm(folder, words) {
  mkdirSync(folder, { recursive: true });
  const quiet = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel', 'error'];
  execFileSync('npm', ['install', '--prefix', folder, ...quiet, ...words], {
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: 550_000,
    cwd: folder,
  });
}

// Installs once; `.installed` is written last, so that an interrupted installation is repeated.
function once(folder, work) {
  const done = join(folder, '.installed');
  if (existsSync(done)) return;
  work();
  writeFileSync(done, '');
}

// The packages of a client below one prefix, as a global installation lays them out.
export function clientPrefix(name, specs) {
  const folder = join(cache, name.replaceAll('/', '+'));
  once(folder, () => {
    // A client for a newer node than the recorder's is installed all the same: hence --force.
    npm(folder, ['--global', '--force', ...specs]);
    // An empty file to lay the node binary over.
    if (!existsSync(join(folder, 'bin/node'))) writeFileSync(join(folder, 'bin/node'), '');
  });
  return folder;
}

export function installedVersion(prefix, name) {
  return JSON.parse(readFileSync(join(prefix, 'lib/node_modules', name, 'package.json'), 'utf8')).version;
}

// The binary of an old node: the `node` package brings it.
export function nodeBinary(major) {
  const folder = join(cache, `node@${major}`);
  once(folder, () => npm(folder, [`node@${major}`]));
  return join(folder, 'node_modules/node/bin/node');
}
