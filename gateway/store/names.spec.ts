import { sql } from 'kysely';
import { DEFAULT_INTEGRATION } from '#domain/imports/integration';
import { STATES, type StateId } from '#domain/ill/states';
import type { HistoryEntry, IllRequest } from '#domain/ill/request';
import { IMPORT_DEFAULTS } from '../runs/settings';
import { RequestReading } from '../worklist/request-reading';
import { viewOf } from '../commands/view';
import { SpecNacsis } from '../testing/spec-nacsis';
import { specStores } from '../testing/spec-stores';
import { COLUMNS_WITH_NAMES } from '../testing/columns-with-names';
import { Upkeep } from '../upkeep/upkeep';
import { upkeepWork } from '../upkeep/upkeep-work';
import { findName } from './find-name';
import { eraseRequests } from './names';
import { UpkeepStore } from './upkeep-store';
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
const NAME = '利用者 001';
const USER = 'patron001';
/** Everything by which the patron of a request could be recognised. */
const PATRON = {
  ...{ applicant: NAME, applicantAffiliation: '文学部 甲', borrowerLocalData: `ID=${USER}`, permitNumber: USER },
  ...{ borrowerAccountData: USER, electronicAddress: `${USER}@example.org`, lenderLocalData: `${NAME} 様` },
};
/** Traces of the patron, written as somebody who searches for the patron may write them. */
const TRACES = ['利用者００１', '文学部甲', 'PATRON001'];
const DAY_MS = 86_400_000;
const TABLES = Object.keys(COLUMNS_WITH_NAMES) as (keyof typeof COLUMNS_WITH_NAMES)[];

const request = (id: string, state: StateId = 'CONFIRMED', history: readonly HistoryEntry[] = []): IllRequest => ({
  id,
  kind: 'copy',
  state,
  externalStatus: STATES[state].wire,
  history: [{ command: 'ORDER', memberId: MEMBER, comment: `${NAME} 様へ` }, ...history],
  fields: { id, bibNote: '見本の資料', borrowerId: MEMBER, lenderId: 'FA090018', borrowerNumber: '26-0001', ...PATRON },
});
interface Night {
  readonly at?: Date;
  readonly days?: number;
  readonly library?: typeof LIBRARY & { readonly integration?: object };
}

const PROBLEM = {
  type: 'urn:nacsis-ill:error:nacsis-rejected',
  title: 'nacsis-rejected',
  status: 502,
  code: 'nacsis-rejected',
};
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
    const traces = async () => {
      const found: string[] = [];
      for (const trace of TRACES)
        for await (const { table, column } of findName(store.db, trace))
          found.push(`${table.split('.').at(-1) ?? ''}.${column}`);
      return [...new Set(found)].sort();
    };
    /** Runs the nightly upkeep at a time when everything before LIMIT is past its retention. */
    const night = async ({ at = LIMIT, days = 1, library = LIBRARY }: Night = {}) => {
      const failures: unknown[] = [];
      const now = () => new Date(at.getTime() + days * DAY_MS);
      const config = {
        imports: { ...IMPORT_DEFAULTS, eraseNamesDays: days },
        drafts: { keepDays: days },
        institutions: [{ ...INSTITUTION, libraries: [library] }],
      };
      const work = upkeepWork({ db: store.db, config, now });
      const parts = { work, now, store: new UpkeepStore(store.db), count: () => undefined };
      await new Upkeep({ ...parts, failed: (error) => failures.push(error) }).run();
      expect(failures).toEqual([]);
    };

    /** A request that the import created in Alma, with everything that is stored about it. */
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
          ...{ request_id: id, mark: null, history_length: 0, state_before: null },
          sent: JSON.stringify({ applicant: NAME }),
          problem: JSON.stringify({ ...PROBLEM, detail: NAME, nacsis: { status: '400', message: NAME } }),
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
      await item(id, now);
      await exchanged(id, now);
      const draft = { institution: 'A', library: 'RES_SHARE', user_id: 'staff001', kind: null, updated_at: now };
      const content = JSON.stringify({ fields: PATRON, [NAME]: 1 });
      await store.db
        .insertInto('drafts')
        .values({ ...draft, draft_id: `draft-${id}`, content })
        .execute();
    };
    /** A message of Alma about the request. */
    const exchanged = async (id: string, now: Date) => {
      const { transaction_id } = await store.db
        .insertInto('bridge_transactions')
        .values({
          ...{ institution: 'A', library: 'RES_SHARE', side: 'borrower', requester: 'isil:a', supplier: 'isil:b' },
          ...{ requester_request_id: `alma-${id}`, supplier_request_id: id, request_id: id, kind: 'copy', title: null },
          ...{
            told_version: 1,
            told: JSON.stringify({ historyLength: 0, sent: [] }),
            created_at: now,
            updated_at: now,
          },
        })
        .returning('transaction_id')
        .executeTakeFirstOrThrow();
      await store.db
        .insertInto('bridge_messages')
        .values({
          ...{ institution: 'A', transaction_id, direction: 'in', name: 'Received', identity: `i-${id}` },
          ...{ body_hash: null, sent_at: now, state: 'refused', rule: null, commands: '[]', created_at: now },
          content: JSON.stringify({ note: NAME }),
          problem: JSON.stringify({ code: 'wrong-state', detail: USER }),
        })
        .execute();
    };
    const item = async (id: string, now: Date) => {
      const run = { institution: 'A', run_id: `run-${id}` };
      const none = { only: null, retry_of: null, started_by: null, started_at: null, finished_at: now, step_at: null };
      const noWait = { wait_since: null, wait_until: null, wait_code: null };
      await store.db
        .insertInto('import_runs')
        .values({
          ...{ ...run, ...none, ...noWait, libraries: '[]', trigger: 'staff', full: false, dry_run: false },
          failure: JSON.stringify({ code: 'nacsis-rejected', detail: NAME }),
          ...{ state: 'failed', cancelling: false, requested_at: now, resumed: 0, libraries_read: '[]' },
          ...{ records_read: 0, wait_count: 0, configuration: '[]', revision: 0 },
        })
        .execute();
      const changes = [{ what: 'collective-patron', from: 'patron001', to: 'ILL000' }, { what: 'created' }];
      await store.db
        .insertInto('import_items')
        .values({
          ...{ ...run, library: 'RES_SHARE', side: 'borrower', id, kind: 'copy', place: 1, outcome: 'failed' },
          ...{ changes: JSON.stringify(changes), attempts: 1, not_before: null, done_at: now },
          failure: JSON.stringify({ code: 'requester-unknown', name: USER, almaMessage: USER, detail: NAME }),
        })
        .execute();
    };

    it('are erased wherever they stand; what the staff did, and the rest, stays as it is', async () => {
      await imported('LA1', 'CONFIRMED', OLD);
      const before = await found('LA1');
      const erased = TABLES.flatMap((table) =>
        Object.entries(COLUMNS_WITH_NAMES[table]).flatMap(([column, holds]) =>
          holds === 'erased' ? [`${table}.${column}`] : [],
        ),
      );
      expect(await traces()).toEqual(erased.sort());
      await night();
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
      expect(after.record.history).toEqual([{ command: 'ORDER', memberId: MEMBER }]);
      expect(viewOf(after, 'lenient').almaRequest).toBeUndefined();
      const [entry] = await store.db.selectFrom('journal').selectAll().execute();
      expect([entry?.user_id, entry?.command, entry?.request_id, entry?.alma_request_id]).toEqual([
        ...['staff001', 'ORDER', 'LA1', 'alma-LA1'],
      ]);
      const [told] = await store.db.selectFrom('import_items').selectAll().execute();
      expect(told?.changes).toEqual([{ what: 'collective-patron', to: 'ILL000' }, { what: 'created' }]);
      expect(told?.failure).toEqual({ code: 'requester-unknown' });
      const message = await store.db.selectFrom('bridge_messages').selectAll().executeTakeFirst();
      expect([message?.identity, message?.content, message?.problem as unknown]).toEqual([
        ...['i-LA1', null, { code: 'wrong-state' }],
      ]);
      const [run] = await store.db.selectFrom('import_runs').selectAll().execute();
      expect([run?.failure, entry?.problem as unknown]).toEqual([{ code: 'nacsis-rejected' }, PROBLEM]);
      expect(await eraseRequests(store.db, LIMIT)).toBe(0);
    });

    it('stay while the request is open or has not ended long enough', async () => {
      await imported('LA1', 'SHIPPED', OLD);
      await imported('LA2', 'CONFIRMED', NEW);
      await store.db.deleteFrom('import_runs').where('run_id', '=', 'run-LA1').execute();
      await store.db.deleteFrom('drafts').where('draft_id', '=', 'draft-LA1').execute();
      const held = () => store.db.selectFrom('requests').selectAll().orderBy('id').execute();
      const [before, named] = [await held(), await traces()];
      await night();
      expect([await held(), await traces()]).toEqual([before, named]);
    });

    it('are erased of what is gone, too, and of orders that came to nothing', async () => {
      const row = await saveSnapshot(store.db, snapshot(request('LA1', 'SHIPPED')), OLD);
      await markGone(store.db, row, 'not-delivered');
      await imported('LA2', 'CONFIRMED', OLD);
      await store.db.updateTable('journal').set({ request_id: null, state: 'rejected' }).execute();
      await night();
      expect(await traces()).toEqual([]);
    });

    it('do not come back with a reading of everything, nor with a link, and do again when the request goes on', async () => {
      const nacsis = new SpecNacsis();
      let time = NEW.getTime();
      const reading = new RequestReading(store.db, nacsis, () => new Date((time += 1)));
      await imported('LA1', 'CONFIRMED', OLD);
      nacsis.stored.set('LA1', request('LA1'));
      const { version } = await found('LA1');
      await night();
      const read = await reading.refresh(INSTITUTION, LIBRARY, true);
      expect([read.read, read.changed, read.failure]).toEqual([1, 0, undefined]);
      expect(await traces()).toEqual([]);
      expect((await found('LA1')).version).toBe(version);

      const history = [{ command: 'OK', memberId: MEMBER, comment: NAME }];
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
      expect(await eraseRequests(store.db, LIMIT)).toBe(0);
      expect(await eraseRequests(store.db, new Date(time + 1))).toBe(1);
    });

    it('do not come back with a reading that is older than what is stored, nor with a report of a later import', async () => {
      await imported('LA1', 'CONFIRMED', OLD);
      const { record } = await found('LA1');
      const more = [{ command: 'OK', memberId: MEMBER, comment: NAME }];
      await saveSnapshot(store.db, snapshot(request('LA1', 'CONFIRMED', more)), OLD);
      await night();
      const stale = { ...request('LA1', 'ARRIVED'), history: record.history };
      await saveSnapshot(store.db, snapshot(stale), NEW);
      await store.db.deleteFrom('import_runs').execute();
      await item('LA1', NEW);
      expect(await traces()).toEqual(['import_items.changes', 'import_items.failure', 'import_runs.failure']);
      await store.db.updateTable('import_runs').set({ failure: null }).execute();
      await night();
      expect(await traces()).toEqual([]);
    });

    it('are erased of the number of the request, too, where a library writes the id there', async () => {
      const numbered = (id: string, borrowerNumber: string): IllRequest => {
        const of = request(id);
        return { ...of, fields: { ...of.fields, borrowerNumber } };
      };
      const link = { almaRequest: { userId: USER, requestId: 'alma-LA1' } };
      await saveSnapshot(store.db, snapshot(numbered('LA1', USER), link), OLD);
      await saveSnapshot(store.db, snapshot(numbered('LA2', 'p-2')), OLD);
      await night();
      const numberOf = async (id: string) => (await found(id)).record.fields.borrowerNumber;
      expect([await numberOf('LA1'), await numberOf('LA2')]).toEqual([undefined, 'p-2']);
      await saveSnapshot(store.db, snapshot(numbered('LA1', USER)), NEW);
      expect(await traces()).toEqual([]);
      await store.db.updateTable('requests').set({ names_erased: false }).where('id', '=', 'LA2').execute();
      const requester = { ...DEFAULT_INTEGRATION.requester, patronIdField: 'borrowerNumber' };
      await night({ library: { ...LIBRARY, integration: { requester } } });
      expect(await numberOf('LA2')).toBeUndefined();
    });

    it('cannot stand in a column that nobody has thought of', async () => {
      const { rows } = await sql<{ readonly at: string }>`select table_name || '.' || column_name as at
        from information_schema.columns where table_schema = current_schema() and table_name not like 'kysely%'`.execute(
        store.db,
      );
      const decided = TABLES.flatMap((table) =>
        Object.keys(COLUMNS_WITH_NAMES[table]).map((column) => `${table}.${column}`),
      );
      expect(rows.map(({ at }) => at).sort()).toEqual(decided.sort());
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
      expect(await eraseRequests(store.db, LIMIT)).toBe(1001);
      expect(await traces()).toEqual([]);
      expect((await counted()).rows).toEqual(before);
    });
  });
}
