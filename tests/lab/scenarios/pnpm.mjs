// pnpm's scenarios, in four parts. `majors`, `from` and `to` are pnpm's majors; the other keys are explained in README.md.
import install from './pnpm/install.mjs';
import misses from './pnpm/misses.mjs';
import other from './pnpm/other.mjs';
import publish from './pnpm/publish.mjs';

export default [...publish, ...install, ...other, ...misses];
