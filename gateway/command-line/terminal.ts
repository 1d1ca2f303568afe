import { fittedLine } from './fitted-line';
import type { Terminal } from './run-import';

/** Moves the cursor to the beginning of the line and clears the line. */
const CLEAR_LINE = '\r\u001b[2K';

const note = (line: string): void => {
  process.stderr.write(`${line}\n`);
};
const write = (part: Uint8Array | string): void => {
  process.stdout.write(part);
};

/** The terminal of this process. Progress is a line that is overwritten, and only shown on a terminal. */
export const terminal: Terminal = process.stderr.isTTY
  ? {
      note,
      write,
      progress: (line) => process.stderr.write(`${CLEAR_LINE}${fittedLine(line, process.stderr.columns - 1)}`),
    }
  : { note, write };
