import type { Closure, Closures } from '#domain/api/members';
import type { Member } from '#domain/catalog/catalog';
import { addDays, today } from '#domain/ill/dates';
import type { Store } from '../store/open-store';
import { COLLEAGUE, MANAGER, OWN_ID, READER, SETTLE_SECONDS, STAFF, STRANGER, type SpecApp } from '../testing/spec-app';
import { useSpecApp } from '../testing/use-spec-app';

const PATH = '/api/v1/libraries/RES_SHARE';
const BEFORE = { illStaff: '担当 A', loanService: 'A' };
const CHANGES = { illStaff: '担当 B', loanService: 'N' };

describe("the library's own member record", () => {
  let spec: SpecApp;
  let store: Store;
  useSpecApp(['member_changes', 'closures', 'used_keys'], (started) => ({ spec, store } = started));

  const put = (body: object = { before: BEFORE, changes: CHANGES }, key = spec.newKey(), as = MANAGER) =>
    spec.call('PUT', `${PATH}/member`, { as, key, body });
  const memberIn = ({ json }: { readonly json: unknown }) => (json as { readonly member: Member }).member;
  const rows = () => store.db.selectFrom('member_changes').selectAll().execute();

  it('is changed in NACSIS-ILL, which is kept with who did it', async () => {
    const { status, json } = await put();
    expect([status, memberIn({ json })]).toEqual([200, jasmine.objectContaining(CHANGES)]);
    expect(spec.nacsis.memberUpdates).toEqual([CHANGES] as never);
    expect(await rows()).toEqual([
      jasmine.objectContaining({
        ...{ library: 'RES_SHARE', member_id: OWN_ID, user_id: 'manager001', state: 'applied' },
        ...{ before: BEFORE, changes: CHANGES },
      }),
    ] as never);
  });

  it('is changed by a manager only, of its own institution only, and with a key', async () => {
    for (const as of [STAFF, READER])
      expect((await put({ before: BEFORE, changes: CHANGES }, 'key-none1', as)).status).toBe(403);
    const branch = await spec.call('PUT', '/api/v1/libraries/BRANCH/member', {
      ...{ as: STRANGER.replace('staff', 'manager'), key: spec.newKey(), body: { before: BEFORE, changes: CHANGES } },
    });
    expect([branch.status, branch.problem.code]).toEqual([403, 'forbidden']);
    const bare = await spec.call('PUT', `${PATH}/member`, { as: MANAGER, body: { before: BEFORE, changes: CHANGES } });
    expect(bare.problem.code).toBe('missing-idempotency-key');
    expect([spec.nacsis.memberUpdates, await rows()]).toEqual([[], []]);
  });

  it('is changed once for each key', async () => {
    const key = spec.newKey();
    const replies = [await put(undefined, key), await put(undefined, key)];
    expect(replies.map(({ status }) => status)).toEqual([200, 200]);
    expect(replies.map(memberIn)).toEqual([memberIn(replies[0]!), memberIn(replies[0]!)]);
    expect(spec.nacsis.memberUpdates.length).toBe(1);
    const other = await put({ before: { tel: '03-0000-0000' }, changes: { tel: '1' } }, key);
    expect(other.problem.code).toBe('idempotency-key-reused');
  });

  it('is not overwritten where it has changed since it was read, and is answered as it is now', async () => {
    spec.nacsis.changeMember(OWN_ID, { illStaff: '担当 C', tel: '03-9999-0000' });
    const { status, problem } = await put();
    expect([status, problem.code, problem.member?.illStaff]).toEqual([409, 'stale-version', '担当 C']);
    expect(spec.nacsis.memberUpdates).toEqual([]);
    const again = await put({ before: { ...BEFORE, illStaff: '担当 C' }, changes: CHANGES });
    // What was changed elsewhere in another field stays.
    expect([again.status, memberIn(again).tel]).toEqual([200, '03-9999-0000']);
  });

  it('names every field that cannot be sent, and sends nothing', async () => {
    const before = {
      service: 'A',
      copyService: 'A',
      copyVia: '',
      loanVia: '',
      email: '',
      tel: '03-0000-0000',
      policies: [],
    };
    const changes = {
      ...{
        service: 'C',
        copyService: 'C',
        loanVia: 'FA090017',
        email: 'x',
        tel: '0'.repeat(61),
        policies: ['', 'x'.repeat(1001)],
      },
      copyVia: '',
    };
    const { status, problem } = await put({ before, changes });
    expect(status).toBe(422);
    expect(problem.errors).toEqual([
      { field: 'service', code: 'unknown-code' },
      { field: 'loanVia', code: 'bad-check-character' },
      { field: 'tel', code: 'too-long', params: { bytes: 61, maxBytes: 60 } },
      { field: 'email', code: 'bad-format' },
      { field: 'policies[0]', code: 'required' },
      { field: 'policies[1]', code: 'too-long', params: { bytes: 1001, maxBytes: 1000 } },
      { field: 'copyVia', code: 'required' },
    ]);
    const broken = await put({ before: { tel: '03-0000-0000' }, changes: { tel: 'a\nb' } });
    expect(broken.problem.errors).toEqual([{ field: 'changes.tel', code: 'line-break' }]);
    for (const body of [
      { before: {}, changes: {} },
      { before: {}, changes: { tel: '1' } },
      { before: BEFORE, changes: { illStaff: '担当 B' } },
    ])
      expect([(await put(body)).problem.code, body]).toEqual(['invalid-fields', body]);
    expect((await put({ before: { name: 'x' }, changes: { name: 'y' } })).status).toBe(400);
    expect(spec.nacsis.memberUpdates).toEqual([]);
  });

  it('is refused by NACSIS-ILL with its words, the same for the same key', async () => {
    const key = spec.newKey();
    spec.nacsis.fates = ['refused'];
    const replies = [await put(undefined, key), await put(undefined, key)];
    expect(replies.map(({ status, problem }) => [status, problem.code, problem.nacsis?.status])).toEqual([
      [502, 'nacsis-rejected', '422'],
      [502, 'nacsis-rejected', '422'],
    ]);
    expect(spec.nacsis.memberUpdates.length).toBe(1);
  });

  it('is sent again under the same key when nothing was sent', async () => {
    const key = spec.newKey();
    spec.nacsis.fates = ['unreachable'];
    expect((await put(undefined, key)).problem.code).toBe('nacsis-unavailable');
    expect([(await put(undefined, key)).status, spec.nacsis.memberUpdates.length]).toEqual([200, 2]);
    expect((await rows()).map(({ state, attempt }) => [state, attempt])).toEqual([['applied', 2]]);
  });

  for (const fate of ['cut-after', 'timeout-after'] as const)
    it(`is read when its answer is lost, and counts as done when NACSIS-ILL has it (${fate})`, async () => {
      spec.nacsis.fates = [fate];
      const { status, json } = await put();
      expect([status, memberIn({ json }).illStaff, spec.nacsis.memberUpdates.length]).toEqual([200, '担当 B', 1]);
    });

  it('may be sent again only after NACSIS-ILL has certainly finished with the first', async () => {
    const key = spec.newKey();
    spec.nacsis.fates = ['cut-before'];
    const first = await put(undefined, key);
    expect([first.status, first.problem.code]).toEqual([504, 'outcome-unknown']);
    // No other change of the record overtakes it.
    const other = await put({ before: { tel: '03-0000-0000' }, changes: { tel: '1' } });
    expect([other.problem.code, spec.nacsis.memberUpdates.length]).toEqual(['outcome-unknown', 1]);
    spec.pass(SETTLE_SECONDS + 1);
    expect([(await put(undefined, key)).status, spec.nacsis.memberUpdates.length]).toEqual([200, 2]);
  });

  it('is unknown while NACSIS-ILL cannot be read, which is not "not done"', async () => {
    const key = spec.newKey();
    spec.nacsis.fates = ['cut-after'];
    spec.nacsis.during = () => {
      spec.nacsis.readable = false;
      return Promise.resolve();
    };
    expect((await put(undefined, key)).problem.code).toBe('outcome-unknown');
    spec.nacsis.readable = true;
    expect([(await put(undefined, key)).status, spec.nacsis.memberUpdates.length]).toEqual([200, 1]);
  });

  it('takes one of two changes at a time', async () => {
    const both = await Promise.all([put(), put({ before: { illStaff: '担当 A' }, changes: { illStaff: '担当 C' } })]);
    expect(both.filter(({ status }) => status === 200).length).toBe(1);
    expect(spec.nacsis.memberUpdates.length).toBe(1);
  });

  /** Runs this once, when a call reads the record: before NACSIS-ILL does, or after. */
  const atReading = (when: 'before' | 'after', act: () => Promise<unknown>) => {
    const read = spec.nacsis.members;
    const spy = spyOn(spec.nacsis, 'members').and.callFake(async (...call) => {
      spy.and.callFake(read);
      if (when === 'before') await act();
      const found = await read(...call);
      if (when === 'after') await act();
      return found;
    });
  };

  it('is not overwritten by a change that another one overtook after the record was read', async () => {
    atReading('after', () => put());
    const late = await put({ before: { illStaff: '担当 A' }, changes: { illStaff: '担当 C' } });
    expect([late.problem.code, spec.nacsis.memberUpdates]).toEqual(['command-in-progress', [CHANGES]] as never);
  });

  it('is answered alike to two calls with one key, when the first ends before the second reads', async () => {
    const key = spec.newKey();
    atReading('before', () => put(undefined, key));
    const { status, json } = await put(undefined, key);
    expect([status, memberIn({ json }).illStaff, spec.nacsis.memberUpdates.length]).toEqual([200, '担当 B', 1]);
  });

  it('never counts as "not done" once it was done, even while NACSIS-ILL does not answer', async () => {
    const key = spec.newKey();
    await put(undefined, key);
    spec.nacsis.readable = false;
    const { status, problem } = await put(undefined, key);
    expect([status, problem.code]).toEqual([504, 'outcome-unknown']);
    // The same for a call that has begun to read when the other one ends.
    spec.nacsis.readable = true;
    const again = spec.newKey();
    const body = { before: { tel: '03-0000-0000' }, changes: { tel: '1' } };
    atReading('before', async () => {
      await put(body, again);
      spec.nacsis.readable = false;
    });
    expect((await put(body, again)).problem.code).toBe('outcome-unknown');
  });

  it('counts as done when NACSIS-ILL takes it and keeps another value', async () => {
    const update = spec.nacsis.updateMember;
    spyOn(spec.nacsis, 'updateMember').and.callFake((account, changes, notAfter) =>
      update(account, { ...changes, illStaff: '担当' }, notAfter),
    );
    const { status, json } = await put();
    expect([status, memberIn({ json }).illStaff]).toEqual([200, '担当']);
    expect((await rows()).map(({ state }) => state)).toEqual(['applied']);
  });

  it('is sent without blanks around texts, and without the fields that stay as they are', async () => {
    const before = { ...BEFORE, service: 'A', policies: [] };
    const changes = { ...CHANGES, illStaff: ' 担当 B ', service: 'A', policies: [' 土曜休館 '] };
    expect((await put({ before, changes })).status).toBe(200);
    const sent = { ...CHANGES, policies: ['土曜休館'] };
    expect(spec.nacsis.memberUpdates).toEqual([sent] as never);
    expect((await rows()).map((row) => [row.before, row.changes])).toEqual([
      [{ ...BEFORE, policies: [] }, sent],
    ] as never);
    const nothing = await put({ before: { illStaff: '担当 B' }, changes: { illStaff: '担当 B ' } });
    expect(nothing.problem.errors).toEqual([{ field: 'changes', code: 'required' }]);
  });

  it('keeps its key when the night has deleted the used keys', async () => {
    const key = spec.newKey();
    await put(undefined, key);
    await store.db.deleteFrom('used_keys').execute();
    const other = await put({ before: { tel: '03-0000-0000' }, changes: { tel: '1' } }, key);
    expect(other.problem.code).toBe('idempotency-key-reused');
    expect([(await put(undefined, key)).status, spec.nacsis.memberUpdates.length]).toEqual([200, 1]);
  });

  it('is not found where NACSIS-ILL has none, and not "not found" when NACSIS-ILL does not answer', async () => {
    spec.nacsis.changedMembers.set(OWN_ID, undefined);
    expect((await put()).problem.code).toBe('not-found');
    spec.nacsis.readable = false;
    expect((await put()).problem.code).toBe('nacsis-unavailable');
  });
});

describe('planned closures', () => {
  let spec: SpecApp;
  let store: Store;
  useSpecApp(['member_changes', 'closures', 'used_keys', 'requests'], (started) => ({ spec, store } = started));

  const day = (days: number) => addDays(today(), days);
  const plan = (from: string, to: string, key = spec.newKey(), path = PATH) =>
    spec.call('POST', `${path}/closures`, { as: MANAGER, key, body: { from, to } });
  const planned = async (from: number, to: number) => (await plan(day(from), day(to))).json as Closure;
  const list = async (as = STAFF, path = PATH) => (await spec.call('GET', `${path}/closures`, { as })).json as Closures;
  const end = ({ id, version }: Closure, action: string, key = spec.newKey()) =>
    spec.call('POST', `${PATH}/closures/${id}/${action}`, { as: MANAGER, key, body: { version } });
  const move = ({ id, version }: Closure, from: string, to: string) =>
    spec.call('PUT', `${PATH}/closures/${id}`, { as: MANAGER, body: { from, to, version } });
  const run = ({ id }: Closure) =>
    store.db
      .updateTable('closures')
      .set({ state: 'running', closed: 'switched' })
      .where('closure_id', '=', id)
      .execute();

  it('are kept once for each key, and listed by day', async () => {
    const key = spec.newKey();
    const [later, again] = [await plan(day(10), day(12), key), await plan(day(10), day(12), key)];
    expect([later.status, again.status, later.json]).toEqual([201, 201, again.json]);
    const sooner = await planned(1, 2);
    const { items, today: now } = await list();
    expect([now, items.map(({ id }) => id)]).toEqual([today(), [sooner.id, (later.json as Closure).id]]);
    expect(items[0]).toEqual({
      ...{ id: sooner.id, from: day(1), to: day(2), state: 'planned', version: 1, plannedBy: 'manager001' },
      endsEarly: false,
    });
    expect((await plan(day(20), day(21), key)).problem.code).toBe('idempotency-key-reused');
  });

  it('keep their key when the night has deleted the used keys', async () => {
    const key = spec.newKey();
    const first = await plan(day(10), day(12), key);
    await store.db.deleteFrom('used_keys').execute();
    const again = await plan(day(10), day(12), key);
    expect([again.status, again.json]).toEqual([201, first.json]);
    await store.db.deleteFrom('used_keys').execute();
    expect((await plan(day(20), day(21), key)).problem.code).toBe('idempotency-key-reused');
  });

  it('are refused in words when they cannot be', async () => {
    await planned(5, 9);
    const [past, now] = [{ today: `${today().slice(0, 4)}-${today().slice(4, 6)}-${today().slice(6)}` }, day(0)];
    for (const [from, to, error] of [
      [day(-1), day(1), { field: 'from', code: 'date-past', params: past }],
      [day(3), day(2), { field: 'to', code: 'ends-before-begin' }],
      ['20260230', day(2), { field: 'from', code: 'bad-date' }],
      [now, day(366), { field: 'to', code: 'closure-too-long', params: { max: 366 } }],
      [day(9), day(12), { field: 'from', code: 'closure-overlaps', params: jasmine.any(Object) }],
      [day(1), day(5), { field: 'from', code: 'closure-overlaps', params: jasmine.any(Object) }],
      [day(4), day(10), { field: 'from', code: 'closure-overlaps', params: jasmine.any(Object) }],
    ] as const) {
      const { status, problem } = await plan(from, to);
      expect([status, problem.code, problem.errors]).toEqual([422, 'invalid-fields', [error as never]]);
    }
    for (const [from, to] of [
      [4, 4],
      [10, 375],
    ] as const)
      expect((await plan(day(from), day(to))).status).toBe(201);
    expect((await list()).items.length).toBe(3);
  });

  it('that fail are counted for the metrics', async () => {
    const { id } = await planned(0, 1);
    const metric = async () => (await spec.app.inject('/metrics')).payload.match(/^gateway_closures_failing\{.*$/gm);
    const labels = 'gateway_closures_failing{institution="81SIM_INST",library="RES_SHARE"}';
    expect(await metric()).toEqual([`${labels} 0`]);
    const failure = JSON.stringify({ code: 'nacsis-unavailable', at: '' });
    await store.db.updateTable('closures').set({ failure, next_at: new Date() }).where('closure_id', '=', id).execute();
    expect(await metric()).toEqual([`${labels} 1`]);
    expect((await list()).items[0]?.failure?.code).toBe('nacsis-unavailable');
  });

  it('do not overlap when two are planned at once', async () => {
    const both = await Promise.all([plan(day(1), day(3)), plan(day(2), day(4))]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 422]);
  });

  it('are moved and cancelled on their newest version', async () => {
    const closure = await planned(5, 9);
    await planned(20, 21);
    const moved = await move(closure, day(6), day(8));
    expect([moved.status, moved.json]).toEqual([200, { ...closure, from: day(6), to: day(8), version: 2 }]);
    expect((await move(closure, day(6), day(8))).problem.code).toBe('stale-version');
    const onto = await move(moved.json as Closure, day(6), day(20));
    expect(onto.problem.errors?.map(({ code }) => code)).toEqual(['closure-overlaps']);
    expect((await end(closure, 'cancel')).problem.code).toBe('stale-version');
    expect((await end(moved.json as Closure, 'end')).problem.code).toBe('action-not-allowed');
    const key = spec.newKey();
    for (const reply of [
      await end(moved.json as Closure, 'cancel', key),
      await end(moved.json as Closure, 'cancel', key),
    ])
      expect([reply.status, (reply.json as Closure).state]).toEqual([200, 'cancelled']);
    expect((await move({ ...closure, version: 3 }, day(6), day(8))).problem.code).toBe('action-not-allowed');
    // Its days are free again.
    expect((await plan(day(5), day(9))).status).toBe(201);
  });

  it('that run are not cancelled and keep their first day, but can be ended or prolonged', async () => {
    const closure = await planned(0, 3);
    await run(closure);
    expect((await end(closure, 'cancel')).problem.code).toBe('action-not-allowed');
    expect((await move(closure, day(1), day(3))).problem.errors).toEqual([{ field: 'from', code: 'not-editable-now' }]);
    const longer = (await move(closure, day(0), day(5))).json as Closure;
    expect(longer.to).toBe(day(5));
    const ended = (await end(longer, 'end')).json as Closure;
    expect([ended.state, ended.endsEarly]).toEqual(['running', true]);
    expect((await move(ended, day(0), day(6))).problem.code).toBe('action-not-allowed');
  });

  it('are changed by managers only, and never seen by another institution or library', async () => {
    const closure = await planned(1, 2);
    const body = { from: day(5), to: day(6) };
    for (const as of [STAFF, READER]) {
      const key = spec.newKey();
      const replies = [
        await spec.call('POST', `${PATH}/closures`, { as, key, body }),
        await spec.call('PUT', `${PATH}/closures/${closure.id}`, { as, body: { ...body, version: 1 } }),
        await spec.call('POST', `${PATH}/closures/${closure.id}/cancel`, { as, key, body: { version: 1 } }),
      ];
      expect(replies.map(({ status }) => status)).toEqual([403, 403, 403]);
    }
    expect((await list(COLLEAGUE)).items.length).toBe(1);
    expect((await list(STRANGER)).items).toEqual([]);
    expect((await list(STAFF, '/api/v1/libraries/BRANCH')).items).toEqual([]);
    // Another library may be closed on the same days, and does not reach this one's closures.
    expect((await plan(day(1), day(2), spec.newKey(), '/api/v1/libraries/BRANCH')).status).toBe(201);
    const other = await spec.call('POST', `/api/v1/libraries/BRANCH/closures/${closure.id}/cancel`, {
      ...{ as: MANAGER, key: spec.newKey(), body: { version: 1 } },
    });
    const stranger = await spec.call('POST', `${PATH}/closures/${closure.id}/cancel`, {
      ...{ as: STRANGER.replace('staff', 'manager'), key: spec.newKey(), body: { version: 1 } },
    });
    expect([other.status, stranger.status]).toEqual([404, 404]);
  });

  it('name the open requests that wait for the library or are due then', async () => {
    const row = (id: string, part: object) => ({
      ...{ institution: '81SIM_INST', side: 'lender', id, library: 'RES_SHARE', member_id: OWN_ID, kind: 'loan' },
      ...{ state: 'ON_LOAN', external_status: '借用中', record: JSON.stringify({ fields: {}, history: [] }) },
      ...{ history_lengths: '{}', title: id, seen_at: new Date(), changed_at: new Date(), history_seen: '{}' },
      ...{ citation: '', waits: false, open: true, search_text: '', ...part },
    });
    const rows = [
      row('LA0000000001', { due_date: day(4) }),
      row('LA0000000002', { due_date: day(6) }),
      row('LA0000000003', { due_date: day(3) }),
      row('LA0000000004', { waits: true, state: 'UNPROCESSED', external_status: '未処理' }),
      row('LA0000000005', { due_date: day(4), open: false }),
      row('LA0000000006', { due_date: day(4), library: 'BRANCH' }),
      row('LA0000000007', { due_date: day(4), institution: '81SIM2_INST' }),
    ];
    await store.db
      .insertInto('requests')
      .values(rows as never)
      .execute();
    const { json } = await spec.call('GET', `${PATH}/closures/requests?from=${day(3)}&to=${day(5)}`);
    const { total, items } = json as { readonly total: number; readonly items: readonly { readonly id: string }[] };
    expect([total, items.map(({ id }) => id.slice(-1))]).toEqual([3, ['4', '3', '1']]);
    const bad = await spec.call('GET', `${PATH}/closures/requests?from=${day(5)}&to=${day(3)}`);
    expect(bad.problem.errors).toEqual([{ field: 'to', code: 'ends-before-begin' }]);
  });
});
