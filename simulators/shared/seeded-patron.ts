/** Primary ids of the seeded patrons of Alma: `patron001` … `patron009`. */
const PATRONS = 9;
/** Borrowing requests of NACSIS-ILL's seed go on with the patrons where Alma's own ones began with these many. */
const FIRST = 5;

/** The patron of the seeded request at this place, from 0, in turn. */
export function seededPatron(place: number): string {
  return `patron${String((place % PATRONS) + 1).padStart(3, '0')}`;
}

/** The patron in Alma for whom the borrowing request at this place of NACSIS-ILL's seed was made. */
export function patronOfNacsisRequest(place: number): string {
  return seededPatron(place + FIRST);
}
