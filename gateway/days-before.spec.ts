import { daysBefore, MAX_DAYS } from './days-before';

describe('daysBefore', () => {
  const now = new Date('2026-11-24T01:00:00Z');

  it('counts back', () => {
    expect(daysBefore(now, 0)).toEqual(now);
    expect(daysBefore(now, 90).toISOString()).toBe('2026-08-26T01:00:00.000Z');
  });

  it('is a date of this calendar whatever the number', () => {
    for (const days of [MAX_DAYS, 1e8, 1e15, Number.MAX_VALUE, Infinity])
      expect(daysBefore(now, days).toISOString()).toBe('1970-01-01T00:00:00.000Z');
  });
});
