import { ageOf, ago, timeFormat } from './age';

const NOW = new Date(2026, 10, 24, 12, 0);
const before = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000).toISOString();

describe('ageOf', () => {
  it('counts in the largest unit that fits', () => {
    expect([0, 1, 59, 60, 150, 1440, 4000].map((minutes) => ageOf(before(minutes), NOW, 'en'))).toEqual([
      '1 minute ago',
      '1 minute ago',
      '59 minutes ago',
      '1 hour ago',
      '2 hours ago',
      '1 day ago',
      '2 days ago',
    ]);
  });

  it('speaks Japanese where it is not English', () => {
    expect(ageOf(before(120), NOW, 'ja').replace(' ', '')).toBe('2時間前');
  });

  it('says nothing of what is no time', () => {
    expect(ageOf('yesterday', NOW, 'ja')).toBe('');
  });
});

describe('timeFormat', () => {
  it('leaves the day out when it is today', () => {
    expect([timeFormat(before(5), NOW), timeFormat(before(3000), NOW)]).toEqual(['HH:mm', 'MM-dd HH:mm']);
  });
});

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
