import { benchImport } from './import';
import { benchWorkList } from './work-list';

/** Runs every benchmark and prints ratios, never times alone: a machine is slow or fast, a ratio tells of the product. */
const passed = [await benchImport(), await benchWorkList()];
process.exit(passed.every(Boolean) ? 0 : 1);
