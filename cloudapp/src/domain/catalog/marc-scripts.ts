import { fieldsWith, subfields, type MarcRecord } from './marc-fields';

/** The text that a Japanese library prints, with its reading. */
export interface Printed {
  readonly text: string;
  readonly reading?: string;
}

/** Rules for choosing among the versions of a field. */
export interface ScriptRules {
  /** True when a version in kana is the reading of a Latin version and is never printed. */
  readonly kanaReadsLatin: boolean;
  /** The script of the title, which the other elements follow; absent while choosing the title itself. */
  readonly like?: 'latin' | 'original';
}

const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}]/u;
const KANJI_OR_HIRAGANA = /[\p{Script=Han}\p{Script=Hiragana}]/u;
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
/**
 * A letter of another script than Latin. Excludes ʻ ʼ ʹ, which romanisation uses, and combining marks, because these
 * belong to all scripts.
 */
const OTHER_LETTER = String.raw`[^\P{L}\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]`;
/** Requires two letters, because a single one is a symbol: β-carotene. */
const OTHER_WORD = new RegExp(`${OTHER_LETTER}\\p{M}*${OTHER_LETTER}`, 'u');
export const LATIN_LETTER = /\p{Script=Latin}/u;

/** 2: kanji or hiragana; 1: another non-Latin script (including katakana, used for Japanese readings); 0: Latin. */
export function originality(text: string): 0 | 1 | 2 {
  if (KANJI_OR_HIRAGANA.test(text)) return 2;
  return CJK.test(text) || OTHER_WORD.test(text) ? 1 : 0;
}

/** True when the text is all kana, like a reading. */
export function isKana(text: string): boolean {
  return (
    KANA.test(text) &&
    !/\p{Script=Han}|\p{Script=Hangul}/u.test(text) &&
    !OTHER_WORD.test(text.replace(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu, ' '))
  );
}

/**
 * Chooses the version in the script of the title when one exists; otherwise one in kanji or hiragana, then one in
 * another original script, then the first. A kana or romanised version of the chosen text is its reading. Two texts in
 * the same script are not readings of each other.
 */
export function printedOf(texts: readonly string[], rules: ScriptRules): Printed | undefined {
  const present = texts.filter((text) => text !== '');
  const text = chosenOf(present, rules);
  if (text === undefined) return undefined;
  const kana = isKana(text) ? undefined : present.find((other) => other !== text && isKana(other));
  const reading = kana ?? present.find((other) => originality(other) < originality(text));
  return reading === undefined ? { text } : { text, reading };
}

function chosenOf(texts: readonly string[], { kanaReadsLatin, like }: ScriptRules): string | undefined {
  const latin = texts.find((text) => originality(text) === 0 && LATIN_LETTER.test(text));
  if (like === 'latin' && latin !== undefined) return latin;
  const printable = kanaReadsLatin && latin !== undefined ? texts.filter((text) => !isKana(text)) : texts;
  return printable.reduce<string | undefined>(
    (best, next) => (best === undefined || originality(next) > originality(best) ? next : best),
    undefined,
  );
}

/**
 * True when kana next to a Latin title are its reading. Catalogues in Japanese (040 $b, or a NACSIS-CAT record) give
 * every title a reading. In other catalogues the kana are printed and the Latin text is romanised, at least for works
 * in Japanese.
 */
export function kanaReadsLatin(
  record: MarcRecord,
  { language, ncid }: { readonly language: string | undefined; readonly ncid: string | undefined },
): boolean {
  const [catalogue] = fieldsWith(record, '040').flatMap((field) => subfields(field, 'b'));
  if (catalogue !== undefined) return catalogue.trim().toLowerCase() === 'jpn';
  return ncid !== undefined || (language !== undefined && language !== 'jpn');
}
