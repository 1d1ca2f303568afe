import { sql, type Kysely } from 'kysely';
import type { MessageName } from '#domain/api/bridge';
import { INSTITUTION, LIBRARY, OTHER, OWN, PARTNER, SpecBridge, status } from '../testing/spec-bridge';
import { specStore } from '../testing/spec-stores';
import { markGone } from '../store/requests-store';
import type { Schema } from '../store/schema';
import type { Store } from '../store/open-store';
import { loadBridgeMap } from './bridge-map';
import { newsOf as realNewsOf } from './news';
import { BRIDGE_DEFAULTS } from './settings';
import { NewsLook, type NewsOf } from './news-look';

/** Of a loan as borrower: ordered, accepted, sent, received. */
const BORROW_HISTORY = [
  { command: 'ORDER', memberId: OWN },
  { command: 'RECEIVE', memberId: OTHER },
  { command: 'SEND', memberId: OTHER },
  { command: 'RECEIVE', memberId: OWN },
] as const;
const BRIDGED = { code: LIBRARY, partner: PARTNER };

describe('the look for news', () => {
  let store: Store;
  let spec: SpecBridge;
  let newsOf: NewsOf;

  beforeAll(async () => {
    store = await specStore();
  });
  afterAll(() => store.close());
  beforeEach(async () => {
    spec = new SpecBridge(store.db);
    await spec.clear();
    newsOf = (request, told) => ({
      messages: [status('WillSupply', { isOvertakable: false })],
      told: { ...told, historyLength: request.record.history.length },
    });
  });

  const look = (db: Kysely<Schema> = store.db) => new NewsLook({ db, now: spec.now, newsOf: (...of) => newsOf(...of) });
  const begin = () => look().keepLibraries(INSTITUTION, [LIBRARY]);
  /** Looks once; resolves to the number of requests with news. */
  const tell = async (by = look()): Promise<number> => {
    const due = await by.due(INSTITUTION, [LIBRARY]);
    for (const each of due) await by.tell(INSTITUTION, each, BRIDGED);
    return due.length;
  };
  const transactions = () =>
    store.db
      .selectFrom('bridge_transactions')
      .select(['requester_request_id', 'ended', 'library'])
      .orderBy('created_at')
      .orderBy('requester_request_id')
      .execute();

  it('tells a change once, also when two gateways look at the same time', async () => {
    await begin();
    await spec.transaction(await spec.deliver());
    expect(await tell()).toBe(0);
    await spec.deliver({ state: 'PROCESSING', history: BORROW_HISTORY.slice(0, 2) });
    await Promise.all([tell(), tell(), tell()]);
    expect(await spec.outbox()).toEqual(['WillSupply waiting']);
    expect(await tell()).toBe(0);
  });

  it('takes what a beginning library has as told', async () => {
    const row = await spec.deliver();
    await spec.transaction({ ...row, version: 0 });
    await spec.deliver({ id: 'LA0000000022', side: 'lender' });
    spec.pass(1);
    await begin();
    expect(await tell()).toBe(0);
    // What happens later is told.
    spec.pass(1);
    await spec.deliver({ state: 'PROCESSING', history: BORROW_HISTORY.slice(0, 2) });
    await spec.deliver({ id: 'LA0000000033', side: 'lender' });
    expect(await tell()).toBe(2);
    expect(await spec.outbox()).toEqual(['WillSupply waiting', 'Request waiting']);
  });

  for (const [when, minutes, told] of [
    ['shortly before the look', 9, ['Request waiting']],
    ['long ago, before the partner was configured', 11, []],
  ] as const)
    it(`begins with a profile that was saved ${when}`, async () => {
      const values = { templates: '[]', views: '[]', tariffs: '[]', integration: null, updated_by: 'staff001' };
      const key = { institution: INSTITUTION, library: LIBRARY };
      await spec.deliver({ id: 'LA0000000022', side: 'lender' });
      spec.pass(1);
      await store.db
        .insertInto('profiles')
        .values({ ...key, ...values, version: 1, updated_at: spec.now() })
        .execute();
      spec.pass(1);
      await spec.deliver({ id: 'LA0000000033', side: 'lender' });
      spec.pass(minutes * 60);
      await begin();
      await tell();
      expect(await spec.outbox()).toEqual([...told]);
      await store.db.deleteFrom('profiles').execute();
    });

  it('ends with the choice of the library, and begins anew', async () => {
    await begin();
    await spec.transaction(await spec.deliver());
    await look().keepLibraries(INSTITUTION, []);
    await spec.deliver({ state: 'PROCESSING', history: BORROW_HISTORY.slice(0, 2) });
    spec.pass(1);
    await begin();
    expect(await tell()).toBe(0);
  });

  it('makes no request of one that left between the look and the telling; it comes when it is ordered again', async () => {
    await begin();
    const request = { id: 'LA0000000022', side: 'lender' } as const;
    const row = await spec.deliver(request);
    const [due] = await look().due(INSTITUTION, [LIBRARY]);
    await markGone(store.db, row, 'not-delivered');
    await look().tell(INSTITUTION, due!, BRIDGED);
    expect([await tell(), await transactions()]).toEqual([0, []]);
    spec.pass(1);
    await spec.deliver(request);
    await tell();
    expect(await spec.outbox()).toEqual(['Request waiting']);
  });

  it('makes one request in Alma of each new lending request, and none of what was not sent from Alma', async () => {
    await begin();
    await spec.deliver({
      id: 'LA0000000022',
      side: 'lender',
      fields: { borrowerName: '見本大', borrowerAddress: '東京都' },
    });
    await spec.deliver({ id: 'LA0000000033', side: 'borrower' });
    await spec.deliver({ id: 'LA0000000044', side: 'lender', state: 'PROCESSING' });
    await spec.deliver({ id: 'LA0000000055', side: 'lender', state: 'CONFIRMED', kind: 'copy' });
    await spec.deliver({ id: 'LA0000000066', side: 'lender', state: 'CANCELLED' });
    await Promise.all([tell(), tell()]);
    const made = { ended: false, library: LIBRARY };
    // Before the look, the library accepted one in the app, and another one was worked to its end.
    expect(await transactions()).toEqual(
      jasmine.arrayWithExactContents([
        { requester_request_id: 'LA0000000022', ...made },
        { requester_request_id: 'LA0000000044', ...made },
        { requester_request_id: 'LA0000000055', ...made },
      ]),
    );
    const [message] = await store.db
      .selectFrom('bridge_messages')
      .innerJoin('bridge_transactions', 'bridge_transactions.transaction_id', 'bridge_messages.transaction_id')
      .select('content')
      .where('requester_request_id', '=', 'LA0000000022')
      .execute();
    expect(message?.content).toEqual(
      jasmine.objectContaining({
        kind: 'request',
        bibliographicInfo: { title: '見本の本' },
        requestingAgencyInfo: { name: '見本大' },
        requestedDeliveryInfo: [{ address: { physical: { line1: '東京都' } } }],
      }),
    );
    expect(await tell()).toBe(0);
  });

  it('makes another request of a further visit, and ends the one before', async () => {
    await begin();
    const ordered = { command: 'ORDER', memberId: OTHER };
    await spec.deliver({ id: 'LA0000000022', side: 'lender', history: [ordered] });
    await tell();
    spec.pass(1);
    const away = [ordered, { command: 'CALLBACK', memberId: OTHER }, ordered];
    newsOf = (request, told) => ({ messages: [], told: { ...told, historyLength: request.record.history.length } });
    await spec.deliver({ id: 'LA0000000022', side: 'lender', history: away });
    expect(await tell()).toBe(1);
    expect(await transactions()).toEqual([
      { requester_request_id: 'LA0000000022', ended: true, library: LIBRARY },
      { requester_request_id: 'LA0000000022-2', ended: false, library: LIBRARY },
    ]);
    expect(await spec.outbox()).toEqual(['Request waiting', 'Request waiting']);
    expect(await tell()).toBe(0);
  });

  for (const [when, looksBetween] of [
    ['in one look', false],
    ['in two looks', true],
  ] as const)
    it(`makes another request of a visit that the library accepted before the look: ${when}`, async () => {
      const map = loadBridgeMap();
      newsOf = (request, told, causedBy) => realNewsOf(request, told, causedBy, map, BRIDGE_DEFAULTS);
      await begin();
      const ordered = { command: 'ORDER', memberId: OTHER };
      const history = [ordered, { command: 'CALLBACK', memberId: OTHER }];
      await spec.deliver({ id: 'LA0000000022', side: 'lender', history: [ordered] });
      await tell();
      spec.pass(1);
      if (looksBetween) {
        await spec.deliver({ id: 'LA0000000022', side: 'lender', state: 'PREPARING', history });
        await tell();
        await store.db.updateTable('bridge_transactions').set({ ended: true }).execute();
        spec.pass(1);
      }
      const accepted = [...history, ordered, { command: 'RECEIVE', memberId: OWN }];
      await spec.deliver({ id: 'LA0000000022', side: 'lender', state: 'PROCESSING', history: accepted });
      await tell();
      expect(await spec.outbox()).toEqual(['Request waiting', 'Cancel waiting', 'Request waiting']);
      expect((await transactions()).map(({ requester_request_id: id, ended }) => [id, ended])).toEqual([
        ['LA0000000022', true],
        ['LA0000000022-2', false],
      ]);
      await tell();
      expect(await tell()).toBe(0);
      expect((await spec.outbox()).length).toBe(3);
    });

  it('leaves an ended visit alone that NACSIS-ILL carries on', async () => {
    await begin();
    const row = await spec.deliver({ id: 'LA0000000022', side: 'lender' });
    await tell();
    await store.db.updateTable('bridge_transactions').set({ ended: true }).execute();
    const history = [...row.record.history, { command: 'RECEIVE', memberId: OWN }];
    await spec.deliver({ id: 'LA0000000022', side: 'lender', state: 'PROCESSING', history });
    expect(await tell()).toBe(1);
    expect(await spec.outbox()).toEqual(['Request waiting']);
    expect(await tell()).toBe(0);
  });

  it('with the map of the bridge withdraws the visit that is over, and asks anew', async () => {
    const map = loadBridgeMap();
    newsOf = (request, told, causedBy) => realNewsOf(request, told, causedBy, map, BRIDGE_DEFAULTS);
    await begin();
    const ordered = { command: 'ORDER', memberId: OTHER };
    await spec.deliver({ id: 'LA0000000022', side: 'lender', history: [ordered] });
    await tell();
    spec.pass(1);
    const history = [ordered, { command: 'CALLBACK', memberId: OTHER }, ordered];
    await spec.deliver({ id: 'LA0000000022', side: 'lender', history });
    await tell();
    expect(await spec.outbox()).toEqual(['Request waiting', 'Cancel waiting', 'Request waiting']);
    spec.pass(1);
    const shipped = [...history, ...['RECEIVE', 'SEND'].map((command) => ({ command, memberId: OWN }))];
    const received = [...shipped, { command: 'RECEIVE', memberId: OTHER }];
    await spec.deliver({ id: 'LA0000000022', side: 'lender', state: 'ARRIVED', history: received });
    await tell();
    expect((await spec.outbox()).slice(3)).toEqual(['Received waiting']);
    const row = await store.db
      .selectFrom('bridge_messages')
      .selectAll()
      .where('name', '=', 'Received')
      .executeTakeFirst();
    expect(row?.content?.header.requestingAgencyRequestId).toBe('LA0000000022-2');
  });

  it('sees a request that NACSIS-ILL no longer delivers', async () => {
    await begin();
    const row = await spec.deliver();
    await spec.transaction(row);
    await markGone(store.db, row, 'not-delivered');
    let gone: string | null = null;
    newsOf = (request, told) => {
      ({ gone } = request);
      return { messages: [], told };
    };
    expect(await tell()).toBe(1);
    expect(gone as string | null).toBe('not-delivered');
    expect(await tell()).toBe(0);
  });

  it('knows which steps the messages of Alma caused', async () => {
    await begin();
    const row = await spec.deliver();
    const transactionId = await spec.transaction(row);
    const received = await spec.received(transactionId, 'Received');
    for (const [at, command] of (['RECEIVE', 'BORROW'] as const).entries())
      await store.db
        .insertInto('journal')
        .values({
          ...{ institution: INSTITUTION, idempotency_key: `iso18626 ${received} ${String(at)}`, payload_hash: 'h' },
          ...{
            state: 'applied',
            library: LIBRARY,
            member_id: OWN,
            user_id: 'iso18626',
            kind: 'loan',
            side: 'borrower',
          },
          ...{ command, request_id: row.id, mark: null, history_length: 3 + at, state_before: null, sent: null },
          ...{ alma_user_id: null, alma_request_id: null, problem: null, sent_at: spec.now() },
          ...{ lease_until: spec.now(), created_at: spec.now(), updated_at: spec.now() },
        })
        .execute();
    const changed = [
      ...BORROW_HISTORY.slice(0, 3),
      { command: 'RECEIVE', memberId: OWN },
      { command: 'BORROW', memberId: OWN },
    ];
    await spec.deliver({ state: 'ON_LOAN', history: changed });
    let causes: readonly (MessageName | undefined)[] = [];
    newsOf = (request, told, causedBy) => {
      causes = request.record.history.map((_entry, at) => causedBy(at));
      return { messages: [], told };
    };
    await tell();
    expect(causes).toEqual([undefined, undefined, undefined, 'Received', 'Received']);
  });

  it('loses nothing when the store fails in the middle', async () => {
    await begin();
    await spec.transaction(await spec.deliver());
    await spec.deliver({ state: 'PROCESSING', history: BORROW_HISTORY.slice(0, 2) });
    const whole = newsOf;
    newsOf = (...of) => {
      const news = whole(...of);
      // The second message cannot be stored, after the first one was.
      const broken = { ...status('Loaned'), name: null as unknown as MessageName };
      return { ...news, messages: [...news.messages, broken] };
    };
    await expectAsync(tell()).toBeRejected();
    expect(await spec.outbox()).toEqual([]);
    newsOf = whole;
    await tell();
    expect(await spec.outbox()).toEqual(['WillSupply waiting']);
  });

  it('costs one query when nothing changed, however many requests there are', async () => {
    await begin();
    const row = await spec.deliver();
    await spec.transaction(row);
    for (const table of ['requests', 'bridge_transactions'] as const) await copied(table);
    await sql`analyze`.execute(store.db);
    let queries = 0;
    const counted = store.db.withPlugin({
      transformQuery: ({ node }) => {
        queries += 1;
        return node;
      },
      transformResult: ({ result }) => Promise.resolve(result),
    });
    expect(await tell(look(counted))).toBe(0);
    expect(queries).toBe(1);
    await sql`update requests set version = version + 1 where id = 'LA0000000011-7000'`.execute(store.db);
    const [due, ...more] = await look(counted).due(INSTITUTION, [LIBRARY]);
    expect([due?.id, more.length, queries]).toEqual(['LA0000000011-7000', 0, 2]);
  });

  /** Copies the only row of the table 10,000 times, with other ids. */
  const copied = async (table: 'requests' | 'bridge_transactions') => {
    const ids = table === 'requests' ? ['id'] : ['request_id', 'requester_request_id'];
    const { rows } = await sql<{ readonly name: string }>`select column_name as name from information_schema.columns
      where table_schema = current_schema() and table_name = ${table} and is_generated = 'NEVER'
        and column_name <> 'transaction_id'`.execute(store.db);
    const names = rows.map(({ name }) => name);
    const values = names.map((name) =>
      ids.includes(name) ? sql`${sql.ref(name)} || '-' || number` : sql`${sql.ref(name)}`,
    );
    await sql`insert into ${sql.table(table)} (${sql.join(names.map((name) => sql.ref(name)))})
      select ${sql.join(values)} from ${sql.table(table)}, generate_series(1, 10000) as number`.execute(store.db);
  };
});
