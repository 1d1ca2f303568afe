import { isbn13Check, issnCheck, nacsisCheck } from './check-characters';

/**
 * A NACSIS-CAT id with a valid check character, numbered from 9,950,001. No prefix had reached that number when the
 * seed was made.
 */
export function madeUpNcid(prefix: string, at: number): string {
  const body = `${prefix}${9_950_001 + at}`;
  return body + nacsisCheck(body);
}

/** ISBN-13 without hyphens. `number` is at most 9,999. */
export function madeUpIsbn(number: number): string {
  const body = `97849900${String(number).padStart(4, '0')}`;
  return body + isbn13Check(body);
}

/** ISSN with hyphen. `number` is at most 9,998. */
export function madeUpIssn(number: number): string {
  const body = `990${String(number + 1).padStart(4, '0')}`;
  return `${body.slice(0, 4)}-${body.slice(4)}${issnCheck(body)}`;
}
