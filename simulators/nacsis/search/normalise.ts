import { parseIsbn, plain } from '#domain/catalog/identifiers';
import { comparableForms } from '#domain/catalog/variant-characters';

const HIRAGANA = /[\u3041-\u3096]/g;
const PUNCTUATION = /[^\p{L}\p{N}\p{M}ー]+/gu;
/** Matches scripts without spaces between words. In these scripts a word may be part of a longer run of characters. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/**
 * Normalises width, case, accents, hiragana and variant characters, which NACSIS-CAT's kanji index treats as equal.
 * Turns punctuation into spaces.
 */
export function normalised(text: string): string {
  return comparableForms(text)
    .replace(HIRAGANA, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60))
    .replace(PUNCTUATION, ' ')
    .trim();
}

/** Normalises a text and removes its spaces. Whole-title keys have this form. */
export function compact(text: string): string {
  return normalised(text).replaceAll(' ', '');
}

/** Converts an ISBN to ISBN-13. Removes hyphens and spaces from any other text. */
export function isbnKey(text: string): string {
  const parsed = parseIsbn(text);
  return parsed.ok ? parsed.value : plain(text);
}

/**
 * True when each word of `value` is a word of `text`; with `prefix`, the last word may also be the start of one. A
 * Japanese word may occur anywhere in a word of `text`, because Japanese has no spaces.
 */
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
