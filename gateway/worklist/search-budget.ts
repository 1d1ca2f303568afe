/**
 * Searches that a reading may still use for missing requests. Limits its cost, whatever NACSIS-ILL has moved elsewhere.
 */
export class SearchBudget {
  #left: number;

  constructor(searches: number) {
    this.#left = searches;
  }

  get left(): number {
    return this.#left;
  }

  /** Takes one search; false: none is left. */
  take(): boolean {
    if (this.#left <= 0) return false;
    this.#left -= 1;
    return true;
  }
}
