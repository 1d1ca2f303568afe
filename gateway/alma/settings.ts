/** Settings for calls to Alma's REST API. Each time is in milliseconds or seconds, as its name says. */
export interface AlmaSettings {
  readonly url: string;
  /** Alma allows 25 per institution (alma.md 2.5); the rest is left to the institution's other programs. */
  readonly callsPerSecond: number;
  /**
   * Parallel calls per institution. Together with `callsPerSecond` at most 25; otherwise Alma refuses some, which are
   * then repeated.
   */
  readonly atATime: number;
  /** A create takes 3 to 20 seconds (alma.md 2.2). */
  readonly callTimeoutMs: number;
  /**
   * Alma may still save a create this long after its call ended without an answer. The gateway searches for it after
   * `callTimeoutMs` plus this time.
   * @unconfirmed O: Alma saves such a create within 30 seconds (`alma.createSettleSeconds`).
   * Confirm: break the connection of some creates in an Alma sandbox after a second, and note when each request appears.
   */
  readonly createSettleSeconds: number;
}

export const ALMA_DEFAULTS: Omit<AlmaSettings, 'url'> = {
  callsPerSecond: 20,
  atATime: 4,
  callTimeoutMs: 60_000,
  createSettleSeconds: 30,
};
