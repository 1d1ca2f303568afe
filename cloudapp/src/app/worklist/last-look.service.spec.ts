import { TestBed } from '@angular/core/testing';
import { ListTestBed } from '../testing/list-test-bed';
import { LastLookService } from './last-look.service';

describe('LastLookService', () => {
  const YESTERDAY = '2026-11-23T08:00:00.000Z';
  let at: ListTestBed;
  let look: LastLookService;
  beforeEach(() => {
    at = new ListTestBed();
    look = TestBed.inject(LastLookService);
  });
  const kept = () => at.session.remember.calls.allArgs().map(([{ looks }]) => looks);

  it('finds nothing new the first time, and remembers that it was there', () => {
    look.begin('MAIN');
    expect([look.isAt('MAIN'), look.isAt('MED'), look.since()]).toEqual([true, false, undefined]);
    expect(kept()).toEqual([]);
    look.seen();
    const now = at.now.toISOString();
    expect(kept()).toEqual([{ MAIN: { since: now, at: now } }]);
  });

  it('keeps a look once, not with every reading, and again when the list is left', () => {
    at.session.user({ looks: { MAIN: { since: YESTERDAY, at: YESTERDAY } } });
    look.begin('MAIN');
    look.seen();
    at.later(60);
    look.seen();
    expect(kept().length).toBe(1);
    look.end();
    look.end();
    expect(kept().slice(1)).toEqual([{ MAIN: { since: YESTERDAY, at: at.now.toISOString() } }]);
  });

  it('is the same look when the list comes back soon', () => {
    at.session.user({ looks: { MAIN: { since: YESTERDAY, at: YESTERDAY } } });
    look.begin('MAIN');
    look.seen();
    look.end();
    at.later(600);
    look.begin('MAIN');
    expect(look.since()).toBe(YESTERDAY);
  });

  it('does not count where no list came on screen', () => {
    look.begin('MAIN');
    look.end();
    look.seen();
    expect(kept()).toEqual([]);
  });

  it('lets everything be seen at once, and leaves the other libraries alone', () => {
    const other = { since: YESTERDAY, at: YESTERDAY };
    at.session.user({ looks: { MAIN: other, MED: other } });
    look.forgetNews();
    look.begin('MAIN');
    look.forgetNews();
    const now = at.now.toISOString();
    expect(look.since()).toBe(now);
    expect(kept()).toEqual([{ MAIN: { since: now, at: now }, MED: other }]);
  });
});
