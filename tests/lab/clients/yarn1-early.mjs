// yarn 1 before 1.22.22, which worded its errors otherwise: tests/lab/record yarn1-early@1.22.5
import yarn1 from './yarn1.mjs';

export default { ...yarn1 };
