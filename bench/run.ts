import { benchAction } from './action';
import { benchImport } from './import';
import { benchWorkList } from './work-list';

/** Runs every benchmark and prints ratios only, because absolute times depend on the machine. */
const passed = [await benchAction(), await benchImport(), await benchWorkList()];
process.exit(passed.every(Boolean) ? 0 : 1);
