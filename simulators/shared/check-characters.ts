/**
 * Check characters of the seeded identifiers. Independent of the domain's checks on purpose: the specs of the seeds
 * compare the two.
 */

/**
 * The check character of NACSIS ids. Letters count as their position in the alphabet; weights increase by one from
 * right to left; modulo 11, where 10 is X.
 */
export function nacsisCheck(body: string): string {
  const values = [...body].map((character) =>
    /\d/.test(character) ? Number(character) : character.charCodeAt(0) - 64,
  );
  return modulo11(values.reduce((sum, value, at) => sum + value * (values.length - at), 0) % 11);
}

/** The last digit of an ISBN-13. `body` has the first 12 digits. */
export function isbn13Check(body: string): string {
  const sum = [...body].reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3), 0);
  return String((10 - (sum % 10)) % 10);
}

/** The last character of an ISSN. `body` has the first 7 digits. */
export function issnCheck(body: string): string {
  const sum = [...body].reduce((total, digit, at) => total + Number(digit) * (8 - at), 0);
  return modulo11((11 - (sum % 11)) % 11);
}

function modulo11(value: number): string {
  return value === 10 ? 'X' : String(value);
}
