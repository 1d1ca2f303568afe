import type { Kysely, Transaction } from 'kysely';
import { payloadHash } from '../commands/command-request';
import type { Schema } from '../store/schema';
import { UsedKeys } from '../store/used-keys';
import type { NewRun, Queued } from './queued-run';

/** The idempotency keys of the runs. */
export class RunKeys {
  readonly #keys: UsedKeys;
  readonly #now: () => Date;

  constructor(db: Kysely<Schema>, now: () => Date) {
    this.#keys = new UsedKeys(db);
    this.#now = now;
  }

  /**
   * The run that the key has started or joined, however long ago. Throws `idempotency-key-reused` when the key was used
   * for something else.
   */
  async find(wanted: NewRun, db: Transaction<Schema>): Promise<Queued | undefined> {
    const { institution, key } = wanted;
    if (key === undefined) return undefined;
    const used = await this.#keys.find({ institution, key }, askedBy(wanted), db);
    const run = await db
      .selectFrom('import_runs')
      .selectAll()
      .where('institution', '=', institution)
      // Runs of an earlier version store the key themselves.
      .where((of) => of.or([of('run_id', '=', used?.run_id ?? ''), of('idempotency_key', '=', key)]))
      .executeTakeFirst();
    return run && { run, isJoined: used?.joined ?? false };
  }

  async remember(wanted: NewRun, { run, isJoined }: Queued, db: Transaction<Schema>): Promise<void> {
    const { institution, key } = wanted;
    if (key === undefined) return;
    const use = { payloadHash: askedBy(wanted), runId: run.run_id, isJoined };
    await this.#keys.claim({ institution, key }, use, this.#now(), db);
  }
}

/** Hash of what a start or retry asks for, without who asks and why. */
function askedBy({ libraries, full = false, dryRun = false, only, retryOf }: NewRun): string {
  return payloadHash({ import: { libraries, full, dryRun, only: only ?? null, retryOf: retryOf ?? null } });
}
