import type { Form } from './catalog';

/** The outcome of reading an identifier: its standard form, or what is wrong with it. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: 'bad-format' | 'bad-check-character' };

export interface Ncid {
  /** 10 characters, upper case. */
  readonly id: string;
  /** By the prefix: AA and AN are serials, the others monographs. */
  readonly form: Form;
}

/** AA and AN are serials; BA, BB, BC, BD and BN are monographs (info:ncid registry; BB and later read off CiNii). */
const SERIAL_PREFIX = /^A[A-Z]$/;
const NCID_FORM = /^[AB][A-Z]\d{7}[\dX]$/;
const REQUEST_FORM = /^[A-Z]{2}\d{9}[\dX]$/;
const MEMBER_FORM = /^FA\d{5}[\dX]$/;

/**
 * The check character of NACSIS ids: letters count as their place in the alphabet, digits as themselves; the weights grow by
 * one from right to left; the sum modulo 11, with 10 written X. Not documented; read off all 1,781 member ids of 2020 and off
 * a dozen NCIDs of CiNii, without an exception.
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

/** A request of NACSIS-ILL: two letters, nine digits and a digit or X. The sample has `LA`; whether there are other letters is open (dossier section 5). */
export function parseRequestId(text: string): Parsed<string> {
  const id = plain(text);
  return REQUEST_FORM.test(id) ? { ok: true, value: id } : badFormat;
}

/** Ids of requests that stand in a text, each once, in their order. */
export function requestIdsIn(text: string): readonly string[] {
  const ids = text
    .normalize('NFKC')
    .toUpperCase()
    .match(/(?<![A-Z\d])LA\d{9}[\dX](?![A-Z\d])/g);
  return [...new Set(ids ?? [])];
}

/** An ISBN of 10 or 13 characters, with or without hyphens → ISBN-13 without hyphens. */
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

/** An ISSN, with or without its hyphen → `dddd-dddX`. */
export function parseIssn(text: string): Parsed<string> {
  const issn = plain(text);
  if (!/^\d{7}[\dX]$/.test(issn)) return badFormat;
  const sum = [...issn.slice(0, 7)].reduce((total, digit, at) => total + Number(digit) * (8 - at), 0);
  if (elevenths((11 - (sum % 11)) % 11) !== issn.slice(-1)) return badCheck;
  return { ok: true, value: `${issn.slice(0, 4)}-${issn.slice(4)}` };
}

/** Full-width characters made half-width, hyphens of every kind and blanks dropped, upper case. */
export function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s\u2010-\u2015\u2212\u30fc-]/g, '')
    .toUpperCase();
}

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
