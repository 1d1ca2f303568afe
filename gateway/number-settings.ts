import Type from 'typebox';
import { MAX_DAYS } from './days-before';

/** Settings that may be 0; every other number is at least 1. */
const MAY_BE_ZERO: readonly string[] = [
  ...['queueLimit', 'loginPauseSeconds', 'memberCacheSeconds', 'settleSeconds', 'fullReadingPauseSeconds'],
  ...['createSettleSeconds', 'eraseNamesDays', 'roleCacheSeconds'],
];

/**
 * The largest value, by the unit at the end of the name. All are below the limit of a timer (2,147,483,647 ms; a longer
 * one fires at once). More than an hour for one call, or a day for a pause, is a typing error.
 */
const LARGEST_OF_UNIT: Readonly<Record<string, number>> = {
  Ms: 3_600_000,
  Seconds: 86_400,
  Minutes: 20_160,
  Days: MAX_DAYS,
};
/**
 * Limits for settings without a unit, and narrower limits: a step is a job of the queue, which lives for a day at most.
 */
const LARGEST: Readonly<Record<string, number>> = {
  poolSize: 500,
  handlesPerAccount: 1_000,
  queueLimit: 100_000,
  breakerFailures: 1_000,
  callsPerSecond: 1_000,
  atATime: 1_000,
  maxAnswerBytes: 1_073_741_824,
  stepSeconds: 3_600,
};
const SMALLEST: Readonly<Record<string, number>> = { maxAnswerBytes: 65_536 };

/** An optional integer for a setting with this name. */
export function numberSetting(name: string) {
  const unit = /(?:Ms|Seconds|Minutes|Days)$/.exec(name)?.[0] ?? '';
  const maximum = LARGEST[name] ?? LARGEST_OF_UNIT[unit] ?? Number.MAX_SAFE_INTEGER;
  const minimum = SMALLEST[name] ?? (MAY_BE_ZERO.includes(name) ? 0 : 1);
  return Type.Optional(Type.Integer({ minimum, maximum }));
}

/** The number settings of a group, by their defaults. */
export function numberSettings<T extends object>(defaults: T) {
  return Object.fromEntries(Object.keys(defaults).map((name) => [name, numberSetting(name)])) as {
    [name in keyof T]: ReturnType<typeof numberSetting>;
  };
}
