import { comparableForms } from '#domain/catalog/variant-characters';

const KATAKANA = /[\u30a1-\u30f6]/gu;
/** Distance from a katakana to its hiragana. */
const TO_HIRAGANA = -0x60;

/**
 * Normalises a text for searches: ignores case, width, accents, hiragana or katakana, variants of a character (髙 and
 * 高, 國 and 国) and kinds of blanks. What is stored for the search and what the user types are folded alike.
 */
export function folded(text: string): string {
  return comparableForms(text)
    .replace(KATAKANA, (kana) => String.fromCharCode(kana.charCodeAt(0) + TO_HIRAGANA))
    .replace(/\s+/gu, ' ')
    .trim();
}
