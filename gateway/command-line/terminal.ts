import { fittedLine } from './fitted-line';
import type { Terminal } from './run-import';

/** Takes the cursor to the beginning of the line and clears the line. */
const CLEAR_LINE = '\r\u001b[2K';

const note = (line: string): void => {
  process.stderr.write(`${line}\n`);
};
const write = (part: Uint8Array | string): void => {
  process.stdout.write(part);
};

/** That of this process. Progress is a line that is written over, and only where somebody watches. */
export const terminal: Terminal = process.stderr.isTTY
  ? {
      note,
      write,
      progress: (line) => process.stderr.write(`${CLEAR_LINE}${fittedLine(line, process.stderr.columns - 1)}`),
    }
  : { note, write };
