import { timeIn } from './schedule-part.component';

describe('timeIn', () => {
  it('is what the clocks there show', () => {
    expect(timeIn('2026-11-23T21:30:00.000Z', 'Asia/Tokyo', 'ja')).toMatch(/2026\/11\/24 6:30/);
    expect(timeIn('2026-11-23T21:30:00.000Z', 'America/New_York', 'ja')).toMatch(/2026\/11\/23 16:30/);
  });

  it('is a time all the same where the browser does not know the zone', () => {
    expect(timeIn('2026-11-23T21:30:00.000Z', 'Nowhere/City', 'ja')).toContain('2026');
  });
});
