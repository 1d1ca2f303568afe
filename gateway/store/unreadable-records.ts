import type { Kysely } from 'kysely';
import type { Kind, Side } from '#domain/ill/kinds';
import type { Schema } from './schema';

/** One of the four files of a library. */
export interface LibraryFile {
  readonly institution: string;
  readonly library: string;
  readonly side: Side;
  readonly kind: Kind;
}

/** Stores records of NACSIS-ILL that are not valid requests, until they can be read. */
export class UnreadableRecords {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  async add(
    file: LibraryFile,
    records: readonly { readonly id: string; readonly reason: string }[],
    now: Date,
  ): Promise<void> {
    // Keeps one row per id, because one statement cannot write a row twice.
    const rows = new Map(records.map(({ id, reason }) => [id, { ...keyOf(file), id, reason, seen_at: now }]));
    if (rows.size === 0) return;
    await this.#db
      .insertInto('unreadable_records')
      .values([...rows.values()])
      .onConflict((conflict) =>
        conflict.columns(['institution', 'library', 'side', 'kind', 'id']).doUpdateSet((row) => ({
          reason: row.ref('excluded.reason'),
          seen_at: row.ref('excluded.seen_at'),
        })),
      )
      .execute();
  }

  /** Removes records that were read successfully. */
  async remove(file: LibraryFile, ids: readonly string[]): Promise<void> {
    if (ids.length > 0)
      await this.#ofFile(file)
        .where('id', 'in', [...ids])
        .execute();
  }

  /**
   * Removes records last seen before `since`. The whole file was read since then, so a record not found again is gone
   * or can be read.
   */
  async removeBefore(file: LibraryFile, since: Date): Promise<void> {
    await this.#ofFile(file).where('seen_at', '<', since).execute();
  }

  async count({ institution, library, side, kind }: LibraryFile): Promise<number> {
    const { number } = await this.#db
      .selectFrom('unreadable_records')
      .select((row) => row.fn.countAll<string>().as('number'))
      .where('institution', '=', institution)
      .where('library', '=', library)
      .where('side', '=', side)
      .where('kind', '=', kind)
      .executeTakeFirstOrThrow();
    return Number(number);
  }

  #ofFile({ institution, library, side, kind }: LibraryFile) {
    return this.#db
      .deleteFrom('unreadable_records')
      .where('institution', '=', institution)
      .where('library', '=', library)
      .where('side', '=', side)
      .where('kind', '=', kind);
  }
}

function keyOf({ institution, library, side, kind }: LibraryFile): LibraryFile {
  return { institution, library, side, kind };
}
