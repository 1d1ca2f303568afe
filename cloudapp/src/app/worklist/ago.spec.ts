import { ago } from './ago';

describe('ago', () => {
  it('is told in the largest whole unit', () => {
    const now = new Date('2026-11-24T12:00:00.000Z');
    const told = (seconds: number) => {
      const { unit, count } = ago(new Date(now.getTime() - seconds * 1000).toISOString(), now);
      return `${unit} ${String(count)}`;
    };
    expect([59, 60, 3599, 3600, 86_399, 86_400, 200_000, -500].map(told)).toEqual([
      'now 0',
      'minutes 1',
      'minutes 59',
      'hours 1',
      'hours 23',
      'days 1',
      'days 2',
      'now 0',
    ]);
  });
});
