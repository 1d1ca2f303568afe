import type { PGlite } from '@electric-sql/pglite';
import type { PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';

type Command = PostgresQueryResult<unknown>['command'];

/**
 * PGlite behind the pool that Kysely's PostgreSQL dialect expects. PGlite has one connection: whoever takes it keeps it
 * until release, so that transactions never interleave.
 */
export class PGlitePool implements PostgresPool {
  readonly #pglite: PGlite;
  #turn: Promise<void> = Promise.resolve();

  constructor(pglite: PGlite) {
    this.#pglite = pglite;
  }

  async connect(): Promise<PostgresPoolClient> {
    const before = this.#turn;
    let release: () => void = () => undefined;
    this.#turn = new Promise((resolve) => {
      release = resolve;
    });
    await before;
    return { query: this.#query as PostgresPoolClient['query'], release };
  }

  /** For the job queue, which sends several statements at once where they have no values. */
  readonly executeSql = async (text: string, values: unknown[] = []): Promise<{ rows: unknown[] }> => {
    const client = await this.connect();
    try {
      if (values.length > 0) return await this.#pglite.query(text, values);
      return (await this.#pglite.exec(text)).at(-1) ?? { rows: [] };
    } finally {
      client.release();
    }
  };

  async end(): Promise<void> {
    await this.#turn;
    await this.#pglite.close();
  }

  readonly #query = async <R>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>> => {
    const result = await this.#pglite.query<R>(text, [...parameters]);
    const command = (/^\s*(\w+)/.exec(text)?.[1] ?? 'SELECT').toUpperCase() as Command;
    return { command, rowCount: result.affectedRows ?? result.rows.length, rows: result.rows };
  };
}
