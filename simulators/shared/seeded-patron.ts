/** Number of seeded patrons in Alma: `patron001` to `patron009`. */
const PATRONS = 9;
/** Number of patrons that precede the first borrowing request in the seed of NACSIS-ILL. */
const FIRST = 5;

/** The patron of the seeded request at this index (from 0); patrons take turns. */
export function seededPatron(place: number): string {
  return `patron${String((place % PATRONS) + 1).padStart(3, '0')}`;
}

/** The patron in Alma of the borrowing request at this index in the seed of NACSIS-ILL. */
export function patronOfNacsisRequest(place: number): string {
  return seededPatron(place + FIRST);
}
