import fc from 'fast-check';
import { addDays, formatDay, isDay, today } from './dates';

const day = fc
  .date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2200-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10).replaceAll('-', ''));

describe('days', () => {
  it('changes the day at midnight in Japan', () => {
    expect(today(() => new Date('2026-11-23T14:59:59Z'))).toBe('20261123');
    expect(today(() => new Date('2026-11-23T15:00:00Z'))).toBe('20261124');
  });

  it('knows which days exist', () => {
    expect(['20240229', '20001231', '19000101'].map(isDay)).toEqual([true, true, true]);
    expect(
      ['20230229', '19000229', '20261301', '20260431', '20260100', '2026-11-24', '2026112', '', '００２６1124'].map(
        isDay,
      ),
    ).toEqual([false, false, false, false, false, false, false, false, false]);
  });

  it('adds and takes away days', () => {
    expect(addDays('20240228', 2)).toBe('20240301');
    expect(addDays('20260101', -1)).toBe('20251231');
    expect(() => addDays('20260230', 1)).toThrowError(RangeError);
    fc.assert(
      fc.property(day, fc.integer({ min: -5000, max: 5000 }), (from, days) => {
        const moved = addDays(from, days);
        expect(isDay(moved)).toBeTrue();
        expect(addDays(moved, -days)).toBe(from);
        expect(Math.sign(moved.localeCompare(from))).toBe(Math.sign(days));
      }),
    );
  });

  it('writes a day with hyphens and leaves other texts alone', () => {
    expect(formatDay('20261124')).toBe('2026-11-24');
    expect(formatDay('20261399')).toBe('20261399');
    expect(formatDay('不明')).toBe('不明');
  });
});
