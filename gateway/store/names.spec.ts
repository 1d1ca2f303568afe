import { sql } from 'kysely';
import { STATES, type StateId } from '#domain/states';
import type { HistoryEntry, IllRequest } from '#domain/request';
import { RequestReading } from '../worklist/request-reading';
import { viewOf } from '../commands/view';
import { SpecNacsis } from '../testing/spec-nacsis';
import { specStores } from '../testing/spec-stores';
import { eraseNames } from './names';
import type { Store } from './open-store';
import { findRequest, markGone, saveSnapshot, saveSnapshots, type Snapshot } from './requests-store';

const OLD = new Date('2026-03-01T01:00:00Z');
const LIMIT = new Date('2026-06-01T01:00:00Z');
const NEW = new Date('2026-07-01T01:00:00Z');
const MEMBER = 'FA090007';
const LIBRARY = {
  code: 'RES_SHARE',
  name: '相互利用係',
  memberId: MEMBER,
  account: { memberId: MEMBER, user: 'spec', password: 'spec-password' },
};
const INSTITUTION = { code: 'A', almaApiKey: 'spec-api-key', libraries: [LIBRARY] };
/** Everything that the patron of a request could be known by. */
const PATRON = { applicant: '利用者 001', applicantAffiliation: '文学部 甲', borrowerLocalData: 'ID=patron001' };
const TRACES = ['利用者 001', '文学部 甲', 'patron001'];
const TABLES = [
  ...(['requests', 'request_counts', 'journal', 'import_runs', 'import_items', 'alma_records', 'alma_seen'] as const),
  ...(['unreadable_records', 'readings', 'profiles'] as const),
];

const request = (id: string, state: StateId = 'CONFIRMED', history: readonly HistoryEntry[] = []): IllRequest => ({
  id,
  kind: 'copy',
  state,
  externalStatus: STATES[state].wire,
  history: [{ command: 'ORDER', memberId: MEMBER }, ...history],
  fields: { id, bibNote: '見本の資料', borrowerId: MEMBER, lenderId: 'FA090018', borrowerNumber: '26-0001', ...PATRON },
});
const snapshot = (of: IllRequest, more: Partial<Snapshot> = {}): Snapshot => ({
  ...{ institution: 'A', library: 'RES_SHARE', memberId: MEMBER, side: 'borrower', request: of },
  ...more,
});

for (const { name, open } of specStores()) {
  describe(`the patrons of requests that have ended, on ${name}`, () => {
    let store: Store;
    let drop: () => Promise<void>;

    beforeAll(async () => {
      ({ store, drop } = await open());
    });
    afterAll(async () => {
      await drop();
    });
    beforeEach(async () => {
      for (const table of TABLES) await store.db.deleteFrom(table).execute();
    });

    const found = async (id: string) => (await findRequest(store.db, 'A', 'borrower', id))!;
    const dump = async () => {
      const tables = await sql<{ name: string }>`select table_name as name from information_schema.tables
        where table_schema = current_schema() and table_type = 'BASE TABLE'`.execute(store.db);
      const texts = tables.rows.map(async ({ name: table }) => {
        const rows = await sql<{ text: string }>`select t::text as text from ${sql.table(table)} as t`.execute(
          store.db,
        );
        return rows.rows.map(({ text }) => `${table}: ${text}`);
      });
      return (await Promise.all(texts)).flat();
    };
    const traces = async () => (await dump()).filter((row) => TRACES.some((trace) => row.includes(trace)));

    /** A request that the import made in Alma, with all that is kept of it. */
    const imported = async (id: string, state: StateId, now: Date) => {
      const almaRequest = { userId: 'patron001', requestId: `alma-${id}` };
      await saveSnapshot(store.db, snapshot(request(id, state), { almaRequest }), now);
      await store.db
        .insertInto('journal')
        .values({
          ...{
            institution: 'A',
            idempotency_key: `key-${id}`,
            payload_hash: 'h',
            state: 'applied',
            library: 'RES_SHARE',
          },
          ...{ member_id: MEMBER, user_id: 'staff001', kind: 'copy', side: 'borrower', command: 'ORDER' },
          ...{ request_id: id, mark: null, history_length: 0, state_before: null, problem: null, lost_by: null },
          ...{ alma_user_id: 'patron001', alma_request_id: `alma-${id}`, sent_at: now, lease_until: now },
          ...{ created_at: now, updated_at: now },
        })
        .execute();
      await store.db
        .insertInto('alma_records')
        .values({
          institution: 'A',
          side: 'borrower',
          id,
          claimed_at: now,
          claimed_for: 'patron001',
          unknown: false,
          kept: '[]',
        })
        .execute();
      await store.db
        .insertInto('alma_seen')
        .values({
          institution: 'A',
          alma_request_id: `seen-${id}`,
          user_id: 'patron001',
          nacsis_ids: JSON.stringify([id]),
        })
        .execute();
      await item(id, now);
    };
    const item = async (id: string, now: Date) => {
      const run = { institution: 'A', run_id: `run-${id}` };
      const none = { only: null, retry_of: null, started_by: null, started_at: null, finished_at: null, step_at: null };
      const noWait = { wait_since: null, wait_until: null, wait_code: null, failure: null };
      await store.db
        .insertInto('import_runs')
        .values({
          ...{ ...run, ...none, ...noWait, libraries: '[]', trigger: 'staff', full: false, dry_run: false },
          ...{ state: 'completed', cancelling: false, requested_at: now, resumed: 0, libraries_read: '[]' },
          ...{ records_read: 0, wait_count: 0, configuration: '[]', revision: 0 },
        })
        .execute();
      const changes = [{ what: 'collective-patron', from: 'patron001', to: 'ILL000' }, { what: 'created' }];
      await store.db
        .insertInto('import_items')
        .values({
          ...{ ...run, library: 'RES_SHARE', side: 'borrower', id, kind: 'copy', place: 1, outcome: 'failed' },
          ...{ changes: JSON.stringify(changes), attempts: 1, not_before: null, done_at: now },
          failure: JSON.stringify({ code: 'requester-unknown', name: 'patron001' }),
        })
        .execute();
    };

    it('are erased wherever they stand; what the staff did, and the rest, stays as it is', async () => {
      await imported('LA1', 'CONFIRMED', OLD);
      const before = await found('LA1');
      expect((await traces()).length).toBe(5);
      expect(await eraseNames(store.db, LIMIT)).toBe(1);
      expect(await traces()).toEqual([]);
      const after = await found('LA1');
      expect(after.record.fields).toEqual({
        ...{ id: 'LA1', bibNote: '見本の資料', borrowerId: MEMBER, lenderId: 'FA090018', borrowerNumber: '26-0001' },
      });
      expect(after).toEqual({
        ...before,
        ...{ record: after.record, search_text: after.search_text, alma_user_id: null, names_erased: true },
      });
      expect(after.search_text).toContain('26-0001');
      expect(after.record.history).toEqual(before.record.history);
      expect(viewOf(after, 'lenient').almaRequest).toBeUndefined();
      const [entry] = await store.db.selectFrom('journal').selectAll().execute();
      expect([entry?.user_id, entry?.command, entry?.request_id, entry?.alma_request_id]).toEqual([
        ...['staff001', 'ORDER', 'LA1', 'alma-LA1'],
      ]);
      const [told] = await store.db.selectFrom('import_items').selectAll().execute();
      expect(told?.changes).toEqual([{ what: 'collective-patron', to: 'ILL000' }, { what: 'created' }]);
      expect(told?.failure).toEqual({ code: 'requester-unknown' });
      expect(await eraseNames(store.db, LIMIT)).toBe(0);
    });

    it('stay while the request is open or has not ended long enough', async () => {
      await imported('LA1', 'SHIPPED', OLD);
      await imported('LA2', 'CONFIRMED', NEW);
      const before = await dump();
      expect(await eraseNames(store.db, LIMIT)).toBe(0);
      expect(await dump()).toEqual(before);
    });

    it('are erased of what is gone, too, and of orders that came to nothing', async () => {
      const row = await saveSnapshot(store.db, snapshot(request('LA1', 'SHIPPED')), OLD);
      await markGone(store.db, row, 'ended');
      await imported('LA2', 'CONFIRMED', OLD);
      await store.db.updateTable('journal').set({ request_id: null, state: 'rejected' }).execute();
      expect(await eraseNames(store.db, LIMIT)).toBe(2);
      expect(await traces()).toEqual([]);
    });

    it('do not come back with a reading of everything, nor with a link, and do again when the request goes on', async () => {
      const nacsis = new SpecNacsis();
      let time = NEW.getTime();
      const reading = new RequestReading(store.db, nacsis, () => new Date((time += 1)));
      await imported('LA1', 'CONFIRMED', OLD);
      nacsis.stored.set('LA1', request('LA1'));
      const { version } = await found('LA1');
      await eraseNames(store.db, LIMIT);
      const read = await reading.refresh(INSTITUTION, LIBRARY, true);
      expect([read.read, read.changed, read.failure]).toEqual([1, 0, undefined]);
      expect(await traces()).toEqual([]);
      expect((await found('LA1')).version).toBe(version);

      const history = [{ command: 'OK', memberId: MEMBER }];
      const almaRequest = { userId: 'patron001', requestId: 'alma-LA1' };
      const more = snapshot(request('LA1', 'CONFIRMED', history), { almaRequest });
      expect((await saveSnapshot(store.db, more, new Date((time += 1)))).version).toBe(version + 1);
      expect(await traces()).toEqual([]);

      const reopened = request('LA1', 'ARRIVED', [...history, { command: 'CALLBACK', memberId: MEMBER }]);
      nacsis.stored.set('LA1', reopened);
      await reading.refresh(INSTITUTION, LIBRARY, true);
      const row = await found('LA1');
      expect([row.names_erased, row.open, row.record.fields.applicant]).toEqual([false, true, '利用者 001']);
      expect(row.search_text).toContain('利用者 001');
      nacsis.stored.set('LA1', request('LA1', 'CONFIRMED', [...reopened.history.slice(1), ...history]));
      await reading.refresh(INSTITUTION, LIBRARY, true);
      expect(await eraseNames(store.db, LIMIT)).toBe(0);
      expect(await eraseNames(store.db, new Date(time + 1))).toBe(1);
    });

    it('are erased of more requests than one batch takes, and the facets stay right', async () => {
      const ids = Array.from({ length: 1001 }, (_, at) => `LA${String(at)}`);
      await saveSnapshots(
        store.db,
        ids.map((id) => snapshot(request(id))),
        OLD,
      );
      const counted = () =>
        sql`select level, sum(number)::int as number from request_counts group by level order by level`.execute(
          store.db,
        );
      const before = (await counted()).rows;
      expect(await eraseNames(store.db, LIMIT)).toBe(1001);
      expect(await traces()).toEqual([]);
      expect((await counted()).rows).toEqual(before);
    });
  });
}
