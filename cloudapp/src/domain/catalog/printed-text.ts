import { NAMED } from './entities';

/** Converts text of catalogue records and Alma requests into text for the fields of an ILL record. */

/**
 * Windows-1252 characters for the codes 128 to 159, as old pages use them. A blank stands for undefined codes, and for
 * 152 and 156, which are MARC's non-sorting marks.
 */
const WINDOWS = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–— ™š›  žŸ';
const FIRST_OF_WINDOWS = 0x80;
const ENTITY = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z][a-z\d]{1,7}));/gi;
/** Maximum number of levels of escaping to undo. Texts that were escaped twice are common. */
const MOST_NESTED = 3;

/**
 * CONTROL matches controls and line separators. INVISIBLE matches invisible characters, and also surrogates,
 * noncharacters and the MARC non-sorting marks.
 */
const CONTROL = /[\p{Cc}\u2028\u2029]+/gu;
const INVISIBLE =
  /[\u0098\u009c\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\p{Noncharacter_Code_Point}]|\p{Surrogate}/gu;
/** Matches joiners, except within words of Persian and of Indian languages, where they are part of the spelling. */
const STRAY_JOINER = /(?<![\p{Script=Arabic}\u0900-\u0dff])[\u200c\u200d]|[\u200c\u200d](?![\p{L}\p{M}])/gu;
/** Excludes ideographs from composition: NFC would replace some (U+FA19 by U+795E) that a library writes on purpose. */
const NO_IDEOGRAPHS = /\P{Script=Han}+/gu;

/**
 * Tags of HTML and JATS that never occur as title text. PAIRED_TAG are removed only with a partner or attributes, so
 * that `<総合目録>` and `<A>` stay.
 */
const PLAIN_TAG = /^(?:b|br|em|i|inf|p|strong|sub|sup)$/;
const PAIRED_TAG =
  /^(?:a|b|bdi|big|bold|div|em|font|h[1-6]|i|inf|italic|li|math|m[a-z]{1,10}|ol|p|q|rb|ruby|s|sc|scp|small|span|strike|strong|sub|sup|td|title|tr|tt|u|ul|underline)$/;
const TAG = /<(\/?)((?:jats:|mml:)?[a-z][a-z\d-]*)(\s+[a-z][\w:-]*\s*=[^<>]*)?\s*\/?>/gi;
/** Block tags end a word; the others occur within words (`H<sub>2</sub>O`). */
const BLOCK = /^(?:br|div|h[1-6]|li|ol|p|td|title|tr|ul)$/;
/** Elements whose content is not part of the title: readings over kanji, scripts, comments. */
const NO_TEXT = /<(rt|rp|script|style)\b[^<>]*>[^<]*<\/\1\s*>|<!--[^<>]*-->/gi;
/** Alma's marks around text that is ignored in sorting: `<<The>> title`, `<<L'>>œuvre`. */
const NON_SORTING = /<<(?!\s)([^<>]{1,20})>>(\p{L})?/gu;
/**
 * Matches an article that takes a blank before the word; articles in Arabic and Hebrew, and articles ending in an
 * apostrophe or a hyphen, take none.
 */
const SPACED_WORD = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]\p{M}*$/u;

const ISBD_END = new Set(' /:;,=،؛：；，／＝');
const ISBD_START = /^(?:[/:;,=.،؛：；，／＝] +)+/;
const FULL_STOPS = new Set('.۔．');
const DOUBLED_SIGN = /(?: [:;=/])+( [:;=/])(?= )/g;
/** Matches doubled commas after text only, because two commas before a word are a German quotation mark. */
const DOUBLED_COMMA = /(?<=[^\s,،])([,،])(?: ?[,،])+ ?/gu;
const UNABBREVIATED = String.raw`(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}])`;
/** Abbreviations whose full stop is part of the word. */
const ABBREVIATED = new RegExp(
  String.raw`(?:^|[\s.(\-])(?:${UNABBREVIATED}\p{L}\p{M}*|aufl|bd|bros|co|corp|dept|ed|eds|etc|éd|govt|hrsg|inc|inst|jr|ltd|mfg|no|nr|pp?|pub|publ|repr?|rev|ser|soc|sr|st|univ|vol|изд|\.)\.$`,
  'iu',
);

/** Decodes character references, including nested ones; invalid ones stay unchanged. Needs no DOM. */
export function decodeEntities(text: string): string {
  let decoded = text;
  for (let pass = 0; pass < MOST_NESTED && decoded.includes('&'); pass += 1) decoded = decodeOnce(decoded);
  return decoded;
}

function decodeOnce(text: string): string {
  return text.replace(ENTITY, (whole, decimal?: string, hexadecimal?: string, name?: string) => {
    if (name !== undefined) return NAMED.get(name) ?? NAMED.get(name.toLowerCase()) ?? whole;
    const point = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number.parseInt(decimal, 10);
    const ofWindows = WINDOWS.charAt(point - FIRST_OF_WINDOWS).trim();
    if (ofWindows !== '') return ofWindows;
    const isCharacter = point > 0 && point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff);
    return isCharacter ? String.fromCodePoint(point) : whole;
  });
}

/**
 * Normalizes text to one line: decodes entities, removes markup, Alma's non-sorting marks, control and invisible
 * characters, composes (NFC, except ideographs), and collapses blanks.
 */
export function oneLine(text: string): string {
  const plain = withoutMarkup(decodeEntities(text)).replace(INVISIBLE, '').replace(STRAY_JOINER, '');
  return composed(plain.replace(CONTROL, ' ')).replace(/\s+/g, ' ').trim();
}

/** NFC, which takes fewer bytes; ideographs stay unchanged. */
export function composed(text: string): string {
  return text.replace(NO_IDEOGRAPHS, (run) => run.normalize('NFC'));
}

function withoutMarkup(text: string): string {
  if (!text.includes('<')) return text;
  const sorted = text.replace(NON_SORTING, (_, article: string, next?: string) => {
    const isWord = next !== undefined && SPACED_WORD.test(article);
    return `${article}${isWord ? ' ' : ''}${next ?? ''}`;
  });
  const textOnly = sorted.replace(NO_TEXT, '');
  const closed = new Set([...textOnly.matchAll(TAG)].flatMap(([, slash, name = '']) => (slash ? [bareTag(name)] : [])));
  return textOnly.replace(TAG, (whole, slash: string, written: string, attributes?: string) => {
    const name = bareTag(written);
    const isPlain = PLAIN_TAG.test(written) || written.includes(':');
    const isOne = isPlain || (PAIRED_TAG.test(name) && (slash !== '' || attributes !== undefined || closed.has(name)));
    return isOne ? (BLOCK.test(name) ? ' ' : '') : whole;
  });
}

function bareTag(name: string): string {
  return name.toLowerCase().replace(/^[a-z]+:/, '');
}

/**
 * `oneLine` without the punctuation that ISBD puts before the next element (` /`, ` :`, ` ;`, `,`, ` =`, `.`; also
 * Arabic and full-width), at both ends. Repeated separators within the text are reduced to one.
 */
export function withoutIsbd(text: string): string {
  const line = oneLine(text).replace(DOUBLED_SIGN, '$1').replace(DOUBLED_COMMA, '$1 ');
  return withoutEnd(line).replace(ISBD_START, '');
}

function withoutEnd(line: string): string {
  let end = line.length;
  while (end > 0) {
    const last = line.charAt(end - 1);
    const isStop = FULL_STOPS.has(last) && !ABBREVIATED.test(line.slice(Math.max(0, end - 20), end));
    if (!ISBD_END.has(last) && !isStop) break;
    end -= 1;
  }
  return line.slice(0, end);
}

/** For comparisons: NFKC, lower case, letters, digits and marks only, without modifier letters (ʻ ʼ ʹ) and tatweel. */
export function comparable(text: string): string {
  return oneLine(text)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+|[\u02b0-\u02ff\u0640]+/gu, '');
}
