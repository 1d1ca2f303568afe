/** Normalises a text for searches: case, width and kinds of blanks are ignored. */
export function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
}
