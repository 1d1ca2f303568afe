import { sql } from 'kysely';
import { checkDatabase } from '../start-checks';
import { ConfigError } from '../config';
import { makeDatabase } from '../testing/spec-database';
import { specApp } from '../testing/spec-app';
import { specServer } from '../testing/spec-stores';
import { CERTIFICATE, StoreLine, type Way } from '../testing/store-line';
import { openStore, type Store } from './open-store';
import { STORE_DEFAULTS, type PoolLimits } from './pool';
import { StoreUnavailable } from './store-unavailable';

const LIMIT = 60_000;
/** The promised time, and the additional time of a busy machine, in milliseconds. */
const READY_MS = 2_000;
const SPARE_MS = 3_000;

describe('the connections to a PostgreSQL server', () => {
  let database: Awaited<ReturnType<typeof makeDatabase>>;
  let line: StoreLine;
  let store: Store | undefined;
  let noted: string[];

  beforeEach(async () => {
    database = await makeDatabase(await specServer());
    line = await StoreLine.to(database.url);
    noted = [];
  }, LIMIT);
  afterEach(async () => {
    line.cut();
    await store?.close();
    store = undefined;
    await line.close();
    await database.drop();
  }, LIMIT);

  const open = async (limits: Partial<PoolLimits> = {}, databaseUrl = line.url): Promise<Store> => {
    const note = (error: unknown, what: string) => void noted.push(`${what}: ${String(error)}`);
    return (store = await openStore({ databaseUrl, ...STORE_DEFAULTS, ...limits }, 'spec', note));
  };
  const ask = async ({ db }: Store, text = 'select 1'): Promise<unknown> => {
    const { rows } = await sql.raw<Record<string, unknown>>(text).execute(db);
    return Object.values(rows[0] ?? {})[0];
  };

  it(
    'are as many as was said; whoever waits longer than was said for one is told that the store cannot be used',
    async () => {
      const opened = await open({ poolSize: 2, connectTimeoutMs: 300 });
      const busy = [1, 2].map(() => ask(opened, 'select pg_sleep(1.5)'));
      await expectAsync(ask(opened)).toBeRejectedWithError(StoreUnavailable);
      await Promise.all(busy);
      expect(await ask(opened)).toBe(1);
    },
    LIMIT,
  );

  it(
    'end a statement that takes longer than was said, by the server itself and, where that hangs, without it',
    async () => {
      const opened = await open({ statementTimeoutMs: 300, poolSize: 1 });
      await expectAsync(ask(opened, 'select pg_sleep(60)')).toBeRejectedWithError(StoreUnavailable);
      expect(await ask(opened)).toBe(1);
      line.way = 'hangs';
      await expectAsync(ask(opened)).toBeRejectedWithError(StoreUnavailable);
      line.way = 'well';
      // The connection that hung is not used again.
      expect(await ask(opened)).toBe(1);
    },
    LIMIT,
  );

  it(
    'are told of when they are lost while nobody uses them, and replaced, also in the middle of a transaction',
    async () => {
      const opened = await open();
      await ask(opened);
      line.cut();
      while (noted.length === 0) await new Promise((resolve) => setImmediate(resolve));
      expect(noted).toEqual([jasmine.stringMatching(/^an idle connection to the store was lost: /)]);
      expect(await ask(opened)).toBe(1);
      const inTransaction = opened.db.transaction().execute(async (transaction) => {
        await sql`select 1`.execute(transaction);
        line.cut();
        await sql`select 1`.execute(transaction);
      });
      await expectAsync(inTransaction).toBeRejectedWithError(StoreUnavailable);
      expect(await ask(opened)).toBe(1);
    },
    LIMIT,
  );

  for (const way of ['hangs', 'away'] as const satisfies readonly Way[])
    for (const isCut of [false, true])
      it(
        `leave the gateway not ready within two seconds when the server ${way}, its connections ${isCut ? 'cut' : 'kept'}, and ready afterwards`,
        async () => {
          const spec = await specApp(await open());
          const ready = async (): Promise<number> => (await spec.call('GET', '/readyz', { as: null })).status;
          expect(await ready()).toBe(200);
          line.way = way;
          if (isCut || way === 'away') line.cut();
          for (const _ of [1, 2, 3]) {
            const begun = performance.now();
            expect(await ready()).toBe(503);
            expect(performance.now() - begun).toBeLessThan(READY_MS + SPARE_MS);
          }
          line.way = 'well';
          line.cut();
          while ((await ready()) !== 200);
          await spec.app.close();
        },
        LIMIT,
      );

  it(
    'are secret where the address asks for TLS, and refused where the certificate is another one',
    async () => {
      const secure = await StoreLine.to(database.url, { tls: true });
      const withTls = `${secure.url}?sslmode=verify-full&sslrootcert=${encodeURIComponent(CERTIFICATE)}`;
      await checkDatabase(withTls);
      expect(await ask(await open({}, withTls))).toBe(1);
      await store?.close();
      store = undefined;
      for (const wrong of [`${secure.url}?sslmode=verify-full`, secure.url])
        await expectAsync(checkDatabase(wrong)).toBeRejectedWithError(ConfigError);
      await secure.close();
    },
    LIMIT,
  );
});
