import { sql, type Kysely, type Selectable } from 'kysely';
import type { ReadingsTable, Schema, Unexplained } from './schema';

export type Reading = Pick<Selectable<ReadingsTable>, 'read_at' | 'full_at' | 'unexplained'>;

/** Stores how far the role files of each library were read. */
export class ReadingsStore {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  async find(institution: string, library: string): Promise<Reading> {
    const row = await this.#db
      .selectFrom('readings')
      .select(['read_at', 'full_at', 'unexplained'])
      .where('institution', '=', institution)
      .where('library', '=', library)
      .executeTakeFirst();
    return row ?? { read_at: null, full_at: null, unexplained: null };
  }

  /**
   * Resolves to the time up to which the files of all these libraries were completely read; undefined when the files of
   * one of them were never completely read.
   */
  async oldest(institution: string, libraries: readonly string[]): Promise<Date | undefined> {
    if (libraries.length === 0) return undefined;
    const rows = await this.#db
      .selectFrom('readings')
      .select('read_at')
      .where('institution', '=', institution)
      .where('library', 'in', [...new Set(libraries)])
      .where('read_at', 'is not', null)
      .orderBy('read_at')
      .execute();
    return rows.length < new Set(libraries).size ? undefined : (rows[0]?.read_at ?? undefined);
  }

  /**
   * Records a completed reading. `at`: when it began, so that changes during the reading are not missed. The time never
   * goes back.
   */
  async complete(
    institution: string,
    library: string,
    at: Date,
    isFull: boolean,
    unexplained: Unexplained = {},
  ): Promise<void> {
    const told = Object.keys(unexplained).length === 0 ? null : JSON.stringify(unexplained);
    await this.#db
      .insertInto('readings')
      .values({ institution, library, read_at: at, full_at: isFull ? at : null, unexplained: told })
      .onConflict((conflict) =>
        conflict.columns(['institution', 'library']).doUpdateSet({
          read_at: sql<Date>`greatest(readings.read_at, excluded.read_at)`,
          full_at: sql<Date | null>`greatest(readings.full_at, excluded.full_at)`,
          unexplained: told,
        }),
      )
      .execute();
  }

  /** Every library that was read, for the metrics. */
  async all(): Promise<readonly { readonly institution: string; readonly library: string; readonly readAt: Date }[]> {
    const rows = await this.#db
      .selectFrom('readings')
      .select(['institution', 'library', 'read_at'])
      .where('read_at', 'is not', null)
      .execute();
    return rows.flatMap(({ read_at: readAt, ...of }) => (readAt === null ? [] : [{ ...of, readAt }]));
  }
}
