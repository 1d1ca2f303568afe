import fc from 'fast-check';
import { dueDateTime, dueDay, isDateTime, tokyoDay } from './dates';

const RUNS = { seed: 20251124, numRuns: 200 };
const day = fc
  .date({ min: new Date('1990-01-01T00:00:00Z'), max: new Date('2090-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10).replaceAll('-', ''));

describe('dueDateTime', () => {
  it('adds the time of day of the setting', () => {
    expect(dueDateTime('20251210', '14:59:59Z')).toBe('2025-12-10T14:59:59Z');
  });

  it('has none for what is no date', () => {
    for (const text of ['', '20250230', '20251301', '2025-12-10', '2025121', '２０２５１２１０', '00000000'])
      expect(dueDateTime(text, '14:59:59Z')).withContext(text).toBeUndefined();
  });

  it('is read back as the same day, at each time of day that is one day in UTC and Tokyo', () => {
    fc.assert(
      fc.property(day, fc.constantFrom('00:00:00Z', '14:59:59Z', '23:59:59Z'), (date, time) => {
        expect(dueDay(dueDateTime(date, time) ?? '')).toBe(date);
      }),
      RUNS,
    );
  });
});

describe('dueDay', () => {
  for (const [text, expected] of [
    ['2025-12-10T23:59:59Z', '20251210'],
    ['2025-12-10T23:59:59.999Z', '20251210'],
    ['2025-12-10T23:59:59+00:00', '20251210'],
    ['2025-12-10T23:59:59-00:00', '20251210'],
    ['2025-12-10T14:59:59Z', '20251210'],
    ['2025-12-10T15:00:00Z', '20251211'],
    ['2021-03-11T05:00:00Z', '20210311'],
    ['2025-12-10T23:59:58Z', '20251211'],
    ['2025-12-31T23:00:00+09:00', '20251231'],
    ['2025-12-31T23:59:59-05:00', '20260101'],
    ['2025-12-10T23:30:00', '20251210'],
    ['2025-12-10', '20251210'],
    ['2025-12-10T24:00:00', '20251211'],
    ['2025-12-10T24:00:00Z', '20251211'],
    ['2025-12-10T24:00:00.000Z', '20251211'],
    ['9999-12-31T14:59:59Z', '99991231'],
    ['2024-02-29T00:00:00+14:00', '20240228'],
  ] as const)
    it(`of ${text} is ${expected}`, () => {
      expect(dueDay(text)).toBe(expected);
    });

  it('has none for what is no time', () => {
    for (const text of [
      '',
      'tomorrow',
      '2025-02-30T00:00:00Z',
      '2025-12-10T25:00:00Z',
      '2025-12-10T24:00:00.5Z',
      '2025-12-10T10:00Z',
      '20251210',
      '9999-12-31T15:00:00Z',
    ])
      expect(dueDay(text)).withContext(text).toBeUndefined();
  });
});

describe('tokyoDay', () => {
  it('converts also the last second of a day', () => {
    expect(tokyoDay('2025-12-10T23:59:59Z')).toBe('20251211');
    expect(tokyoDay('2025-12-10T14:59:59Z')).toBe('20251210');
    expect(tokyoDay('2025-12-10T23:59:59')).toBe('20251210');
    expect(tokyoDay('now')).toBeUndefined();
  });
});

describe('isDateTime', () => {
  it('takes the forms of XML Schema only', () => {
    for (const text of ['2014-03-17T09:30:47.0Z', '2014-03-17T09:30:47', '2014-03-17T09:30:47-14:00'])
      expect(isDateTime(text)).withContext(text).toBeTrue();
    for (const text of ['2014-03-17', '2014-03-17 09:30:47', '2014-03-17T09:30:47+14:30', '2014-03-17T09:30:60Z', 'あ'])
      expect(isDateTime(text)).withContext(text).toBeFalse();
  });
});
