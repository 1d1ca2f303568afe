/** How the import job runs. */
export interface ImportSettings {
  /** A step of a run begins no further request after so long; a gateway that died in a step is replaced soon after. */
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
  // Alma's daily threshold ends a run's day; the next one begins within 24 hours.
  giveUpMinutes: 26 * 60,
  keepDays: 365,
  eraseNamesDays: 90,
};
