// Takes out of a capture what belongs to this machine: hosts become placeholders, the kernel an ordinary one.
// Nothing else is touched; a capture is what the user would have seen.
import { release, version } from 'node:os';
import { collapse } from './hosts.mjs';

const KERNEL = '6.8.0-31-generic';
// Another registry, which pnpm lists among its settings; no provider describes it, so it stays `{jsr}` for good.
const JSR = ['npm', 'jsr.io'].join('.');

export function normalise(text) {
  return collapse(text.replaceAll(JSR, '{jsr}').replaceAll(release(), KERNEL).replaceAll(version(), '#31-Ubuntu SMP PREEMPT_DYNAMIC'));
}
