import { TestBed } from '@angular/core/testing';
import { of } from 'rxjs';
import type { Profile } from '../../domain/api/profile';
import { failing } from '../testing/fake-gateway';
import { ListTestBed } from '../testing/list-test-bed';
import { aProfile, BRANCH } from '../testing/records';
import { ListFilterStore } from './list-filter.store';
import { ViewsStore } from './views.store';

const LATE = { name: '期限順', query: { side: 'borrower', sort: 'due' } };

describe('ViewsStore', () => {
  let at: ListTestBed;
  let views: ViewsStore;
  let filters: ListFilterStore;
  beforeEach(() => {
    at = new ListTestBed();
    at.gateway.profile.and.returnValue(of(aProfile([], { version: 4, views: [LATE] })));
    at.gateway.putProfile.and.callFake((library, { version, views: put = [] }) =>
      of<Profile>(aProfile([], { library, version: version + 1, views: put })),
    );
    TestBed.configureTestingModule({ providers: [ViewsStore] });
    views = TestBed.inject(ViewsStore);
    filters = TestBed.inject(ListFilterStore);
  });
  const names = () => views.views().map(({ name }) => name);

  it('offers the views of the library; only managers change them', () => {
    expect([names(), views.mayChange()]).toEqual([['期限順'], false]);
    at.session.manager();
    expect(views.mayChange()).toBeTrue();
    at.gateway.profile.and.returnValue(of(aProfile([], { library: 'MED' })));
    at.session.worksFor(BRANCH);
    expect(names()).toEqual([]);
  });

  it('shows the chosen view, and knows which one is shown', () => {
    expect(views.current()).toBeUndefined();
    views.choose('期限順');
    expect([filters.choices().sort, views.current()?.name]).toEqual(['due', '期限順']);
    filters.narrow({ kind: 'loan' });
    expect(views.current()).toBeUndefined();
    views.choose('?');
    expect(filters.filter().kind).toBe('loan');
  });

  it('saves what the list shows, in the order of the names, and replaces one of the same name', () => {
    filters.narrow({ kind: 'loan', status: ['発送'] });
    views.save('あ');
    expect(at.gateway.putProfile.calls.mostRecent().args).toEqual([
      'MAIN',
      {
        version: 4,
        views: [{ name: 'あ', query: { side: 'borrower', sort: 'needs', kind: 'loan', status: '発送' } }, LATE],
      },
    ]);
    filters.clear();
    views.save('あ');
    expect([names(), at.gateway.putProfile.calls.mostRecent().args[1].version]).toEqual([['あ', '期限順'], 5]);
    expect(views.current()?.name).toBe('あ');
  });

  it('removes one', () => {
    views.remove('期限順');
    expect(names()).toEqual([]);
  });

  it('says why a change was not saved, and keeps what was there', () => {
    at.gateway.putProfile.and.returnValue(failing('stale-version'));
    views.remove('期限順');
    expect([names(), views.saveError()?.code]).toEqual([['期限順'], 'stale-version']);
  });

  it('has no views where they cannot be read, and lets nobody change them', () => {
    at.gateway.profile.and.returnValue(failing('gateway-unreachable'));
    at.session.manager();
    at.session.worksFor(BRANCH);
    expect([names(), views.readError()?.code, views.mayChange()]).toEqual([[], 'gateway-unreachable', false]);
  });
});
