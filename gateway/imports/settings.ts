/** How the import job runs. */
export interface ImportSettings {
  /**
   * A step begins no further request after this time. When a gateway dies in it, another one takes over after the
   * longest call to Alma and 10 s more (import-queue.ts).
   */
  readonly stepSeconds: number;
  /** A run fails when NACSIS-ILL or Alma has blocked it for this long. */
  readonly giveUpMinutes: number;
  /** Runs and their reports are kept for this many days. */
  readonly keepDays: number;
  /** Patrons' names and ids are erased this many days after the request has ended; 0: never. */
  readonly eraseNamesDays: number;
}

export const IMPORT_DEFAULTS: ImportSettings = {
  stepSeconds: 20,
  // A run that meets Alma's daily threshold waits for the next day, which begins within 24 hours.
  giveUpMinutes: 26 * 60,
  keepDays: 365,
  eraseNamesDays: 90,
};
