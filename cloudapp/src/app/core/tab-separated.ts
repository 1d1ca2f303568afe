/**
 * Matches texts that a spreadsheet reads as a formula, also after blanks and invisible characters. Japanese Excel also
 * knows the full-width forms. A minus may have become U+2212 through Shift_JIS.
 */
const LIKE_A_FORMULA = /^(?:[\s\p{Cf}]*[=+\-@＝＋－＠\u2212]|[\t\r\n])/u;
/**
 * Matches cells that need quotes: a leading quote would swallow the following cells, and tabs and line ends split a
 * cell.
 */
const NEEDS_QUOTES = /^[\s\p{Cf}]*"|[\t\r\n]/u;

/** Cells as clipboard text for spreadsheets; every cell is pasted as literal text. */
export function tabSeparated(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => cells.map(cellOf).join('\t')).join('\n');
}

function cellOf(text: string): string {
  const plain = LIKE_A_FORMULA.test(text) ? `'${text}` : text;
  return NEEDS_QUOTES.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
