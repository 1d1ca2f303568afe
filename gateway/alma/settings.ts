import Type, { type Static } from 'typebox';
import { Value } from 'typebox/value';
import { baseAddress, count, group, milliseconds, seconds, text } from '../setting-kinds';

/** Settings for calls to Alma's REST API. */
export const AlmaSchema = group({
  url: text(baseAddress, "Alma's REST API"),
  // alma.md 2.5
  callsPerSecond: count(
    20,
    "calls by one institution. Alma allows 25; the rest is for the institution's other programs",
  ),
  /** At most 25 together with `callsPerSecond`; above that, Alma refuses some calls, and these are repeated. */
  atATime: count(4, 'calls by one institution at the same time'),
  /** A create takes 3 to 20 seconds (alma.md 2.2). */
  callTimeoutMs: milliseconds(60_000, 'time for one call'),
  /**
   * @unconfirmed O: Alma saves such a create within 30 seconds (`alma.createSettleSeconds`).
   * Confirm: break the connection of some creates in an Alma sandbox after a second, and note when each request appears.
   */
  createSettleSeconds: seconds(
    30,
    'how long after a call Alma may still save what it was asked to create. A create without an answer is looked for after both times',
    { minimum: 0 },
  ),
});
export type AlmaSettings = Readonly<Static<typeof AlmaSchema>>;

export const ALMA_DEFAULTS = Value.Create(Type.Omit(AlmaSchema, ['url']));
