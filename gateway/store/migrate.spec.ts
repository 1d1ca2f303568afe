import { NO_MIGRATIONS, sql } from 'kysely';
import { specStores } from '../testing/spec-stores';
import { migrate, migratorOf } from './migrate';
import type { Store } from './open-store';
import { findRequest } from './requests-store';

const FIRST = '001-requests-journal-drafts';

const TABLES = [
  ...['alma_records', 'alma_seen', 'drafts', 'import_items', 'import_runs', 'journal', 'profiles', 'readings'],
  ...['request_counts', 'requests', 'unreadable_records'],
];

// On a PostgreSQL server, too, where TEST_DATABASE_URL names one.
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

    it('that fail are named and change nothing', async () => {
      await migratorOf(store.db).migrateTo(FIRST);
      // Something in the way of the second migration.
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
