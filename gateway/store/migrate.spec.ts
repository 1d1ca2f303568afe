import { NO_MIGRATIONS, sql } from 'kysely';
import { specStores } from '../testing/spec-stores';
import { folded } from './folded-text';
import { migrate, migratorOf } from './migrate';
import type { Store } from './open-store';
import { listRequests } from './request-list';
import { findRequest } from './requests-store';

const FIRST = '001-requests-journal-drafts';

const TABLES = [
  ...[
    'alma_left',
    'alma_records',
    'alma_stock',
    'alma_stock_lists',
    'bridge_messages',
    'bridge_progress',
    'bridge_transactions',
    'closures',
    'drafts',
    'import_items',
    'import_runs',
    'journal',
    'member_changes',
  ],
  ...['profiles', 'readings'],
  ...['request_counts', 'requests', 'unreadable_records', 'upkeep', 'used_keys'],
];

for (const { name, open } of specStores()) {
  describe(`the migrations on ${name}`, () => {
    let store: Store;
    let drop: () => Promise<void>;

    beforeEach(async () => {
      ({ store, drop } = await open());
    });
    afterEach(async () => {
      await drop();
    });

    const tables = async () => {
      const { rows } = await sql<{ name: string }>`select table_name as name from information_schema.tables
        where table_schema = current_schema() and table_name not like 'kysely%' order by 1`.execute(store.db);
      return rows.map((row) => row.name);
    };

    it('make the tables, take them away and make them again', async () => {
      expect(await tables()).toEqual(TABLES);
      await migratorOf(store.db).migrateTo(NO_MIGRATIONS);
      expect(await tables()).toEqual([]);
      await migrate(store.db);
      expect(await tables()).toEqual(TABLES);
    });

    it('keep what an older gateway has written', async () => {
      await migratorOf(store.db).migrateTo(FIRST);
      const record = JSON.stringify({ fields: {}, history: [{ command: 'ORDER' }, { command: 'RECEIVE' }] });
      await sql`insert into requests (institution, side, id, library, member_id, kind, external_status, version, record, title, seen_at)
        values ('A', 'borrower', 'LA1', 'RES_SHARE', 'FA090007', 'copy', '処理中', 3, ${record}, '', now())`.execute(
        store.db,
      );
      await migrate(store.db);
      const row = await findRequest(store.db, 'A', 'borrower', 'LA1');
      expect([row?.version, row?.external_status, row?.history_lengths]).toEqual([3, '処理中', { 3: 2 }]);
    });

    it('call what was judged by its last state not delivered any more, and count it apart', async () => {
      const { db } = store;
      await migratorOf(db).migrateTo('005-imports');
      const record = (lenderId: string) => JSON.stringify({ fields: { lenderId }, history: [] });
      const rows = [
        ['LA1', 'ended', record('FA090007')],
        ['LA2', 'passed-on', record('FA090007')],
        ['LA3', 'passed-on', record('FA090018')],
        ['LA4', 'passed-on', record('FA090007')],
        ['LA5', null, record('FA090007')],
      ] as const;
      for (const [id, gone, content] of rows)
        await sql`insert into requests (institution, side, id, library, member_id, kind, external_status, record, title, seen_at, changed_at,
            open, gone, history_lengths)
          values ('A', 'lender', ${id}, 'MAIN', 'FA090007', 'copy', '処理中', ${content}, '', now(), now(), ${gone === null}, ${gone}, '{}')`.execute(
          db,
        );
      await sql`insert into journal (institution, idempotency_key, payload_hash, state, user_id, library, member_id, side, kind, command,
          request_id, history_length, lease_until, sent_at, created_at, updated_at)
        values ('A', 'key-1', '', 'applied', 'staff001', 'MAIN', 'FA090007', 'lender', 'copy', 'PARDON', 'LA4', 1, now(), now(), now(), now())`.execute(
        db,
      );
      await migrate(db);
      const of = await db.selectFrom('requests').select(['id', 'gone', 'delivered']).orderBy('id').execute();
      expect(of.map(({ gone, delivered }) => [gone, delivered])).toEqual([
        ['not-delivered', false],
        ['not-delivered', false],
        ['passed-on', false],
        ['passed-on', false],
        [null, true],
      ]);
      const filter = { institution: 'A', libraries: ['MAIN'] };
      const { total, gone, statuses } = await listRequests(db, filter, { page: 1, pageSize: 9, sort: 'oldest' });
      expect([total, gone, statuses.map(({ count }) => count)]).toEqual([5, 4, [1]]);
    });

    it('erase the comments that an older gateway left when it erased the names', async () => {
      await migratorOf(store.db).migrateTo('005-imports');
      const history = [{ command: 'ORDER', comment: '利用者 001' }, { command: 'OK' }];
      const record = JSON.stringify({ fields: { lenderLocalData: '利用者 001', bibNote: '見本' }, history });
      for (const [id, isErased] of [
        ['LA1', true],
        ['LA2', false],
      ] as const)
        await sql`insert into requests (institution, side, id, library, member_id, kind, external_status, record, title,
            seen_at, changed_at, open, names_erased)
          values ('A', 'borrower', ${id}, 'RES_SHARE', 'FA090007', 'copy', '確認', ${record}, '', now(), now(), false, ${isErased})`.execute(
          store.db,
        );
      await migrate(store.db);
      const [erased, kept] = [
        await findRequest(store.db, 'A', 'borrower', 'LA1'),
        await findRequest(store.db, 'A', 'borrower', 'LA2'),
      ];
      expect(erased?.record).toEqual({
        fields: { bibNote: '見本' },
        history: [{ command: 'ORDER' }, { command: 'OK' }],
      });
      expect(kept?.record.history).toEqual(history);
    });

    it('fold the searched texts as searches do now', async () => {
      await migratorOf(store.db).migrateTo('010-bridge');
      const old = 'la1\n髙山の國史 ヴァイオリン\nhōgenshū ガラス';
      await sql`insert into requests (institution, side, id, library, member_id, kind, external_status, record, title,
          seen_at, changed_at, search_text)
        values ('A', 'borrower', 'LA1', 'MAIN', 'FA090007', 'copy', '発送', '{}', '', now(), now(), ${old})`.execute(
        store.db,
      );
      await migrate(store.db);
      const row = await findRequest(store.db, 'A', 'borrower', 'LA1');
      expect(row?.search_text.split('\n')).toEqual(old.split('\n').map(folded));
    });

    it('that fail are named and change nothing', async () => {
      await migratorOf(store.db).migrateTo(FIRST);
      // Blocks the second migration.
      await sql`alter table requests add column history_lengths text`.execute(store.db);
      await expectAsync(migrate(store.db)).toBeRejectedWithError(
        'the migration 002-what-was-before of the store failed',
      );
      const { rows } = await sql`select 1 from information_schema.columns where table_schema = current_schema()
        and table_name = 'journal' and column_name = 'state_before'`.execute(store.db);
      expect(rows.length).toBe(0);
    });
  });
}
