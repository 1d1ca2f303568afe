import type { Insertable, Kysely } from 'kysely';
import { specStores } from '../testing/spec-stores';
import { importCounts } from './import-counts';
import type { ImportRunsTable } from './import-schema';
import type { Schema } from './schema';
import type { Store } from './open-store';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 24, 1, minute));

for (const { name, open } of specStores())
  describe(`importCounts on ${name}`, () => {
    let store: Store;
    let db: Kysely<Schema>;
    let drop: () => Promise<void>;
    let place = 0;

    beforeEach(async () => {
      ({ store, drop } = await open());
      db = store.db;
    });
    afterEach(() => drop());

    const run = (id: string, minute: number, changes: Partial<Insertable<ImportRunsTable>> = {}) =>
      db
        .insertInto('import_runs')
        .values({
          institution: 'A',
          run_id: id,
          libraries: JSON.stringify(['MAIN']),
          trigger: 'schedule',
          full: false,
          dry_run: false,
          state: 'completed',
          requested_at: at(minute),
          finished_at: at(minute),
          ...changes,
        } as Insertable<ImportRunsTable>)
        .execute();
    const item = (id: string, library: string, outcome: 'created' | 'failed' | null) => {
      place += 1;
      const about = { institution: 'A', run_id: id, library, side: 'borrower', id: `LA${String(place)}` } as const;
      return db
        .insertInto('import_items')
        .values({ ...about, place, outcome, changes: '[]', attempts: 0 })
        .execute();
    };

    it('is nothing where nothing was run', async () => {
      expect(await importCounts(db)).toEqual({ runs: [], libraries: [] });
    });

    it('counts the failed requests of the last run that has ended, for each library', async () => {
      const both = { libraries: JSON.stringify(['MAIN', 'BRANCH']) };
      await run('first', 1, both);
      await run('last', 2, { ...both, state: 'failed' });
      await run('going', 3, { ...both, state: 'running', finished_at: null });
      for (const [id, library, outcome] of [
        ['first', 'MAIN', 'failed'],
        ['last', 'MAIN', 'failed'],
        ['last', 'MAIN', 'failed'],
        ['last', 'MAIN', 'created'],
        ['last', 'BRANCH', null],
        ['going', 'BRANCH', 'failed'],
      ] as const)
        await item(id, library, outcome);
      const { runs, libraries } = await importCounts(db);
      expect([...runs].sort((left, right) => (left.state < right.state ? -1 : 1))).toEqual([
        { state: 'completed', count: 1 },
        { state: 'failed', count: 1 },
        { state: 'running', count: 1 },
      ]);
      expect(libraries).toEqual([
        { institution: 'A', library: 'BRANCH', failed: 0, completedAt: at(1) },
        { institution: 'A', library: 'MAIN', failed: 2, completedAt: at(1) },
      ]);
    });

    it('leaves dry runs and retries out, and keeps institutions apart', async () => {
      await run('dry', 5, { dry_run: true });
      await run('retry', 6, { retry_of: 'dry' });
      await run('other', 7, { institution: 'B', state: 'cancelled' });
      expect((await importCounts(db)).libraries).toEqual([
        { institution: 'B', library: 'MAIN', failed: 0, completedAt: null },
      ]);
    });
  });
