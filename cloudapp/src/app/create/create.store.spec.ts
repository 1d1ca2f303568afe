import { fakeAsync, TestBed, tick } from '@angular/core/testing';
import { of, Subject } from 'rxjs';
import type { CreateRequest, RequestView } from '../../domain/api/requests';
import type { Page } from '../../domain/api/catalog';
import type { RecentLenders } from '../../domain/api/profile';
import type { Holding } from '../../domain/catalog/catalog';
import { AlmaRecordService } from '../alma/alma-record.service';
import { AppError, HostError } from '../core/app-error';
import { SessionService } from '../core/session.service';
import { GatewayClient } from '../core/gateway.client';
import { SPARE_STORAGE } from '../core/spare-drafts.service';
import { HostService } from '../core/host.service';
import { errorOf } from '../core/remote';
import { FakeSession } from '../testing/fake-session';
import { failing, fakeGateway, type FakeGateway } from '../testing/fake-gateway';
import { FakeHost } from '../testing/fake-host';
import {
  aHolding,
  aMember,
  anOrder,
  aPage,
  aProfile,
  aRecord,
  aRequest,
  aRow,
  aSource,
  aTemplate,
  BRANCH,
  holdings,
  ISBN,
  memberIdOf,
  ncidOf,
  recentLenders,
} from '../testing/records';
import { CreateStore } from './create.store';
import { AUTOSAVE, DraftStore } from './form/draft.store';
import { HoldingsStore } from './lenders/holdings.store';
import type { OrderDraft } from './form/order-draft';
import { OrderFormStore } from './form/order-form.store';
import { RecordStore } from './material/record.store';
import { RotaStore } from './lenders/rota.store';
import { SubmissionStore } from './submit/submission.store';
import { TemplatesStore } from './form/templates.store';
import { WarningsStore } from './submit/warnings.store';

const PAUSE = 800;
const OTHER = aRecord({ ncid: ncidOf(2), title: '別の本' });

describe('CreateStore', () => {
  let gateway: FakeGateway;
  let session: FakeSession;
  let alma: jasmine.SpyObj<AlmaRecordService>;
  let store: CreateStore;
  let form: OrderFormStore;
  let rota: RotaStore;

  beforeEach(() => {
    gateway = fakeGateway();
    session = new FakeSession();
    session.user({ kinds: { book: 'copy' } });
    alma = jasmine.createSpyObj<AlmaRecordService>('AlmaRecordService', { load: of(aSource()) });
    TestBed.configureTestingModule({
      providers: [
        CreateStore,
        RecordStore,
        OrderFormStore,
        RotaStore,
        HoldingsStore,
        DraftStore,
        SubmissionStore,
        TemplatesStore,
        WarningsStore,
        { provide: HostService, useValue: new FakeHost() },
        { provide: GatewayClient, useValue: gateway },
        { provide: SPARE_STORAGE, useValue: undefined },
        { provide: SessionService, useValue: session },
        { provide: AlmaRecordService, useValue: alma },
        { provide: AUTOSAVE, useValue: { pause: PAUSE, again: 10_000 } },
      ],
    });
  });

  /** Runs until all effects of a change have settled. */
  function settle(): void {
    for (let round = 0; round < 4; round += 1) TestBed.flushEffects();
  }
  function start(): void {
    store = TestBed.inject(CreateStore);
    form = TestBed.inject(OrderFormStore);
    rota = TestBed.inject(RotaStore);
    store.source.set({ type: 'bib', mmsId: '990001' });
    settle();
  }
  function act(change: () => void): void {
    change();
    settle();
  }
  const sent = (): readonly [CreateRequest, string][] => gateway.createRequest.calls.allArgs();
  const submission = () => TestBed.inject(SubmissionStore).submission();

  it('sends a copy without a volume as 不明, and a loan or a saved request as it is', () => {
    start();
    expect(store.order('order').fields.volume).toBe('不明');
    expect(store.order('save').fields.volume).toBeUndefined();
    act(() => form.type('volume', '12'));
    expect(store.order('order').fields.volume).toBe('12');
    act(() => form.type('volume', ''));
    act(() => store.setKind('loan'));
    expect(store.order('order').fields.volume).toBeUndefined();
  });

  describe('from the record to its holdings', () => {
    it('goes by itself when the record finds its counterpart in NACSIS-CAT', () => {
      start();
      expect(alma.load).toHaveBeenCalledOnceWith({ type: 'bib', mmsId: '990001' }, []);
      expect(gateway.searchCatalog.calls.mostRecent().args[0]).toEqual(
        jasmine.objectContaining({ library: 'MAIN', isbn: ISBN }),
      );
      expect(store.chosen()).toEqual(aRecord());
      expect(gateway.holdings).toHaveBeenCalledOnceWith(ncidOf(1), jasmine.objectContaining({ library: 'MAIN' }));
      expect([form.view('bibId').value, form.view('bibId').origin]).toEqual([ncidOf(1), 'nacsis-cat']);
    });

    it('fills in what is known of library, institution and user', () => {
      start();
      expect([form.view('borrowerStaff').origin, form.view('payment').origin, form.view('orderDate').origin]).toEqual([
        'own-member',
        'institution',
        'today',
      ]);
    });

    it("reads the record with the institution's marks of NACSIS-CAT ids, once the session is loaded", () => {
      start();
      const { institution } = session.loaded;
      act(() => session.ready$.next({ ...session.loaded, institution: { ...institution, ncidPrefixes: ['LAB'] } }));
      expect(alma.load.calls.mostRecent().args[1]).toEqual(['LAB']);
    });

    it('stops at a record that Alma does not give, and goes on once it does', () => {
      alma.load.and.returnValue(failing('host-refused'));
      start();
      expect([errorOf(store.record())?.code, store.match().state, gateway.searchCatalog.calls.count()]).toEqual([
        'host-refused',
        'idle',
        0,
      ]);
      alma.load.and.returnValue(of(aSource()));
      act(() => store.reloadRecord());
      expect(store.chosen()).toEqual(aRecord());
    });

    it('stops at a search that fails, which is not nothing found, and searches again', () => {
      gateway.searchCatalog.and.returnValue(failing('nacsis-unavailable'));
      start();
      expect([store.match().state, errorOf(store.match())?.code, store.chosen()]).toEqual([
        'failed',
        'nacsis-unavailable',
        undefined,
      ]);
      gateway.searchCatalog.and.returnValue(of(aPage([aRecord()])));
      act(() => store.matchAgain());
      expect(store.chosen()).toEqual(aRecord());
    });

    it('searches for nothing when the record says nothing', () => {
      alma.load.and.returnValue(of(aSource({ citation: { title: '', isbns: [], series: [], form: 'book' } })));
      start();
      expect([store.match().state, gateway.searchCatalog.calls.count()]).toEqual(['idle', 0]);
    });

    it('searches anew for another library', () => {
      start();
      act(() => session.worksFor(BRANCH));
      expect(gateway.searchCatalog.calls.mostRecent().args[0].library).toBe(BRANCH.code);
    });
  });

  describe('the record of NACSIS-CAT', () => {
    it('is the one that the librarian chooses', () => {
      start();
      act(() => store.chooseRecord(OTHER));
      expect([store.chosen(), store.isChosenByHand(), form.view('bibId').value]).toEqual([OTHER, true, ncidOf(2)]);
      expect(gateway.holdings.calls.mostRecent().args[0]).toBe(ncidOf(2));
    });

    it('is none while another one is looked for', () => {
      start();
      act(() => store.chooseRecord(null));
      expect([store.chosen(), store.isChosenByHand(), form.view('bibId').value]).toEqual([undefined, false, '']);
    });

    it('takes the rota with it: holdings of another work are no lenders of this one', () => {
      start();
      act(() => rota.add(aRow(10)));
      act(() => store.chooseRecord(OTHER));
      expect(rota.picks()).toEqual([]);
    });

    it('takes the rota with it also by way of looking for another one', () => {
      start();
      act(() => rota.add(aRow(10)));
      act(() => store.chooseRecord(null));
      act(() => store.chooseRecord(OTHER));
      expect(rota.picks()).toEqual([]);
    });

    it('leaves the rota when the same one is chosen again', () => {
      start();
      act(() => rota.add(aRow(10)));
      act(() => store.chooseRecord(null));
      act(() => store.chooseRecord(aRecord()));
      expect(rota.picks().length).toBe(1);
    });
  });

  describe('sending', () => {
    it('answers with everything that stands against it, and sends nothing', () => {
      start();
      act(() => form.type('orderDate', 'x'));
      expect(
        store
          .check('order')
          .map(({ field }) => field)
          .sort(),
      ).toEqual(['lenders', 'orderDate']);
      act(() => store.send('order'));
      expect([sent(), submission().state]).toEqual([[], 'editing']);
    });

    it('sends what is on the form, for the library and the request that it belongs to', () => {
      alma.load.and.returnValue(
        of(aSource({ almaRequest: { userId: 'u1', requestId: '77' }, applicant: '利用者 001' })),
      );
      start();
      act(() => {
        rota.add(aRow(10));
        form.type('volume', '12');
        form.type('orderDate', '20261124');
        form.comment.set('お願いします');
      });
      expect(store.check('order')).toEqual([]);
      const shown = store.order('order');
      store.send('order');
      const [[order]] = sent() as [[CreateRequest, string]];
      const { fields, draftId, ...rest } = order;
      expect(rest).toEqual({
        library: 'MAIN',
        kind: 'copy',
        mode: 'order',
        comment: 'お願いします',
        almaRequest: { userId: 'u1', requestId: '77' },
      });
      expect(fields).toEqual({
        payment: 'pb',
        copyType: '電子複写',
        sendingMethod: '普通',
        volume: '12',
        year: '2019',
        orderDate: '20261124',
        bibId: ncidOf(1),
        bibNote: '図書館情報学入門 / 著者 A 著. -- 出版社 A, 2019',
        standardNumber: `ISBN=${ISBN}`,
        bibSource: 'NACSIS-CAT',
        holdingSource: 'NACSIS-CAT',
        applicant: '利用者 001',
        borrowerStaff: form.view('borrowerStaff').value,
        borrowerAddress: form.view('borrowerAddress').value,
        lenders: [{ memberId: memberIdOf(10), memberName: '館10', acceptingMemberId: memberIdOf(10) }],
      });
      expect(draftId).toBe(gateway.putDraft.calls.mostRecent().args[0]);
      expect(shown).toEqual(order);
    });

    it('keeps in NACSIS-ILL what is not yet complete', () => {
      start();
      expect(store.check('save')).toEqual([]);
      store.send('save');
      expect(sent()[0]?.[0].mode).toBe('save');
    });

    it('sends nothing while it is not known for which library', () => {
      start();
      act(() => session.library.set(undefined));
      store.send('save');
      expect([sent(), submission().state]).toEqual([[], 'editing']);
    });

    it('does not order from libraries that do not serve the kind, but keeps it', () => {
      start();
      act(() => rota.add(aRow(10, { member: aMember({ loanService: 'N' }) })));
      act(() => store.setKind('loan'));
      expect(store.check('order').map(({ code }) => code)).toEqual(['lender-cannot-serve']);
      act(() => store.send('order'));
      expect(sent()).toEqual([]);
      expect(store.check('save')).toEqual([]);
      act(() => store.send('save'));
      expect(sent().map(([{ mode }]) => mode)).toEqual(['save']);
    });

    it('shows in the form what the gateway found wrong with single fields', () => {
      gateway.createRequest.and.returnValue(
        failing('invalid-fields', { fieldErrors: [{ field: 'permitNumber', code: 'bad-format' }] }),
      );
      start();
      act(() => rota.add(aRow(10)));
      act(() => store.send('order'));
      expect(form.shownErrors()).toEqual([{ field: 'permitNumber', code: 'bad-format' }]);
      gateway.createRequest.and.returnValue(new Subject<RequestView>());
      act(() => store.send('order'));
      expect(form.shownErrors()).toEqual([]);
    });

    it('asks about an order of unknown outcome with that order, whatever is wrong with the form by now', () => {
      gateway.createRequest.and.returnValue(failing('outcome-unknown'));
      start();
      act(() => rota.add(aRow(10)));
      act(() => store.send('order'));
      act(() => form.type('borrowerStaff', ''));
      expect(store.check('order')).toEqual([]);
      act(() => store.send('order'));
      const [first, second] = sent();
      expect(second).toEqual(first);
    });

    it('remembers the terms of an order that exists, for the next one', () => {
      start();
      act(() => rota.add(aRow(10)));
      act(() => form.type('payment', 'pr'));
      act(() => store.send('order'));
      expect(session.remember).toHaveBeenCalledOnceWith({ payment: 'pr', sendingMethod: '普通', copyType: '電子複写' });
    });

    it('does not forget the way of copying over a loan', () => {
      start();
      form.kind.set('loan');
      act(() => rota.add(aRow(10)));
      act(() => store.send('order'));
      expect(session.remember).toHaveBeenCalledOnceWith({ payment: 'pb', sendingMethod: '普通' });
    });

    it('remembers nothing of an order that was refused', () => {
      gateway.createRequest.and.returnValue(failing('nacsis-rejected'));
      start();
      act(() => rota.add(aRow(10)));
      act(() => store.send('order'));
      expect(session.remember).not.toHaveBeenCalled();
    });

    it('sends the very order that was shown, whatever is proposed since', () => {
      const later = new Subject<Page<Holding>>();
      gateway.holdings.and.returnValues(of(aPage([aHolding(10)], { total: 300 })), later);
      start();
      const shown = store.order('order');
      const near = aHolding(11, { member: aMember({ memberId: memberIdOf(11), region: '13' }) });
      act(() => later.next(aPage([near], { page: 2, total: 300 })));
      expect(store.order('order')).not.toEqual(shown);
      act(() => store.send('order', shown));
      expect(sent()[0]?.[0]).toEqual(shown);
    });

    it('sends once what is sent twice', () => {
      gateway.createRequest.and.returnValue(new Subject<RequestView>());
      start();
      act(() => rota.add(aRow(10)));
      act(() => store.send('order'));
      act(() => store.send('order'));
      expect(sent().length).toBe(1);
    });
  });

  describe('the lenders', () => {
    const order = () => rota.picks().map(({ lender }) => lender.memberId);
    /**
     * The first library has volumes 1 to 4 and serves no loans; the second has the years 1990 to 2020, and therefore
     * the book of 2019.
     */
    const two = () => [
      aHolding(10, { volumeRange: '1-4', member: aMember({ memberId: memberIdOf(10), loanService: 'N' }) }),
      aHolding(11, { years: '1990-2020' }),
    ];
    beforeEach(() => gateway.holdings.and.callFake((ncid) => of(aPage(ncid === ncidOf(1) ? two() : [aHolding(20)]))));

    it('are those that the holdings propose, and nothing was entered by that', () => {
      start();
      expect([order(), rota.isOwn(), form.isDirty()]).toEqual([[11, 10].map(memberIdOf), false, false]);
      expect(store.check('order')).toEqual([]);
    });

    it('follow the volume, the year and the kind that are wanted', () => {
      start();
      act(() => form.type('volume', '12'));
      expect(order()).toEqual([memberIdOf(11)]);
      act(() => form.type('volume', '3'));
      expect(order()).toEqual([10, 11].map(memberIdOf));
      act(() => store.setKind('loan'));
      expect(order()).toEqual([memberIdOf(11)]);
      act(() => form.type('year', '1980'));
      expect(order()).toEqual([]);
      act(() => store.setKind('copy'));
      expect(order()).toEqual([memberIdOf(10)]);
    });

    it('follow the pages of the holdings as they come', () => {
      const later = new Subject<Page<Holding>>();
      gateway.holdings.and.returnValues(of(aPage(holdings(2, 10), { total: 300 })), later);
      start();
      expect(order()).toEqual([10, 11].map(memberIdOf));
      const near = aHolding(30, { member: aMember({ memberId: memberIdOf(30), region: '13' }) });
      act(() => later.next(aPage([near], { page: 2, total: 300 })));
      expect(order()).toEqual([30, 10, 11].map(memberIdOf));
    });

    it('follow what is learnt of whom the library asked lately', () => {
      const recent = new Subject<RecentLenders>();
      gateway.recentLenders.and.returnValue(recent);
      gateway.holdings.and.returnValue(of(aPage(holdings(2, 10))));
      start();
      expect(order()).toEqual([10, 11].map(memberIdOf));
      act(() => recent.next(recentLenders({ [memberIdOf(10)]: 20 })));
      expect(order()).toEqual([11, 10].map(memberIdOf));
    });

    it("are the librarian's from the first change on, whatever is typed, switched or learnt afterwards", () => {
      const recent = new Subject<RecentLenders>();
      gateway.recentLenders.and.returnValue(recent);
      start();
      act(() => rota.move(0, 1));
      act(() => form.type('volume', '12'));
      act(() => form.type('year', '1980'));
      act(() => store.setKind('loan'));
      act(() => recent.next(recentLenders({ [memberIdOf(10)]: 20 })));
      act(() => TestBed.inject(HoldingsStore).reload());
      expect([order(), rota.isOwn()]).toEqual([[10, 11].map(memberIdOf), true]);
    });

    it('stay none once the librarian has taken all out', () => {
      start();
      act(() => rota.clear());
      act(() => form.type('volume', '3'));
      expect(order()).toEqual([]);
    });

    it('are none for a user who does without a proposal', () => {
      session.user({ noProposal: true });
      start();
      act(() => form.type('volume', '3'));
      expect([order(), rota.isOwn()]).toEqual([[], false]);
      act(() => rota.add(aRow(20)));
      act(() => form.type('volume', '4'));
      expect(order()).toEqual([memberIdOf(20)]);
    });

    it('are not proposed before the choices of the user are known', () => {
      const known = session.session();
      session.session.set({ state: 'loading' });
      start();
      expect(order()).toEqual([]);
      act(() => session.session.set(known));
      expect(order()).toEqual([11, 10].map(memberIdOf));
    });

    it("are those of the other record once another one is chosen, also when they were the librarian's", () => {
      start();
      act(() => rota.move(0, 1));
      act(() => store.chooseRecord(OTHER));
      expect([order(), rota.isOwn()]).toEqual([[memberIdOf(20)], false]);
    });

    it('stay while the holdings are read again, and when they cannot be', () => {
      start();
      const answer = new Subject<Page<Holding>>();
      gateway.holdings.and.returnValue(answer);
      act(() => TestBed.inject(HoldingsStore).reload());
      expect(order()).toEqual([11, 10].map(memberIdOf));
      act(() => answer.error(new AppError('nacsis-unavailable')));
      expect(order()).toEqual([11, 10].map(memberIdOf));
    });

    it('do not lose what the gateway said of them while something else is typed', () => {
      const fieldErrors = [{ field: 'lenders[0].memberId', code: 'lender-cannot-serve' }] as const;
      gateway.createRequest.and.returnValue(failing('invalid-fields', { fieldErrors }));
      start();
      act(() => store.send('order'));
      act(() => form.type('pages', '45-50'));
      act(() => TestBed.inject(HoldingsStore).narrow({ offset: 'N' }));
      expect(form.shownErrors()).toEqual([...fieldErrors]);
      act(() => form.type('volume', '12'));
      expect(form.shownErrors()).toEqual([]);
    });
  });

  describe('a template', () => {
    it('fills what nobody has typed, and is none of what was entered', () => {
      gateway.profile.and.returnValue(
        of(aProfile([aTemplate('急ぎ', { values: { payment: 'pr', sendingMethod: '速達' } })])),
      );
      start();
      act(() => form.type('sendingMethod', 'FAX'));
      act(() => TestBed.inject(TemplatesStore).choose('急ぎ'));
      expect([form.view('payment').value, form.view('payment').origin, form.view('sendingMethod').value]).toEqual([
        'pr',
        'template',
        'FAX',
      ]);
      expect(form.typed()).toEqual({ sendingMethod: 'FAX' });
      act(() => TestBed.inject(TemplatesStore).choose(''));
      expect([form.view('payment').value, form.view('payment').origin]).toEqual(['pb', 'institution']);
    });
  });

  describe('the warnings', () => {
    const watched = () => TestBed.inject(WarningsStore).watched();

    it('look at the record, the library and what the institution has set', () => {
      session.institution({ ncidPrefixes: ['NACSIS'], patronLimit: 3 });
      start();
      expect(watched()).toEqual({
        source: { type: 'bib', mmsId: '990001' },
        library: 'MAIN',
        ncid: ncidOf(1),
        ncidPrefixes: ['NACSIS'],
        patronLimit: 3,
      });
      act(() => form.patronId.set('p1'));
      expect(watched()?.userId).toBe('p1');
      act(() => store.chooseRecord(null));
      expect(watched()?.ncid).toBeUndefined();
    });

    it('look at nothing before it is known who works here', () => {
      session.session.set({ state: 'loading' });
      start();
      expect(watched()).toBeUndefined();
    });

    it('stop nothing when they cannot be read', () => {
      gateway.openRequests.and.returnValue(failing('nacsis-unavailable'));
      gateway.holdings.and.returnValue(of(aPage([aHolding(10)])));
      start();
      act(() => store.send('order'));
      expect(submission().state).toBe('done');
    });
  });

  describe('the kind', () => {
    const SERIAL = aRecord({ form: 'serial', ncid: ncidOf(3) });

    it('is a loan of a book and a copy from a serial', () => {
      session.user({ kinds: {} });
      start();
      expect(form.kind()).toBe('loan');
      act(() => store.chooseRecord(SERIAL));
      expect(form.kind()).toBe('copy');
    });

    it('is what the user last chose for this form of material, also where the settings come late', () => {
      const { user, ...others } = session.loaded;
      session.session.set({ state: 'loading' });
      start();
      act(() =>
        session.session.set({
          state: 'ok',
          value: { ...others, user: { ...user, kinds: { book: 'copy', serial: 'loan' } } },
        }),
      );
      expect(form.kind()).toBe('copy');
      act(() => store.chooseRecord(SERIAL));
      expect(form.kind()).toBe('loan');
    });

    it('is a copy where Alma asks for an article or for pages', () => {
      session.user({ kinds: { book: 'loan' } });
      alma.load.and.returnValue(of(aSource({ part: { pages: '1-9' } })));
      start();
      expect(form.kind()).toBe('copy');
    });

    it('stays as the user has set it, and is remembered for this form of material', () => {
      session.user({ kinds: { serial: 'copy' } });
      start();
      act(() => store.setKind('copy'));
      expect(session.remember).toHaveBeenCalledOnceWith({ kinds: { serial: 'copy', book: 'copy' } });
      act(() => store.setKind('loan'));
      act(() => store.chooseRecord(SERIAL));
      expect(form.kind()).toBe('loan');
    });

    it('is remembered for nothing while the material is unknown', () => {
      gateway.searchCatalog.and.returnValue(of(aPage([])));
      start();
      act(() => store.source.set({ type: 'new' }));
      act(() => store.setKind('loan'));
      expect([form.kind(), session.remember.calls.count()]).toEqual(['loan', 0]);
    });
  });

  describe('the draft', () => {
    const drafts = () => gateway.putDraft.calls.allArgs().map(([, { content }]) => content);

    it('is not kept before something was entered', fakeAsync(() => {
      start();
      tick(PAUSE);
      expect(drafts()).toEqual([]);
    }));

    it('holds what was entered, what it belongs to and its key; not what comes by itself', fakeAsync(() => {
      start();
      act(() => {
        form.type('volume', '12');
        rota.add(aRow(10));
      });
      tick(PAUSE);
      expect(drafts()).toEqual([
        {
          version: 1,
          source: 'bib:990001',
          typed: { volume: '12' },
          comment: '',
          key: TestBed.inject(SubmissionStore).key(),
          catalogRecord: aRecord(),
          lenders: [{ memberId: memberIdOf(10), memberName: '館10', acceptingMemberId: memberIdOf(10) }],
        },
      ]);
    }));

    it("keeps no lenders that were only proposed, and those that are the librarian's", fakeAsync(() => {
      gateway.holdings.and.returnValue(of(aPage([aHolding(10), aHolding(11)])));
      start();
      act(() => form.type('volume', '12'));
      tick(PAUSE);
      act(() => rota.remove(memberIdOf(10)));
      tick(PAUSE);
      act(() => rota.propose(TestBed.inject(HoldingsStore).all()));
      tick(PAUSE);
      const kept = drafts().map(({ lenders }) =>
        (lenders as readonly { readonly memberId: string }[]).map(({ memberId }) => memberId),
      );
      expect(kept).toEqual([[], [memberIdOf(11)], []]);
    }));

    it('is not kept for a proposal alone', fakeAsync(() => {
      gateway.holdings.and.returnValue(of(aPage([aHolding(10)])));
      start();
      tick(PAUSE);
      expect([rota.picks().length, drafts()]).toEqual([1, []]);
    }));

    it('is kept when only a record was chosen', fakeAsync(() => {
      start();
      act(() => store.chooseRecord(OTHER));
      tick(PAUSE);
      expect(drafts().map(({ catalogRecord }) => catalogRecord)).toEqual([OTHER]);
    }));

    it('holds the order itself before it goes out, so that it can be asked about after a reload', () => {
      let kept: unknown;
      gateway.createRequest.and.callFake((order) => {
        kept = [drafts().at(-1)?.['pending'], order];
        return new Subject<RequestView>();
      });
      start();
      act(() => rota.add(aRow(10)));
      act(() => store.send('order'));
      const [pending, order] = kept as [CreateRequest, CreateRequest];
      expect(pending).toEqual(order);
    });

    it('holds no order any more, and the new key, once it was refused', fakeAsync(() => {
      gateway.createRequest.and.returnValue(failing('nacsis-rejected'));
      start();
      act(() => rota.add(aRow(10)));
      act(() => store.send('order'));
      tick(PAUSE);
      const { pending, key } = drafts().at(-1) ?? {};
      expect([pending, key]).toEqual([undefined, TestBed.inject(SubmissionStore).key()]);
      expect(key).not.toBe(drafts()[0]?.['key']);
    }));

    it('is not kept again once the request exists', fakeAsync(() => {
      start();
      act(() => rota.add(aRow(10)));
      act(() => store.send('order'));
      const before = drafts().length;
      act(() => form.type('volume', '13'));
      tick(PAUSE);
      expect([submission().state, drafts().length]).toEqual(['done', before]);
    }));
  });

  describe('a draft that comes back', () => {
    const draft: OrderDraft = {
      draftId: 'draft-0001',
      kind: 'loan',
      source: 'bib:990001',
      typed: { volume: '12', borrowerStaff: '' },
      comment: 'x',
      key: 'kept-key',
      lenders: [{ memberId: memberIdOf(10), memberName: '館10' }],
      catalogRecord: OTHER,
    };

    it('brings everything back that was entered, and goes on as the same draft', fakeAsync(() => {
      start();
      act(() => store.resume(draft));
      expect([
        form.kind(),
        form.view('volume').value,
        form.view('borrowerStaff').value,
        form.comment(),
        store.chosen(),
      ]).toEqual(['loan', '12', '', 'x', OTHER]);
      expect(form.lenders()).toEqual([
        { memberId: memberIdOf(10), memberName: '館10', acceptingMemberId: memberIdOf(10) },
      ]);
      tick(PAUSE);
      expect([
        gateway.putDraft.calls.mostRecent().args[0],
        gateway.putDraft.calls.mostRecent().args[1].content['key'],
      ]).toEqual(['draft-0001', 'kept-key']);
    }));

    it('keeps its lenders whatever the holdings propose, and they learn what the holdings know', () => {
      const member = aMember({ memberId: memberIdOf(10), loanService: 'C', loanVia: memberIdOf(12) });
      const found = new Subject<Page<Holding>>();
      start();
      gateway.holdings.and.returnValue(found);
      act(() => store.resume(draft));
      act(() => found.next(aPage([aHolding(11, { member: aMember({ offset: true }) }), aHolding(10, { member })])));
      expect(form.lenders()).toEqual([
        { memberId: memberIdOf(10), memberName: '館10', acceptingMemberId: memberIdOf(12) },
      ]);
      expect(rota.picks()[0]?.member).toEqual(member);
    });

    it('without lenders of its own gets the proposal', () => {
      gateway.holdings.and.returnValue(of(aPage([aHolding(11)])));
      start();
      act(() => store.resume({ ...draft, lenders: [] }));
      expect([form.lenders().map(({ memberId }) => memberId), rota.isOwn()]).toEqual([[memberIdOf(11)], false]);
    });

    it('with an order of unknown outcome can only ask about it', () => {
      const pending = anOrder({ draftId: 'draft-0001' });
      start();
      act(() => store.resume({ ...draft, pending }));
      expect(store.check('order')).toEqual([]);
      act(() => store.send('order'));
      expect(sent()).toEqual([[pending, 'kept-key']]);
      expect(submission()).toEqual({ state: 'done', order: pending, request: aRequest() });
    });
  });

  it('shows the holdings of the chosen record', () => {
    gateway.holdings.and.returnValue(of(aPage([aHolding(10)])));
    start();
    expect(
      TestBed.inject(HoldingsStore)
        .rows()
        .map(({ name }) => name),
    ).toEqual(['館10']);
  });

  it('says of a failure in Alma what Alma said', () => {
    const refusal = new HostError('host-refused', { alma: { code: '402203', message: 'no such record' } });
    alma.load.and.returnValue(failing('host-refused', refusal.details));
    start();
    expect(errorOf(store.record())?.details.alma?.message).toBe('no such record');
  });
});
