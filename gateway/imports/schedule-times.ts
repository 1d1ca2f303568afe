import cronParser from 'cron-parser';
import type { Integration } from '#domain/api-profile';

type Schedule = Integration['schedule'];

const HOURS_OF_DAY = 24;

/** Five fields, to be read in the time zone of the schedule; undefined when it is off. `hour`: at the minute of `at`; `hours`: from `at` on, each day anew at the same hours. */
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
 * When the schedule is due next after `now`; undefined when it is off. Where the clock is put forward over the time, that run comes an hour later
 * or, when it is midnight that is passed over, with the next day's; where the clock is put back, a daily run is named once.
 */
export function nextRunAt(schedule: Schedule, now: Date): Date | undefined {
  const expression = cronOf(schedule);
  if (expression === undefined) return undefined;
  return cronParser.parseExpression(expression, { currentDate: now, tz: schedule.timeZone }).next().toDate();
}

function cron(minute: number, hours: string): string {
  return `${String(minute)} ${hours} * * *`;
}

/** Every `step` hours around the clock; a step divides a day, so that each day has the same hours. */
function hoursFrom(first: number, step: number): readonly number[] {
  const count = Math.floor(HOURS_OF_DAY / step);
  return Array.from({ length: count }, (_, at) => (first + at * step) % HOURS_OF_DAY).sort((one, other) => one - other);
}
