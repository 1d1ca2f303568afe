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

/** Characters that take two columns in a terminal: kana, kanji, full-width forms. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u;

/**
 * The beginning of the line that fits into the columns. A longer line would leave a rest behind when it is overwritten.
 */
export function fittedLine(line: string, columns: number): string {
  let width = 0;
  let fitted = '';
  for (const character of line) {
    width += WIDE.test(character) ? 2 : 1;
    if (width > columns) break;
    fitted += character;
  }
  return fitted;
}
