import { DayPipe } from './day.pipe';

describe('DayPipe', () => {
  it('shows month and day, in full the year, too', () => {
    const pipe = new DayPipe();
    expect([pipe.transform('20261124'), pipe.transform('20261124', 'full')]).toEqual(['11-24', '2026-11-24']);
  });

  it('leaves what is no day as it is', () => {
    const pipe = new DayPipe();
    expect([pipe.transform(undefined), pipe.transform(''), pipe.transform('未定')]).toEqual(['', '', '未定']);
  });
});
