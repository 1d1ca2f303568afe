import type { Kysely, Selectable } from 'kysely';
import type { Schema, UpkeepTable } from './schema';

export type UpkeepRow = Selectable<UpkeepTable>;

/** Stores when each step of the nightly upkeep was done, and when it failed. */
export class UpkeepStore {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  /** Registers steps; from now on they are expected to be done. */
  async expect(steps: readonly string[], now: Date): Promise<void> {
    await this.#db
      .insertInto('upkeep')
      .values(steps.map((step) => ({ step, known_since: now, done_at: null, failed_at: null })))
      .onConflict((conflict) => conflict.column('step').doNothing())
      .execute();
  }

  async note(step: string, column: 'done_at' | 'failed_at', now: Date): Promise<void> {
    await this.expect([step], now);
    await this.#db
      .updateTable('upkeep')
      .set({ [column]: now })
      .where('step', '=', step)
      .execute();
  }

  all(): Promise<readonly UpkeepRow[]> {
    return this.#db.selectFrom('upkeep').selectAll().execute();
  }
}
