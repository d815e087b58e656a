// npm's scenarios, in three parts. `majors`, `from` and `to` are npm's majors; the other keys are explained in README.md.
import install from './npm/install.mjs';
import misses from './npm/misses.mjs';
import other from './npm/other.mjs';
import publish from './npm/publish.mjs';

export default [...publish, ...install, ...other, ...misses];
