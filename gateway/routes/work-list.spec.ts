import type { Counts, RefreshAnswer, RequestList } from '#domain/api/work-list';
import type { Store } from '../store/open-store';
import { ordered } from '../testing/order-body';
import { READER, STRANGER, type CallOptions, type SpecApp } from '../testing/spec-app';
import { useOneSpecApp } from '../testing/use-spec-app';

describe('the work list', () => {
  let store: Store;
  let spec: SpecApp;
  // One application for all specs: they change only its NACSIS-ILL, which is reset.
  useOneSpecApp((started) => ({ spec, store } = started));
  beforeEach(async () => {
    for (const table of ['requests', 'journal', 'readings'] as const) await store.db.deleteFrom(table).execute();
    spec.nacsis.stored.clear();
    spec.nacsis.countReads.length = 0;
    spec.nacsis.readable = true;
    spec.pass(60);
  });

  const get = (query: string, options: CallOptions = {}) => spec.call('GET', `/api/v1/requests${query}`, options);
  const list = async (query: string) => (await get(query)).json as RequestList;
  const refresh = (body: unknown, options: CallOptions = {}) =>
    spec.call('POST', '/api/v1/requests/refresh', { body, ...options });

  it('takes one status as well as several', async () => {
    await ordered(spec);
    await ordered(spec, { mode: 'save' });
    const status = (...texts: readonly string[]) => texts.map((text) => `status=${encodeURIComponent(text)}`).join('&');
    expect((await list(`?${status('準備中')}`)).items.map(({ externalStatus }) => externalStatus)).toEqual(['準備中']);
    expect((await list(`?${status('準備中', '未処理')}`)).total).toBe(2);
  });

  it('begins with what waits for the side, and shows the statuses in the order of a life', async () => {
    await ordered(spec);
    const { id } = await ordered(spec, { mode: 'save' });
    const { items, facets, waiting } = await list('?side=borrower');
    expect([items[0]?.id, items[0]?.waitsForUs, items[0]?.allowed]).toEqual([id, true, ['order', 'save', 'cancel']]);
    expect(items.map(({ next }) => next)).toEqual(['order', undefined]);
    expect(waiting).toEqual({ borrower: 1, lender: 0 });
    expect(facets.externalStatus).toEqual([
      { value: '準備中', count: 1, waiting: 1, state: 'PREPARING' },
      { value: '未処理', count: 1, waiting: 0, state: 'UNPROCESSED' },
    ]);
    expect(facets.kind).toEqual([{ value: 'copy', count: 2 }]);
  });

  it('names each parameter that is wrong', async () => {
    const query = '?from=20260230&to=20260101&onlyNew=true&bibId=none';
    const { status, problem } = await get(query);
    expect([status, problem.code]).toEqual([422, 'invalid-fields']);
    expect(problem.errors?.map(({ field }) => field)).toEqual(['from', 'to', 'newSince', 'bibId']);
    for (const bad of ['?sort=best', '?newSince=yesterday', '?pageSize=201']) {
      const reply = await get(bad);
      expect([bad, reply.status, reply.problem.code]).toEqual([bad, 400, 'invalid-request']);
    }
  });

  it('reads the files of a library that was never read before it answers, and says since when it knows', async () => {
    spec.nacsis.readable = false;
    const nothing = await list('?library=RES_SHARE');
    expect([nothing.readAt, nothing.isPartial, nothing.items.length]).toEqual([undefined, true, 0]);
    spec.nacsis.readable = true;
    const first = await list('?library=RES_SHARE');
    expect([first.readAt === undefined, first.isPartial]).toEqual([false, undefined]);
  });

  it('leaves the files alone where certain requests are looked for', async () => {
    const before = spec.nacsis.fileReadings.length;
    await list('?ids=LA0000000001');
    await list('?almaRequestId=1');
    expect(spec.nacsis.fileReadings.length).toBe(before);
  });

  it('says since when it knows, once the files of every library asked for were read', async () => {
    const [main] = ((await refresh({ library: 'RES_SHARE' }, { as: READER })).json as RefreshAnswer).libraries;
    expect(main?.isFull).toBeTrue();
    expect((await list('?library=RES_SHARE')).readAt).toBe(main?.readAt);
    expect((await list('?ids=LA0000000001')).readAt).toBeUndefined();
    const { libraries } = (await refresh({})).json as RefreshAnswer;
    expect(libraries.map(({ library, isFull }) => [library, isFull])).toEqual([
      ['RES_SHARE', false],
      ['BRANCH', true],
    ]);
    const [earliest] = libraries.map(({ readAt }) => readAt).sort();
    expect((await list('')).readAt).toBe(earliest);
  });

  it('tells what another library did since', async () => {
    const { id } = await ordered(spec);
    const since = new Date(Date.now() - 1000).toISOString();
    expect((await list(`?newSince=${since}`)).newCount).toBe(0);
    spec.nacsis.actElsewhere(id, 'RECEIVE', 'PROCESSING', '処理中');
    await refresh({ library: 'RES_SHARE', full: true });
    const { newCount, items } = await list(`?newSince=${since}&onlyNew=true`);
    expect([newCount, items.map((each) => each.id)]).toEqual([1, [id]]);
  });

  it('counts what NACSIS-ILL counts, and asks it again only after a while', async () => {
    await ordered(spec);
    const counts = async () => (await get('/counts?library=RES_SHARE', { as: READER })).json as Counts;
    expect((await counts()).counts).toEqual([
      { side: 'borrower', kind: 'copy', state: 'UNPROCESSED', externalStatus: '未処理', count: 1, waitsForUs: false },
    ]);
    await counts();
    expect(spec.nacsis.countReads.length).toBe(4);
    spec.pass(6);
    await counts();
    expect(spec.nacsis.countReads.length).toBe(8);
  });

  it('tells a failure instead of numbers, and tries again at once', async () => {
    spec.nacsis.readable = false;
    const { status, problem } = await get('/counts?library=RES_SHARE');
    expect([status, problem.code]).toEqual([503, 'nacsis-unavailable']);
    const { libraries } = (await refresh({ library: 'RES_SHARE' })).json as RefreshAnswer;
    expect(libraries.map(({ failure, readAt }) => [failure, readAt])).toEqual([['nacsis-unavailable', undefined]]);
    spec.nacsis.readable = true;
    expect((await get('/counts?library=RES_SHARE')).status).toBe(200);
  });

  it('is nobody else’s', async () => {
    for (const library of ['BRANCH', 'NOT_MINE']) {
      expect((await get(`/counts?library=${library}`, { as: STRANGER })).problem.code).toBe('forbidden');
      expect((await refresh({ library }, { as: STRANGER })).problem.code).toBe('forbidden');
    }
    expect((await refresh({}, { as: null })).problem.code).toBe('unauthenticated');
  });
});
