import type { DraftWarning } from '#domain/api/bridge';
import type { Page } from '#domain/api/catalog';
import type { Integration, PutProfile } from '#domain/api/profile';
import type { CatalogRecord, Holding } from '#domain/catalog/catalog';
import { DEFAULT_INTEGRATION } from '#domain/imports/integration';
import type { Request } from '#iso18626/message';
import { GatewayError } from '../gateway-error';
import { NacsisError, type NacsisPort } from '../nacsis/port';
import { ProfilesStore } from '../profiles/profiles-store';
import type { Store } from '../store/open-store';
import type { StoredRequest } from '../store/requests-store';
import { BOOK_NCID, ISBN, isoRequest } from '../testing/iso-request';
import { LENDER_IDS, OWN_ID, SETTLE_SECONDS, specApp, type SpecApp } from '../testing/spec-app';
import { openMember } from '../testing/spec-nacsis';
import { useSpecApp } from '../testing/use-spec-app';
import { NewRequest, type Created } from './new-request';

const INSTITUTION = '81SIM_INST';
const ACCOUNT = { memberId: OWN_ID, user: 'fa090007', password: 'spec-password' };
const LIBRARY = { code: 'RES_SHARE', name: '相互利用係', memberId: OWN_ID, account: ACCOUNT };
const PLACE = {
  institution: { code: INSTITUTION, almaApiKey: 'spec-api-key', libraries: [LIBRARY] },
  library: LIBRARY,
};
const MESSAGE_ID = '42';
const SAVE_KEY = 'iso18626 42 1';
const ORDER_KEY = 'iso18626 42 2';
const RECORD: CatalogRecord = {
  ...{ ncid: BOOK_NCID, form: 'book', title: '見本の書名', year: '2019', isbns: [ISBN] },
  ...{ volumes: [], series: [], authors: [], subjects: [], notes: [] },
};
const PATRON_INFO = { surname: '見本', givenName: '花子', patronId: 'U-001' };
const BOOK = isoRequest(
  { title: '見本の書名', itemIds: [{ code: 'ISBN', value: ISBN }] },
  { serviceInfo: { serviceType: 'Loan', note: '至急' }, patronInfo: PATRON_INFO },
);
/** Longer than a snapshot counts as recent. */
const LONG_SECONDS = 120;
const HOLDERS = LENDER_IDS.slice(0, 2);

describe('a new request of Alma', () => {
  let spec: SpecApp;
  let store: Store;
  let warnings: DraftWarning[];
  useSpecApp(['requests', 'journal', 'profiles'], (started) => ({ spec, store } = started));
  beforeEach(() => {
    warnings = [];
    catalogue({ searchCatalog: (query) => (query.isbn === ISBN ? [RECORD] : []), holdings: HOLDERS.map(holding) });
  });

  const make = ({ services }: SpecApp = spec): NewRequest => new NewRequest(services);
  const origin = (messageId = MESSAGE_ID) => ({
    messageId,
    warned: (found: readonly DraftWarning[]) => Promise.resolve(void warnings.push(...found)),
  });
  const create = (message: Request = BOOK, messageId = MESSAGE_ID): Promise<Created> =>
    make().create(PLACE, message, origin(messageId));
  const journal = () => store.db.selectFrom('journal').selectAll().orderBy('created_at').execute();
  const keys = async () => (await journal()).map(({ idempotency_key: key, state }) => [key, state]);
  const commands = () => spec.nacsis.calls.map(({ command }) => command);

  function catalogue({
    searchCatalog,
    holdings = [],
  }: {
    readonly searchCatalog: (query: Parameters<NacsisPort['searchCatalog']>[1]) => readonly CatalogRecord[];
    readonly holdings?: readonly Holding[];
  }): void {
    spec.nacsis.searchCatalog = (_account, query) => Promise.resolve(pageOf(searchCatalog(query)));
    spec.nacsis.holdings = () => Promise.resolve(pageOf(holdings));
  }

  async function profile(bridge: Integration['bridge'], more: Omit<PutProfile, 'version'> = {}): Promise<void> {
    const profiles = new ProfilesStore(store.db, INSTITUTION);
    const integration: Integration = { ...DEFAULT_INTEGRATION, writer: 'iso18626', ...(bridge && { bridge }) };
    const { version } = await profiles.read(LIBRARY);
    await profiles.put(LIBRARY, { integration, version, ...more, by: 'spec', at: new Date() });
  }

  it('is saved in 準備中 with the record of NACSIS-CAT and the own member record, and says what it lacks', async () => {
    const { row, lacks } = await create();
    expect([row.external_status, row.kind, row.library]).toEqual(['準備中', 'loan', 'RES_SHARE']);
    expect(spec.nacsis.calls.map(({ command, kind, comment }) => [command, kind, comment])).toEqual([
      ['SAVE', 'loan', '至急'],
    ]);
    expect(row.record.fields).toEqual(
      jasmine.objectContaining({
        ...{ bibId: BOOK_NCID, bibNote: '見本の書名. -- 2019', standardNumber: `ISBN=${ISBN}`, payment: 'pb' },
        ...{ borrowerStaff: '担当 A 相互利用係 TEL=03-0000-0000', holdingSource: 'NACSIS-CAT' },
      }),
    );
    expect([lacks, warnings]).toEqual([['lenders'], []]);
    expect([row.alma_user_id, row.alma_request_id]).toEqual([null, null]);
    expect((await journal()).map(({ idempotency_key: key, user_id: user }) => [key, user])).toEqual([
      [SAVE_KEY, 'iso18626'],
    ]);
    const read = await spec.call('GET', `/api/v1/requests/${row.id}?side=borrower&fresh=false`);
    expect((read.json as { request: { lacks?: unknown } }).request.lacks).toEqual(['lenders']);
    const listed = await spec.call('GET', '/api/v1/requests?side=borrower');
    expect((listed.json as { items: readonly { lacks?: unknown }[] }).items[0]?.lacks).toEqual(['lenders']);
  });

  it('says what it does not take over, before it is saved', async () => {
    const act = spyOn(spec.nacsis, 'perform').and.rejectWith(new Error('killed'));
    const serviceInfo = { serviceType: 'Loan', needBeforeDate: '2020-01-31T00:00:00Z' };
    const odd = isoRequest(
      { title: '見本の書名', itemIds: [{ code: 'ISBN', value: '4000000000' }], volume: '巻'.repeat(500) },
      { serviceInfo },
    );
    await expectAsync(create(odd)).toBeRejected();
    act.and.callThrough();
    expect(warnings).toEqual([{ code: 'number-invalid' }, { code: 'need-by-past' }, { code: 'cut', field: 'volume' }]);
  });

  it("never names the patron, unless the library's profile says so", async () => {
    await create();
    expect(JSON.stringify(await store.db.selectFrom('requests').selectAll().execute())).not.toContain('花子');
    expect(JSON.stringify(spec.nacsis.calls)).not.toContain('花子');
    await profile({ orderAtOnce: false, sendPatronName: true });
    const { row } = await create(BOOK, '43');
    expect(row.record.fields.applicant).toBe('見本 花子');
  });

  it("takes what the library's template has", async () => {
    const values = { payment: 're', sendingMethod: '速達' };
    await profile(undefined, { templates: [{ name: 'Alma', values }] });
    const { row } = await create();
    expect([row.record.fields.payment, row.record.fields.sendingMethod]).toEqual(['re', '速達']);
  });

  it('is looked up by its id first, and by its numbers when NACSIS-CAT does not have the id', async () => {
    const other = { ...RECORD, ncid: 'BA90000012' };
    spec.nacsis.catalogRecord = (_account, ncid) => Promise.resolve(ncid === other.ncid ? other : undefined);
    const bib = { title: '見本の書名', itemIds: [{ code: 'ISBN', value: ISBN }] };
    const recordIds = (value: string) => ({ recordIds: [{ code: 'NCID', value }] });
    const byId = await create(isoRequest({ ...bib, ...recordIds('BA90000012') }));
    const byNumber = await create(isoRequest({ ...bib, ...recordIds(BOOK_NCID) }), '43');
    expect([byId.row.record.fields.bibId, byNumber.row.record.fields.bibId]).toEqual(['BA90000012', BOOK_NCID]);
  });

  it('has the text of the message where NACSIS-CAT has nothing, or two, for its numbers', async () => {
    const twin = { ...RECORD, ncid: 'BA90000012' };
    for (const [at, found] of [[], [RECORD, twin]].entries()) {
      catalogue({ searchCatalog: () => found });
      const { row } = await create(BOOK, `5${String(at)}`);
      expect([row.record.fields.bibId, row.record.fields.bibNote]).toEqual([undefined, '見本の書名']);
    }
  });

  it('is not saved while NACSIS-CAT does not answer: nothing found is something else', async () => {
    await profile({ orderAtOnce: true, sendPatronName: false });
    for (const fails of ['searchCatalog', 'holdings', 'members'] as const) {
      const works = spec.nacsis[fails];
      const away = () => Promise.reject(new NacsisError('nacsis-unavailable', 'nothing', 'not reached'));
      Object.assign(spec.nacsis, { [fails]: away });
      await expectAsync(create()).toBeRejectedWithError(NacsisError);
      Object.assign(spec.nacsis, { [fails]: works });
    }
    expect(commands()).toEqual([]);
    expect((await create()).row.external_status).toBe('未処理');
  });

  describe('that the library wants ordered at once', () => {
    beforeEach(() => profile({ orderAtOnce: true, sendPatronName: false }));

    it('goes to the lenders that the rule proposes', async () => {
      const { row, lacks } = await create();
      expect([row.external_status, lacks]).toEqual(['未処理', []]);
      expect(
        row.record.fields.lenders?.map(({ memberId, acceptingMemberId }) => [memberId, acceptingMemberId]),
      ).toEqual(HOLDERS.map((id) => [id, id]));
      expect(await keys()).toEqual([
        [SAVE_KEY, 'applied'],
        [ORDER_KEY, 'applied'],
      ]);
    });

    it('stays in 準備中 when no library can be asked, or something else lacks', async () => {
      catalogue({ searchCatalog: () => [RECORD], holdings: [holding(OWN_ID)] });
      expect((await create()).lacks).toEqual(['lenders']);
      catalogue({ searchCatalog: () => [RECORD], holdings: HOLDERS.map(holding) });
      const chapter = isoRequest({
        title: '見本の書名',
        itemIds: [{ code: 'ISBN', value: ISBN }],
        titleOfComponent: '章',
      });
      const copy = await create(chapter, '43');
      expect([copy.row.external_status, copy.lacks]).toEqual(['準備中', ['volume', 'pages']]);
      catalogue({ searchCatalog: () => [] });
      expect((await create(BOOK, '44')).lacks).toEqual(['lenders']);
      expect(commands()).toEqual(['SAVE', 'SAVE', 'SAVE']);
    });

    it('stays in 準備中 when NACSIS-ILL refuses the order', async () => {
      spec.nacsis.fates = ['answered', 'refused'];
      const { row, lacks } = await create();
      expect([row.external_status, lacks]).toEqual(['準備中', []]);
    });

    it('is left to staff who were quicker', async () => {
      const { row } = await saved();
      spec.nacsis.actElsewhere(row.id, 'CANCEL', 'CANCELLED', 'CANCEL', OWN_ID);
      spec.pass(LONG_SECONDS);
      const after = await create();
      expect([after.row.id, after.row.external_status]).toEqual([row.id, 'CANCEL']);
      expect(commands()).toEqual(['SAVE']);
    });
  });

  describe('that a retry of Alma brings back to 準備中', () => {
    const [first = '', second = ''] = HOLDERS;
    beforeEach(() => profile({ orderAtOnce: true, sendPatronName: false }));

    /** Refused by the first lender, then taken back to 準備中. */
    async function takenBack() {
      const { row } = await create();
      spec.nacsis.actElsewhere(row.id, 'PARDON', 'NEW_INQUIRY', '新着照会', first);
      spec.nacsis.actElsewhere(row.id, 'RETRY', 'PREPARING', '準備中', OWN_ID);
      return again(row.id);
    }
    const again = (id: string) => spec.services.requests.read(PLACE.institution, 'borrower', id, 'now');
    const retried = isoRequest(
      { title: '見本の書名', volume: '上', itemIds: [{ code: 'ISBN', value: ISBN }] },
      { serviceInfo: { requestType: 'Retry', serviceType: 'Loan' } },
    );
    const complete = (row: StoredRequest) => make().complete(PLACE, retried, origin('50'), { row, number: 3 });

    it('has what the message says now, and goes to the lenders that have not answered', async () => {
      const row = await complete(await takenBack());
      expect([row.external_status, row.record.fields.volume]).toEqual(['未処理', '上']);
      expect(row.record.fields.lenders?.map(({ memberId }) => memberId)).toEqual([second]);
    });

    it('stays there when every holder has answered', async () => {
      const before = await takenBack();
      spec.nacsis.actElsewhere(before.id, 'PARDON', 'PREPARING', '準備中', second);
      const row = await complete(await again(before.id));
      expect([row.external_status, row.record.fields.volume]).toEqual(['準備中', '上']);
    });

    it('is ordered once when the gateway died after the SAVE', async () => {
      const before = await takenBack();
      const { actions } = spec.services;
      const act = spyOn(actions, 'act').and.rejectWith(new Error('killed'));
      await expectAsync(complete(before)).toBeRejectedWithError('killed');
      act.and.callThrough();
      for (const _ of [1, 2]) await complete(await again(before.id));
      expect((await again(before.id)).external_status).toBe('未処理');
      expect(commands()).toEqual(['SAVE', 'ORDER', 'SAVE', 'ORDER']);
    });
  });

  describe('that is made again after a crash', () => {
    const OUTCOMES = ['cut-before', 'cut-after', 'timeout-before', 'timeout-after'] as const;
    beforeEach(() => profile({ orderAtOnce: true, sendPatronName: false }));

    it('is the same one, although everything else has changed by then', async () => {
      const first = await create();
      catalogue({ searchCatalog: () => [] });
      spec.nacsis.searchCatalog = () => Promise.reject(new NacsisError('nacsis-unavailable', 'nothing', 'away'));
      spec.nacsis.changedMembers.set(OWN_ID, { illStaff: '担当 B' });
      await profile({ orderAtOnce: true, sendPatronName: true });
      const second = await again(BOOK);
      expect([second.row.id, second.row.version]).toEqual([first.row.id, first.row.version]);
      expect(commands()).toEqual(['SAVE', 'ORDER']);
    });

    it('is ordered when the gateway died between the two commands', async () => {
      const { row } = await saved();
      const second = await create();
      expect([second.row.id, second.row.external_status]).toEqual([row.id, '未処理']);
      expect(commands()).toEqual(['SAVE', 'ORDER']);
    });

    for (const fate of OUTCOMES)
      for (const [at, name] of ['SAVE', 'ORDER'].entries())
        it(`has one ${name} done whose answer was lost (${fate})`, async () => {
          spec.nacsis.fates = at === 0 ? [fate] : ['answered', fate];
          const first = await create().catch((error: unknown) => error);
          if (first instanceof Error) expect(first).toBeInstanceOf(GatewayError);
          for (const _ of [1, 2]) {
            spec.pass(SETTLE_SECONDS + LONG_SECONDS);
            await create().catch(() => undefined);
          }
          const done = await create();
          expect(done.row.external_status).toBe('未処理');
          expect(spec.nacsis.stored.size).toBe(1);
          const effective = done.row.record.history.map(({ command }) => command);
          expect(effective).toEqual(['SAVE', 'ORDER']);
        });

    it('is one request when two gateways make it at the same time', async () => {
      const other = await specApp(store, { port: spec.nacsis });
      const both = await Promise.allSettled([create(), make(other).create(PLACE, BOOK, origin())]);
      expect(both.some(({ status }) => status === 'fulfilled')).toBeTrue();
      expect((await create()).row.external_status).toBe('未処理');
      expect([spec.nacsis.stored.size, commands()]).toEqual([1, ['SAVE', 'ORDER']]);
      await other.app.close();
    });

    it('is refused when the id belongs to another message', async () => {
      await create();
      const other = await create(isoRequest({ title: '別の書名' })).catch((error: unknown) => error);
      expect(other instanceof GatewayError || (other as Created).row.id === (await create()).row.id).toBeTrue();
      expect(spec.nacsis.stored.size).toBe(1);
    });

    const again = async (message: Request) => {
      const restarted = await specApp(store, { port: spec.nacsis });
      try {
        return await make(restarted).create(PLACE, message, origin());
      } finally {
        await restarted.app.close();
      }
    };
  });

  /** The request as a gateway leaves it that dies after SAVE, before ORDER. */
  async function saved(): Promise<Created> {
    const act = spyOn(spec.services.actions, 'act').and.rejectWith(new Error('killed'));
    await expectAsync(create()).toBeRejectedWithError('killed');
    act.and.callThrough();
    const row = await store.db.selectFrom('requests').selectAll().executeTakeFirstOrThrow();
    return { row, lacks: [] };
  }
});

function holding(memberId: string): Holding {
  return { id: `H${memberId}`, ncid: BOOK_NCID, memberId, volumes: [], member: openMember(memberId) };
}

function pageOf<T>(items: readonly T[]): Page<T> {
  return { total: items.length, page: 1, pageSize: 200, items };
}
