import type { Integration } from '#domain/api/profile';
import { FREQUENCIES, HOUR_STEPS } from '#domain/imports/import';
import { cronOf, nextRunAt } from './schedule-times';

type Schedule = Integration['schedule'];

const schedule = (changes: Partial<Schedule>): Schedule => ({
  every: 'day',
  at: '06:00',
  timeZone: 'Asia/Tokyo',
  ...changes,
});

/** Consecutive due times of the schedule, as instants. */
function times(changes: Partial<Schedule>, from: string, count: number): readonly string[] {
  let now = new Date(from);
  return Array.from({ length: count }, () => {
    now = nextRunAt(schedule(changes), now) ?? now;
    return now.toISOString().replace(':00.000Z', 'Z');
  });
}

describe('cronOf', () => {
  it('says each choice of an administrator', () => {
    const choices = FREQUENCIES.map((every) => cronOf(schedule({ every, hours: 8, at: '15:05' })));
    expect(choices).toEqual([undefined, '5 * * * *', '5 7,15,23 * * *', '5 15 * * *']);
  });

  it('runs as often on a day as the step says, always also at the time that was chosen', () => {
    for (const hours of HOUR_STEPS) {
      const list =
        cronOf(schedule({ every: 'hours', hours, at: '21:30' }))
          ?.split(' ')[1]
          ?.split(',') ?? [];
      expect([hours, new Set(list).size, list.includes('21')]).toEqual([hours, 24 / hours, true]);
    }
  });

  it('takes a frequency that lacks its step as once a day, since no profile is stored like that', () => {
    expect(cronOf(schedule({ every: 'hours', at: '06:00' }))).toBe('0 6 * * *');
  });
});

describe('nextRunAt', () => {
  it('is never when the schedule is off', () => {
    expect(nextRunAt(schedule({ every: 'off' }), new Date())).toBeUndefined();
  });

  it('is the time in the time zone, and always after now', () => {
    expect(times({}, '2026-11-23T20:59:59Z', 2)).toEqual(['2026-11-23T21:00Z', '2026-11-24T21:00Z']);
    expect(times({}, '2026-11-23T21:00:00Z', 1)).toEqual(['2026-11-24T21:00Z']);
    expect(times({ timeZone: 'UTC' }, '2026-11-23T21:00:00Z', 1)).toEqual(['2026-11-24T06:00Z']);
  });

  it('comes every hour, also while the clock is put back', () => {
    const tokyo = { every: 'hour', at: '06:15' } as const;
    expect(times(tokyo, '2026-11-24T00:20:00Z', 2)).toEqual(['2026-11-24T01:15Z', '2026-11-24T02:15Z']);
    expect(times({ ...tokyo, timeZone: 'America/New_York' }, '2026-11-01T05:00:00Z', 3)).toEqual([
      '2026-11-01T05:15Z',
      '2026-11-01T06:15Z',
      '2026-11-01T07:15Z',
    ]);
  });

  it('comes every n hours from the chosen time on, over midnight, too', () => {
    expect(times({ every: 'hours', hours: 8, at: '06:00' }, '2026-11-23T21:00:00Z', 3)).toEqual([
      '2026-11-24T05:00Z',
      '2026-11-24T13:00Z',
      '2026-11-24T21:00Z',
    ]);
  });

  it('keeps the time of day when summer time begins and ends', () => {
    const daily = { at: '06:00', timeZone: 'America/New_York' };
    expect(times(daily, '2026-03-07T00:00:00Z', 2)).toEqual(['2026-03-07T11:00Z', '2026-03-08T10:00Z']);
    expect(times(daily, '2026-10-31T00:00:00Z', 2)).toEqual(['2026-10-31T10:00Z', '2026-11-01T11:00Z']);
  });

  it('names a time that the clock passes over an hour later, and one that comes twice once', () => {
    expect(times({ at: '02:30', timeZone: 'America/New_York' }, '2026-03-07T12:00:00Z', 2)).toEqual([
      '2026-03-08T07:30Z',
      '2026-03-09T06:30Z',
    ]);
    expect(times({ at: '01:30', timeZone: 'America/New_York' }, '2026-10-31T12:00:00Z', 2)).toEqual([
      '2026-11-01T05:30Z',
      '2026-11-02T06:30Z',
    ]);
  });
});
