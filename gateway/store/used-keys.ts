import type { Kysely, Selectable } from 'kysely';
import { GatewayError } from '../gateway-error';
import type { JournalKey } from './journal-store';
import type { Db, Schema, UsedKeysTable } from './schema';

type UsedKey = Selectable<UsedKeysTable>;

/** The use of a key: hash of the call and its body, and the run that the call started or joined. */
interface KeyUse {
  readonly payloadHash: string;
  readonly runId?: string;
  readonly isJoined?: boolean;
}

/**
 * Idempotency keys of calls that are not commands of NACSIS-ILL. A key belongs to one call with one body, here and in
 * the journal of commands.
 */
export class UsedKeys {
  constructor(private readonly db: Kysely<Schema>) {}

  /** The use of the key for the same call; undefined for a new key. Throws `idempotency-key-reused`. */
  async find(of: JournalKey, payloadHash: string, db: Db = this.db): Promise<UsedKey | undefined> {
    const used = await this.#used(of, db);
    if (used === undefined && (await isInJournal(db, of))) throw reused();
    if (used !== undefined && used.payload_hash !== payloadHash) throw reused();
    return used;
  }

  /** Uses the key, or uses it again for the same call. Throws `idempotency-key-reused`. */
  async claim(of: JournalKey, use: KeyUse, now: Date, db: Db = this.db): Promise<void> {
    await this.find(of, use.payloadHash, db);
    const row = await db
      .insertInto('used_keys')
      .values({
        institution: of.institution,
        idempotency_key: of.key,
        payload_hash: use.payloadHash,
        ...runOf(use),
        used_at: now,
      })
      .onConflict((conflict) =>
        conflict
          .columns(['institution', 'idempotency_key'])
          .doUpdateSet({ used_at: now, ...runOf(use) })
          .where('used_keys.payload_hash', '=', use.payloadHash),
      )
      .returning('payload_hash')
      .executeTakeFirst();
    // Another call used the key first.
    if (row === undefined) throw reused();
  }

  /**
   * Refuses a used key. For a batch, whose rows have keys of their own in the journal. Throws `idempotency-key-reused`
   * when the key was used for another call.
   */
  async refuseUsed(of: JournalKey): Promise<void> {
    if ((await this.#used(of, this.db)) !== undefined) throw reused();
  }

  #used({ institution, key }: JournalKey, db: Db): Promise<UsedKey | undefined> {
    return db
      .selectFrom('used_keys')
      .selectAll()
      .where('institution', '=', institution)
      .where('idempotency_key', '=', key)
      .executeTakeFirst();
  }
}

async function isInJournal(db: Db, { institution, key }: JournalKey): Promise<boolean> {
  const row = await db
    .selectFrom('journal')
    .select('idempotency_key')
    .where('institution', '=', institution)
    .where('idempotency_key', '=', key)
    .executeTakeFirst();
  return row !== undefined;
}

function runOf({ runId, isJoined }: KeyUse) {
  return { run_id: runId ?? null, joined: isJoined ?? false };
}

export function reused(): GatewayError {
  return new GatewayError('idempotency-key-reused', { detail: 'the key was used for another call or another body' });
}
