import { parseIsbn, plain } from '#domain/identifiers';

const LATIN_MARKS = /[\u0300-\u036f]/g;
const HIRAGANA = /[\u3041-\u3096]/g;
const PUNCTUATION = /[^\p{L}\p{N}\p{M}ー]+/gu;
/** Variant characters that NACSIS-CAT's kanji index makes one; only those that occur in the seed and in common names. */
const VARIANTS: ReadonlyMap<string, string> = new Map(
  [...'髙高𠮷吉驒騨﨑崎濵浜國国學学澤沢邊辺會会'.matchAll(/(.)(.)/gu)].map(([, variant = '', common = '']) => [
    variant,
    common,
  ]),
);
/** Scripts that are written without blanks: a word may stand inside a longer run. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** One form for all spellings: full-width and half-width, capitals, accents, hiragana, variant characters; punctuation becomes a blank. */
export function normalised(text: string): string {
  const folded = text.normalize('NFKC').toLowerCase().normalize('NFD').replace(LATIN_MARKS, '').normalize('NFC');
  const kana = folded.replace(HIRAGANA, (character) => String.fromCharCode(character.charCodeAt(0) + 0x60));
  return [...kana]
    .map((character) => VARIANTS.get(character) ?? character)
    .join('')
    .replace(PUNCTUATION, ' ')
    .trim();
}

/** Without its blanks, too: the form of whole-title keys. */
export function compact(text: string): string {
  return normalised(text).replaceAll(' ', '');
}

/** An ISBN as ISBN-13; a text that is none, without hyphens and blanks. */
export function isbnKey(text: string): string {
  const parsed = parseIsbn(text);
  return parsed.ok ? parsed.value : plain(text);
}

/** Whether each word of `value` is a word of `text` or begins one; Japanese, which has no blanks, may contain it anywhere. */
export function hasWords(text: string, value: string, prefix: boolean): boolean {
  const words = normalised(text).split(' ');
  const wanted = normalised(value)
    .split(' ')
    .filter((word) => word !== '');
  return (
    wanted.length > 0 &&
    wanted.every((word, at) => {
      const begins = prefix && at === wanted.length - 1;
      return words.some(
        (candidate) =>
          candidate === word ||
          (begins && candidate.startsWith(word)) ||
          (UNSPACED.test(word) && candidate.includes(word)),
      );
    })
  );
}

/** Whether a list of numbers and ranges such as `1-50, 52, 60-` contains the number; an open range has no end. */
export function inRanges(ranges: string, number: string): boolean {
  if (!/^\d{1,6}$/.test(number)) return false;
  const wanted = Number(number);
  return ranges.split(/[,;、]/).some((range) => {
    const [, first, dash, last] = /^\s*(\d+)(?:\([^)]*\))?\s*(-)?\s*(\d+)?/.exec(range) ?? [];
    if (first === undefined) return false;
    const end = dash === undefined ? Number(first) : last === undefined ? Number.POSITIVE_INFINITY : Number(last);
    return wanted >= Number(first) && wanted <= end;
  });
}
