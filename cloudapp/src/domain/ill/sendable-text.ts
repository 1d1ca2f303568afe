import type { FieldErrorCode } from '../errors';

/**
 * Decides which texts are accepted, for fields, searches and ids alike. CATP writes a value on one line, and
 * `catp/text.ts` refuses control characters and unpaired surrogates. This check covers those and more:
 *
 * - `line-break`: controls (U+0000 to U+001F, U+007F to U+009F) and the separators U+2028 and U+2029, which some
 *   readers treat as line ends
 * - `bad-format`: unpaired surrogates, which have no UTF-8 form, and the 66 Unicode noncharacters (U+FFFE, U+FFFF,
 *   U+FDD0 …); no keyboard produces them, so they indicate an earlier error
 *
 * Everything else passes unchanged, including U+FEFF, U+FFFD, private use and unassigned characters.
 */
const LINE_OR_CONTROL = /[\p{Cc}\u2028\u2029]/u;
const NO_CHARACTER = /[\p{Surrogate}\p{Noncharacter_Code_Point}]/u;
/** Characters that a database column cannot store, for texts that are kept as typed and never sent. */
const NOT_STORABLE = /[\u0000\p{Surrogate}]/u;

const UNSENDABLE = /[\p{Cc}\u2028\u2029\p{Surrogate}\p{Noncharacter_Code_Point}]+/gu;

/** Why the text cannot be sent to NACSIS-ILL; undefined when it can. */
export function textFault(text: string): Extract<FieldErrorCode, 'line-break' | 'bad-format'> | undefined {
  if (LINE_OR_CONTROL.test(text)) return 'line-break';
  return NO_CHARACTER.test(text) ? 'bad-format' : undefined;
}

/** True when the database can store the text. Line ends, tabs and other controls are allowed. */
export function isStorable(text: string): boolean {
  return !NOT_STORABLE.test(text);
}

/** Replaces unsendable characters by blanks, for foreign text that is sent back or shown on one line. */
export function onOneLine(text: string): string {
  return text.replace(UNSENDABLE, ' ');
}
