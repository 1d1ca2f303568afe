/** How the import job runs. */
export interface ImportSettings {
  /** A step of a run begins no further request after so long. A gateway that died in it is replaced after the longest call to Alma and 10 s more (import-queue.ts). */
  readonly stepSeconds: number;
  /** A run that could not go on for so long, for NACSIS-ILL or Alma, fails. */
  readonly giveUpMinutes: number;
  /** Runs and their reports are kept for so many days. */
  readonly keepDays: number;
  /** Patrons' names and ids are erased so many days after the request has ended; 0: never. */
  readonly eraseNamesDays: number;
}

export const IMPORT_DEFAULTS: ImportSettings = {
  stepSeconds: 20,
  // A run that meets Alma's daily threshold waits for the next day, which begins within 24 hours.
  giveUpMinutes: 26 * 60,
  keepDays: 365,
  eraseNamesDays: 90,
};
