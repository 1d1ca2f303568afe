import { TestBed } from '@angular/core/testing';
import { of, Subject } from 'rxjs';
import { OwnHoldingsService } from '../../alma/own-holdings.service';
import { PatronRequestsService } from '../../alma/patron-requests.service';
import { GatewayClient } from '../../core/gateway.client';
import { failing, fakeGateway, type FakeGateway } from '../../testing/fake-gateway';
import { aSummary, BRANCH, LIBRARY, ncidOf } from '../../testing/records';
import { WarningsStore, type Watched } from './warnings.store';

const PLACE = { library: '中央図書館', location: '書庫' };
const REQUEST = { type: 'request', userId: 'u1', requestId: '77' } as const;

describe('WarningsStore', () => {
  let gateway: FakeGateway;
  let own: jasmine.SpyObj<OwnHoldingsService>;
  let patron: jasmine.SpyObj<PatronRequestsService>;
  let store: WarningsStore;

  beforeEach(() => {
    gateway = fakeGateway();
    own = jasmine.createSpyObj<OwnHoldingsService>('OwnHoldingsService', { ofBib: of([]), ofNcid: of([]) });
    patron = jasmine.createSpyObj<PatronRequestsService>('PatronRequestsService', { countOpen: of(0) });
    TestBed.configureTestingModule({
      providers: [
        WarningsStore,
        { provide: GatewayClient, useValue: gateway },
        { provide: OwnHoldingsService, useValue: own },
        { provide: PatronRequestsService, useValue: patron },
      ],
    });
    store = TestBed.inject(WarningsStore);
    TestBed.flushEffects();
  });

  function watch(changes: Partial<Watched> = {}): void {
    store.watched.set({
      source: { type: 'bib', mmsId: '990001' },
      library: LIBRARY.code,
      ncid: ncidOf(1),
      ncidPrefixes: ['NACSIS'],
      patronLimit: 3,
      ...changes,
    });
    TestBed.flushEffects();
  }
  const calls = () => [gateway.openRequests, own.ofBib, own.ofNcid, patron.countOpen].map((each) => each.calls.count());
  const unread = () => store.unread().map(({ code }) => code);

  it('say nothing and ask nobody while there is nothing to look at', () => {
    expect([store.open(), store.own(), store.patronCount(), store.unread(), calls()]).toEqual([
      [],
      [],
      undefined,
      [],
      [0, 0, 0, 0],
    ]);
  });

  describe('of the same record', () => {
    it('are the open requests of this library, whoever made them', () => {
      gateway.openRequests.and.returnValue(of([aSummary(), aSummary({ id: 'LA2' })]));
      watch();
      expect(gateway.openRequests).toHaveBeenCalledOnceWith(LIBRARY.code, ncidOf(1));
      expect(store.open().map(({ id }) => id)).toEqual(['LA0012345671', 'LA2']);
    });

    it('are none while no record is known', () => {
      watch({ ncid: undefined });
      expect([store.open(), gateway.openRequests.calls.count()]).toEqual([[], 0]);
    });

    it('are those of the other record once that is chosen, and none of the first meanwhile', () => {
      gateway.openRequests.and.returnValues(of([aSummary()]), new Subject());
      watch();
      watch({ ncid: ncidOf(2) });
      expect([store.open(), gateway.openRequests.calls.mostRecent().args]).toEqual([[], [LIBRARY.code, ncidOf(2)]]);
    });

    it('are asked for anew for another library', () => {
      watch();
      watch({ library: BRANCH.code });
      expect(gateway.openRequests.calls.mostRecent().args).toEqual([BRANCH.code, ncidOf(1)]);
    });
  });

  describe('of the own holdings', () => {
    it('are the places of the record on the Alma page', () => {
      own.ofBib.and.returnValue(of([PLACE]));
      watch();
      expect([store.own(), own.ofBib.calls.allArgs(), own.ofNcid.calls.count()]).toEqual([[PLACE], [['990001']], 0]);
    });

    it('are found by the NACSIS-CAT id where Alma shows no record', () => {
      own.ofNcid.and.returnValue(of([PLACE]));
      for (const source of [REQUEST, { type: 'new' } as const]) {
        watch({ source, ncid: undefined });
        expect(store.own()).toEqual([]);
        watch({ source });
        expect(store.own()).toEqual([PLACE]);
      }
      expect([own.ofNcid.calls.mostRecent().args, own.ofBib.calls.count()]).toEqual([[ncidOf(1), ['NACSIS']], 0]);
    });
  });

  describe('of the patron', () => {
    const counts = (count: number, changes: Partial<Watched> = {}) => {
      patron.countOpen.and.returnValue(of(count));
      watch({ source: REQUEST, userId: 'u1', ...changes });
      return store.patronCount();
    };

    it('come with the limit, and from there on', () => {
      expect(counts(2)).toBeUndefined();
      expect(patron.countOpen.calls.allArgs()).toEqual([['u1']]);
    });

    it('come when the limit is reached', () => {
      expect(counts(3)).toBe(3);
    });

    it('come when it is passed', () => {
      expect(counts(9)).toBe(9);
    });

    it('are not asked for without a limit', () => {
      expect([counts(50, { patronLimit: 0 }), patron.countOpen.calls.count()]).toEqual([undefined, 0]);
    });

    it('come for one who was looked up, and are not asked for without a patron', () => {
      expect(counts(3, { source: { type: 'new' } })).toBe(3);
      patron.countOpen.calls.reset();
      for (const source of [{ type: 'new' }, { type: 'bib', mmsId: '1' }] as const)
        watch({ source, userId: undefined });
      expect([store.patronCount(), patron.countOpen.calls.count()]).toEqual([undefined, 0]);
    });

    it('follow the limit without asking again', () => {
      counts(3);
      watch({ source: REQUEST, userId: 'u1', patronLimit: 4 });
      expect([store.patronCount(), patron.countOpen.calls.count()]).toEqual([undefined, 1]);
    });
  });

  describe('that cannot be read', () => {
    it('say so, each for itself, and leave the others', () => {
      gateway.openRequests.and.returnValue(failing('nacsis-unavailable'));
      own.ofNcid.and.returnValue(of([PLACE]));
      patron.countOpen.and.returnValue(failing('host-refused'));
      watch({ source: REQUEST, userId: 'u1' });
      expect([store.open(), store.own(), store.patronCount(), unread()]).toEqual([
        [],
        [PLACE],
        undefined,
        ['nacsis-unavailable', 'host-refused'],
      ]);
    });

    it('say so of the own holdings', () => {
      own.ofBib.and.returnValue(failing('host-timeout'));
      watch();
      expect(unread()).toEqual(['host-timeout']);
    });

    it('say so no more once they could be', () => {
      gateway.openRequests.and.returnValue(failing('nacsis-unavailable'));
      watch();
      gateway.openRequests.and.returnValue(of([]));
      watch({ ncid: ncidOf(2) });
      expect(unread()).toEqual([]);
    });
  });

  it('ask Alma once, however much becomes known of the order', () => {
    watch({ ncid: undefined });
    watch();
    watch({ ncid: ncidOf(2) });
    expect(calls()).toEqual([2, 1, 0, 0]);
    const ofPatron = { source: REQUEST, userId: 'u1' };
    watch({ ...ofPatron, ncid: undefined });
    watch({ ...ofPatron });
    watch({ ...ofPatron, ncidPrefixes: ['NACSIS'] });
    expect([own.ofNcid.calls.count(), patron.countOpen.calls.count()]).toEqual([1, 1]);
  });

  it('keep what they say of the patron on screen while the record is looked for', () => {
    patron.countOpen.and.returnValues(of(5), new Subject());
    watch({ source: REQUEST, userId: 'u1', ncid: undefined });
    watch({ source: REQUEST, userId: 'u1' });
    expect(store.patronCount()).toBe(5);
  });
});
