/** Text as it stands in catalogue records and ILS requests, made fit for a field of an ILL record. */

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };
const ENTITY = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos|nbsp));/gi;
/** Texts that were escaped twice on their way are common, three times is the most we undo. */
const MOST_NESTED = 3;
/** Controls, MARC non-sorting marks, line separators; half characters are taken out with them. */
const CONTROL = /[\p{Cc}\u2028\u2029]+/gu;
const INVISIBLE = /[\u0098\u009c\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]|\p{Surrogate}/gu;
const ISBD_END = ' /:;,=';
/** A full stop after one of these belongs to the word. */
const ABBREVIATED =
  /(?:^|[\s.(])(?:\p{L}|co|corp|dept|ed|eds|etc|inc|jr|ltd|no|pp?|pub|repr?|rev|sr|st|univ|vol|\.)\.$/iu;

/** Character references decoded, also those escaped more than once; what is no character stays as it is. Needs no DOM. */
export function decodeEntities(text: string): string {
  let decoded = text;
  for (let pass = 0; pass < MOST_NESTED && decoded.includes('&'); pass += 1) decoded = decodeOnce(decoded);
  return decoded;
}

function decodeOnce(text: string): string {
  return text.replace(ENTITY, (whole, decimal?: string, hexadecimal?: string, name?: string) => {
    if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole;
    const point = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number.parseInt(decimal, 10);
    const isCharacter = point > 0 && point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff);
    return isCharacter ? String.fromCodePoint(point) : whole;
  });
}

/** One line of text: entities decoded, control and invisible characters out, blanks single. */
export function oneLine(text: string): string {
  return decodeEntities(text).replace(INVISIBLE, '').replace(CONTROL, ' ').replace(/\s+/g, ' ').trim();
}

/** `oneLine` without the punctuation that ISBD puts before the next element (` /`, ` :`, ` ;`, `,`, ` =`, `.`). */
export function withoutIsbd(text: string): string {
  const line = oneLine(text);
  let end = line.length;
  while (end > 0 && ISBD_END.includes(line.charAt(end - 1))) end -= 1;
  const kept = line.slice(0, end);
  return kept.endsWith('.') && !ABBREVIATED.test(kept) ? kept.slice(0, -1).trimEnd() : kept;
}

/** For comparing: NFKC, lower case, only letters and digits. */
export function comparable(text: string): string {
  return oneLine(text)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, '');
}
