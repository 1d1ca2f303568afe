import { ageOf, timeFormat } from './age';

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
