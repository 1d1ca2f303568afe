import type { Form } from './catalog-files';

/** Result of parsing an identifier: its standard form, or the fault. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: 'bad-format' | 'bad-check-character' };

interface Ncid {
  /** 10 characters, upper case. */
  readonly id: string;
  /** From the prefix: AA and AN are serials, the others monographs. */
  readonly form: Form;
}

/** AA and AN are serials; BA, BB, BC, BD and BN are monographs (info:ncid registry; BB and later seen in CiNii). */
const SERIAL_PREFIX = /^A[A-Z]$/;
const NCID_FORM = /^[AB][A-Z]\d{7}[\dX]$/;
const REQUEST_FORM = /^[A-Z]{2}\d{9}[\dX]$/;
const MEMBER_FORM = /^FA\d{5}[\dX]$/;

/**
 * The check character of NACSIS ids. Letters count as their position in the alphabet, digits as themselves; the weights
 * grow by one from right to left; the sum is taken modulo 11, with 10 written X.
 * @unconfirmed I: The check character of NCIDs and member ids follows a rule that was read off all 1,781 member ids of 2020 and off a dozen NCIDs of CiNii, without an exception; no source states it.
 * Confirm: compare with the ids of members and records that came since.
 */
export function nacsisCheckCharacter(body: string): string {
  const sum = [...body].reduce((total, character, at) => total + valueOf(character) * (body.length - at), 0);
  return elevenths(sum % 11);
}

/** A NACSIS-CAT bibliographic id: two letters, seven digits, check character. */
export function parseNcid(text: string): Parsed<Ncid> {
  const id = plain(text);
  if (!NCID_FORM.test(id)) return badFormat;
  if (nacsisCheckCharacter(id.slice(0, -1)) !== id.slice(-1)) return badCheck;
  return { ok: true, value: { id, form: SERIAL_PREFIX.test(id.slice(0, 2)) ? 'serial' : 'book' } };
}

/** A member id (FA number): `FA`, five digits, check character. */
export function parseMemberId(text: string): Parsed<string> {
  const id = plain(text);
  if (!MEMBER_FORM.test(id)) return badFormat;
  return nacsisCheckCharacter(id.slice(0, -1)) === id.slice(-1) ? { ok: true, value: id } : badCheck;
}

/**
 * A NACSIS-ILL request id: two letters, nine digits and a digit or X.
 * @unconfirmed O: Ids of requests have two letters; the sample has LA, copies may have others (dossier section 5). Confirm: order one copy and one loan, and look at the ids.
 */
export function parseRequestId(text: string): Parsed<string> {
  const id = plain(text);
  return REQUEST_FORM.test(id) ? { ok: true, value: id } : badFormat;
}

/** Request ids (LA…) that occur in a text, without duplicates, in order. */
export function requestIdsIn(text: string): readonly string[] {
  const ids = text
    .normalize('NFKC')
    .toUpperCase()
    .match(/(?<![A-Z\d])LA\d{9}[\dX](?![A-Z\d])/g);
  return [...new Set(ids ?? [])];
}

/** Parses an ISBN of 10 or 13 characters, with or without hyphens → ISBN-13 without hyphens. */
export function parseIsbn(text: string): Parsed<string> {
  const isbn = plain(text);
  if (/^\d{9}[\dX]$/.test(isbn))
    return isbn10Check(isbn.slice(0, 9)) === isbn.slice(-1) ? { ok: true, value: isbn13From10(isbn) } : badCheck;
  if (!/^97[89]\d{10}$/.test(isbn)) return badFormat;
  return isbn13Check(isbn.slice(0, 12)) === isbn.slice(-1) ? { ok: true, value: isbn } : badCheck;
}

/** The ISBN-10 of an ISBN-13 without hyphens; undefined for 979. */
export function isbn10From13(isbn13: string): string | undefined {
  if (!isbn13.startsWith('978')) return undefined;
  const body = isbn13.slice(3, 12);
  return body + isbn10Check(body);
}

/** Parses an ISSN, with or without hyphen → `dddd-dddX`. */
export function parseIssn(text: string): Parsed<string> {
  const issn = plain(text);
  if (!/^\d{7}[\dX]$/.test(issn)) return badFormat;
  const sum = [...issn.slice(0, 7)].reduce((total, digit, at) => total + Number(digit) * (8 - at), 0);
  if (elevenths((11 - (sum % 11)) % 11) !== issn.slice(-1)) return badCheck;
  return { ok: true, value: `${issn.slice(0, 4)}-${issn.slice(4)}` };
}

/**
 * Candidate ISBNs of a text, in order, without hyphens and blanks; `parseIsbn` validates them. Ignores labels
 * (`ISBN-13:`), qualifiers before and after (`(pbk.)`), prices and other numbers.
 */
export function isbnLikeIn(text: string): readonly string[] {
  const form = /(?<!\d)(?=(97[89][ -]?(?:\d[ -]?){9}\d(?!\d)|\d{12}[\dX](?![\dX])|(?:\d[ -]?){9}[\dX](?![\dX])))/g;
  return candidatesIn(text, form, parseIsbn);
}

/** The valid ISBNs of a text as ISBN-13 without hyphens, without duplicates. */
export function isbnsIn(text: string): readonly string[] {
  return validOnes(isbnLikeIn(text), parseIsbn);
}

/** The valid ISSNs of a text (`ISSN 0028-0836 (print)`, two in one field, …) as `dddd-dddX`, without duplicates. */
export function issnsIn(text: string): readonly string[] {
  const form = /(?<!\d|\d-)(?=(\d{4}[ -]?\d{3}[\dX](?![\dX]|-\d)))/g;
  return validOnes(candidatesIn(text, form, parseIssn), parseIssn);
}

/** The valid NACSIS-CAT ids of a text (`NCID: BA51293930`, `(NACSIS)BA51293930`), without duplicates. */
export function ncidsIn(text: string): readonly string[] {
  const form = /(?<![A-Z\d])(?=([AB][A-Z]\d{7}[\dX](?![A-Z\d])))/g;
  return validOnes(candidatesIn(text, form, parseNcid), parseNcid).map(({ id }) => id);
}

/**
 * Returns candidates that match the form, in text order, without hyphens and blanks. `form` matches by lookahead, so
 * that a volume number before an identifier does not take the first digits of the identifier. Of overlapping
 * candidates, the valid one wins.
 */
function candidatesIn(text: string, form: RegExp, parse: (text: string) => Parsed<unknown>): readonly string[] {
  const written = asciiDigits(text.normalize('NFKC'))
    .replace(HYPHENS, '-')
    .replace(/\s+/g, ' ')
    .replace(/ ?- ?/g, '-')
    .toUpperCase()
    // Replaces each label, which may end in digits, by a line break, which separates the text before and after it.
    .replace(/(?:E-?|P-?)?IS[BS]N(?:[ -]?(?:1[03]|L))?(?!\d)[^\dX]?/g, '\n');
  const found = [...written.matchAll(form)].map(({ 1: raw = '', index: from }) => {
    const number = raw.replace(/[ -]/g, '');
    return { number, from, to: from + raw.length, isValid: parse(number).ok };
  });
  let end = 0;
  return found.flatMap(({ number, from, to, isValid }, at) => {
    const isTaken =
      from < end || (!isValid && found.slice(at + 1, at + LONGEST).some((next) => next.isValid && next.from < to));
    if (isTaken) return [];
    end = to;
    return [number];
  });
}

/** Maximum number of candidates that can start within one candidate. */
const LONGEST = 14;

function validOnes<T>(candidates: readonly string[], parse: (text: string) => Parsed<T>): readonly T[] {
  const valid = candidates.flatMap((candidate) => {
    const parsed = parse(candidate);
    return parsed.ok ? [parsed.value] : [];
  });
  return [...new Set(valid)];
}

/** Converts the digits of every script to 0-9 (NFKC leaves `٢٠٠١` and `๒๕๔๖` unchanged). */
export function asciiDigits(text: string): string {
  return text.replace(/(?![0-9])\p{Nd}/gu, (digit) => {
    const point = digit.codePointAt(0) ?? 0;
    let value = 0;
    // The ten digits of a script have consecutive code points.
    while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(point - value - 1))) value += 1;
    return String(value);
  });
}

/** NFKC (half-width) and upper case, without hyphens, dashes and blanks. */
export function plain(text: string): string {
  return text.normalize('NFKC').replace(HYPHENS, '').replace(/[\s-]/g, '').toUpperCase();
}

/** Hyphens and dashes of every kind, including the long-vowel mark, which Japanese keyboards produce instead. */
const HYPHENS = /[\u2010-\u2015\u2212\u30fc\ufe63]/g;
const badFormat = { ok: false, error: 'bad-format' } as const;
const badCheck = { ok: false, error: 'bad-check-character' } as const;

function isbn13From10(isbn10: string): string {
  const body = `978${isbn10.slice(0, 9)}`;
  return body + isbn13Check(body);
}

function isbn10Check(body: string): string {
  const sum = [...body].reduce((total, digit, at) => total + Number(digit) * (10 - at), 0);
  return elevenths((11 - (sum % 11)) % 11);
}

function isbn13Check(body: string): string {
  const sum = [...body].reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3), 0);
  return String((10 - (sum % 10)) % 10);
}

function valueOf(character: string): number {
  return /\d/.test(character) ? Number(character) : character.charCodeAt(0) - 64;
}

function elevenths(value: number): string {
  return value === 10 ? 'X' : String(value);
}
