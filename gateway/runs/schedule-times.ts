import cronParser from 'cron-parser';
import type { Integration } from '#domain/api/profile';

type Schedule = Integration['schedule'];

const HOURS_OF_DAY = 24;

/**
 * Returns a cron expression of five fields in the time zone of the schedule; undefined when the schedule is off. `hour`
 * is due at the minute of `at`; `hours` is due from `at` on, at the same hours every day.
 */
export function cronOf(schedule: Schedule): string | undefined {
  const { every, hours = HOURS_OF_DAY, at } = schedule;
  const [hour = 0, minute = 0] = at.split(':').map(Number);
  switch (every) {
    case 'off':
      return undefined;
    case 'hour':
      return cron(minute, '*');
    case 'hours':
      return cron(minute, hoursFrom(hour, hours).join(','));
    case 'day':
      return cron(minute, String(hour));
  }
}

/**
 * The next due time after `now`; undefined when the schedule is off. When the clock goes forward over the time, the run
 * is due an hour later; when it skips midnight, with the next day's run. When the clock goes back, a daily run is due
 * once.
 */
export function nextRunAt(schedule: Schedule, now: Date): Date | undefined {
  const expression = cronOf(schedule);
  if (expression === undefined) return undefined;
  return cronParser.parseExpression(expression, { currentDate: now, tz: schedule.timeZone }).next().toDate();
}

function cron(minute: number, hours: string): string {
  return `${String(minute)} ${hours} * * *`;
}

/**
 * Returns every `step` hours around the clock, from `first` on. A step divides a day, so every day has the same hours.
 */
function hoursFrom(first: number, step: number): readonly number[] {
  const count = Math.floor(HOURS_OF_DAY / step);
  return Array.from({ length: count }, (_, at) => (first + at * step) % HOURS_OF_DAY).sort((one, other) => one - other);
}
