/** How the gateway talks to Alma's REST API. Times in milliseconds or seconds as named. */
export interface AlmaSettings {
  readonly url: string;
  /** Alma allows 25 per institution (alma.md 2.5); the rest is left to the institution's other programs. */
  readonly callsPerSecond: number;
  /** Calls at the same time, per institution. Together with `callsPerSecond` at most 25, or Alma refuses some (and they are sent again). */
  readonly atATime: number;
  /** A create takes 3 to 20 seconds (alma.md 2.2). */
  readonly callTimeoutMs: number;
  /** A create whose call has ended without an answer may still be saved for so long. It is looked for after `callTimeoutMs` and this. */
  readonly createSettleSeconds: number;
}

export const ALMA_DEFAULTS: Omit<AlmaSettings, 'url'> = {
  callsPerSecond: 20,
  atATime: 4,
  callTimeoutMs: 60_000,
  createSettleSeconds: 30,
};
