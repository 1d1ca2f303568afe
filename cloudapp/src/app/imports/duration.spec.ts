import { durationOf } from './duration';

describe('durationOf', () => {
  const BEGIN = '2026-11-24T01:00:00.000Z';
  const after = (seconds: number) => durationOf(BEGIN, new Date(Date.parse(BEGIN) + seconds * 1000).toISOString());

  it('takes the two largest units', () => {
    expect(after(0)).toEqual({ word: 'imports.duration.seconds', params: { hours: 0, minutes: 0, seconds: 0 } });
    expect(after(59.4)?.params.seconds).toBe(59);
    expect(after(90)).toEqual({ word: 'imports.duration.minutes', params: { hours: 0, minutes: 1, seconds: 30 } });
    expect(after(3600 * 25 + 61)).toEqual({
      word: 'imports.duration.hours',
      params: { hours: 25, minutes: 1, seconds: 1 },
    });
  });

  it('is never less than nothing, and nothing where a time is missing or none', () => {
    expect(after(-5)?.params).toEqual({ hours: 0, minutes: 0, seconds: 0 });
    expect([durationOf(BEGIN, undefined), durationOf(undefined, BEGIN), durationOf('yesterday', BEGIN)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
