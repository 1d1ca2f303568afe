import { sql, type Insertable, type Kysely, type Selectable, type Transaction } from 'kysely';
import type { PutMember } from '#domain/api/members';
import type { Problem } from '#domain/api/problem';
import type { Member } from '#domain/catalog/catalog';
import {
  checkMemberChanges,
  differingFields,
  editableValues,
  valuesOf,
  type EditableMemberField,
  type MemberValues,
} from '#domain/ill/own-record';
import { outcomeUnknown, storeFailedAfterSending, unread } from '../commands/command-outcomes';
import { payloadHash, type Actor } from '../commands/command-request';
import { isWithoutEffect, leaseMs, SEND_WITHIN_MS } from '../commands/command-runner';
import { inProgress } from '../commands/decision';
import { refuseFaults } from '../commands/field-check';
import type { LibraryConfig } from '../config';
import { fromNacsis, GatewayError, invalidFields, nacsisWords, problemOf } from '../gateway-error';
import { NacsisError, type NacsisAccount, type NacsisPort } from '../nacsis/port';
import { isUniqueViolation, OPEN, type JournalKey } from '../store/journal-store';
import type { Db, Schema } from '../store/schema';
import { reused, UsedKeys } from '../store/used-keys';

interface Parts {
  readonly db: Kysely<Schema>;
  readonly nacsis: NacsisPort;
  readonly now: () => Date;
  /** As for commands (commands/command-runner.ts). */
  readonly callTimeoutMs: number;
  readonly settleSeconds: number;
}

/** A change of the own record that a caller wants done once. */
interface Wanted extends PutMember {
  readonly actor: Actor;
  readonly library: LibraryConfig;
  /** Asked in the transaction that begins the change; nothing is sent when it throws. */
  readonly mustHold?: (db: Transaction<Schema>) => Promise<void>;
}

type Row = Selectable<Schema['member_changes']>;
type Outcome =
  { readonly state: 'applied' | 'unsent' | 'unknown' } | { readonly state: 'rejected'; readonly problem: Problem };

/**
 * Changes of the libraries' own member records, each done exactly once (ADR 0003, ADR 0019). NACSIS-ILL has no versions
 * of a member record: it is read before each change, and what differs from what the user saw is not overwritten.
 */
export class MemberChanges {
  readonly #usedKeys: UsedKeys;

  constructor(private readonly parts: Parts) {
    this.#usedKeys = new UsedKeys(parts.db);
  }

  /** The library's record as NACSIS-ILL has it now. Throws `not-found`. */
  async read({ account }: LibraryConfig): Promise<Member> {
    const member = await this.#member(account);
    if (member === undefined)
      throw new GatewayError('not-found', { detail: 'NACSIS-ILL has no member record of this library' });
    return member;
  }

  /**
   * Resolves to the record after the change. A repeat under the same key sends nothing again. Throws `stale-version`
   * with the present record when NACSIS-ILL has other values than `before`.
   */
  async change(wanted: Wanted): Promise<Member> {
    const { actor, library, before, changes } = wanted;
    const names = changedFields(wanted);
    const of = { institution: actor.institution.code, key: actor.key };
    const hash = payloadHash({ member: library.account.memberId, before, changes });
    await this.#usedKeys.find(of, hash);
    const known = await this.#earlier(of, hash, library);
    if (known !== undefined) return known;
    const real = { ...wanted, before: valuesOf(before, names), changes: valuesOf(changes, names) };
    let row: Row;
    try {
      row = await this.#begin(real, hash, await this.#checked(real));
    } catch (error) {
      // A simultaneous repeat of the same call may have been quicker; what it did is the answer of both.
      const done = await this.#earlier(of, hash, library);
      if (done === undefined) throw error;
      return done;
    }
    return this.#send(row, library.account);
  }

  /** True when the change under this key was done, false when it did nothing. Throws while neither is certain. */
  async isDone(of: JournalKey, { account }: LibraryConfig): Promise<boolean> {
    return (await this.#ended(await this.#find(of), account))?.state === 'applied';
  }

  /** The key of the last change of the master switch that this gateway made. */
  async lastOfService({ account }: LibraryConfig, db: Db = this.parts.db): Promise<string | undefined> {
    const row = await db
      .selectFrom('member_changes')
      .select('idempotency_key')
      .where('member_id', '=', account.memberId)
      .where('state', '=', 'applied')
      .where((eb) => eb(eb.fn<boolean>('jsonb_exists', ['changes', eb.val('service')]), '=', true))
      .orderBy('updated_at', 'desc')
      .orderBy('number', 'desc')
      .executeTakeFirst();
    return row?.idempotency_key;
  }

  async #member(account: NacsisAccount, fresh = true): Promise<Member | undefined> {
    const found = await this.parts.nacsis.members(account, [account.memberId], { fresh });
    return found.get(account.memberId);
  }

  #find({ institution, key }: JournalKey): Promise<Row | undefined> {
    return this.parts.db
      .selectFrom('member_changes')
      .selectAll()
      .where('institution', '=', institution)
      .where('idempotency_key', '=', key)
      .executeTakeFirst();
  }

  #openOf(memberId: string): Promise<Row | undefined> {
    return this.parts.db
      .selectFrom('member_changes')
      .selectAll()
      .where('member_id', '=', memberId)
      .where('state', 'in', OPEN)
      .executeTakeFirst();
  }

  /** The row with its outcome. Throws `command-in-progress` and `outcome-unknown`. */
  async #ended(row: Row | undefined, account: NacsisAccount): Promise<Row | undefined> {
    if (row === undefined) return undefined;
    const running = inProgress(row, this.parts.now());
    if (running !== undefined) throw running;
    if (row.state !== 'pending' && row.state !== 'unknown') return row;
    const state = await this.#resolved(row, account).catch(storeFailedAfterSending);
    return { ...row, state };
  }

  /** Reads whether the change was done: NACSIS-ILL then has all of its values. */
  async #resolved(row: Row, account: NacsisAccount): Promise<'applied' | 'unsent'> {
    const askedAt = this.parts.now();
    const member = await this.#member(account).catch(unread);
    if (member !== undefined && shows(member, row.changes)) {
      await this.#settle(row, { state: 'applied' });
      return 'applied';
    }
    // A reading that started earlier proves nothing: its answer may date from before the change was done.
    if (askedAt.getTime() < row.lease_until.getTime() + this.parts.settleSeconds * 1000)
      throw outcomeUnknown('NACSIS-ILL may still be at work on the change');
    await this.#settle(row, { state: 'unsent' });
    return 'unsent';
  }

  /** The record after the change of an earlier call with this key; undefined when there is none, or it did nothing. */
  async #earlier(of: JournalKey, hash: string, library: LibraryConfig): Promise<Member | undefined> {
    const row = await this.#find(of);
    if (row !== undefined && row.payload_hash !== hash) throw reused();
    const known = await this.#ended(row, library.account);
    if (known?.state === 'rejected' && known.problem !== null)
      throw new GatewayError(known.problem.code, known.problem);
    // While NACSIS-ILL does not answer, nobody may say that nothing was done.
    return known?.state === 'applied' ? this.read(library).catch(unread) : undefined;
  }

  /**
   * Checks the change against the record as it is now. Resolves to the number of changes that were begun before the
   * record was read.
   */
  async #checked({ library, before, changes }: Wanted): Promise<number> {
    const { account } = library;
    const begun = await this.#countBegun(account.memberId);
    await this.#ended(await this.#openOf(account.memberId), account);
    const member = await this.read(library);
    const differing = differingFields(editableValues(member), before);
    if (differing.length > 0)
      throw new GatewayError('stale-version', {
        detail: `changed in NACSIS-ILL: ${differing.join(', ')}`,
        member: { ...member, policies: [...member.policies], locations: [...member.locations] },
      });
    refuseFaults(checkMemberChanges(changes, member));
    return begun;
  }

  async #countBegun(memberId: string, db: Db = this.parts.db): Promise<number> {
    const { begun } = await db
      .selectFrom('member_changes')
      .select(sql<number>`coalesce(sum(attempt), 0)::int`.as('begun'))
      .where('member_id', '=', memberId)
      .executeTakeFirstOrThrow();
    return begun;
  }

  /**
   * Writes the row before anything is sent. Throws `command-in-progress` when another change of the record is open, or
   * was begun since the record was read.
   */
  async #begin({ actor, library, before, changes, mustHold }: Wanted, hash: string, earlier: number): Promise<Row> {
    const { db, callTimeoutMs } = this.parts;
    const now = this.parts.now();
    const of = { institution: actor.institution.code, key: actor.key };
    const entry: Insertable<Schema['member_changes']> = {
      ...{ institution: of.institution, idempotency_key: of.key, payload_hash: hash, state: 'pending' },
      ...{ library: library.code, member_id: library.account.memberId, user_id: actor.userId },
      ...{ before: JSON.stringify(before), changes: JSON.stringify(changes) },
      ...{ lease_until: new Date(now.getTime() + leaseMs(callTimeoutMs)), created_at: now, updated_at: now },
    };
    const { created_at: _, ...again } = entry;
    return db
      .transaction()
      .execute(async (transaction) => {
        await mustHold?.(transaction);
        await this.#usedKeys.claim(of, { payloadHash: hash }, now, transaction);
        const row = await transaction
          .insertInto('member_changes')
          .values(entry)
          .onConflict((conflict) =>
            conflict
              .columns(['institution', 'idempotency_key'])
              .doUpdateSet((eb) => ({ ...again, problem: null, attempt: eb('member_changes.attempt', '+', 1) }))
              .where('member_changes.state', '=', 'unsent'),
          )
          .returningAll()
          .executeTakeFirst();
        // Counted once the row keeps others from beginning.
        if (row === undefined || (await this.#countBegun(row.member_id, transaction)) !== earlier + 1)
          throw overtaken();
        return row;
      })
      .catch((error: unknown) => {
        throw isUniqueViolation(error) ? overtaken() : error;
      });
  }

  async #send(row: Row, account: NacsisAccount): Promise<Member> {
    const notAfter = this.parts.now().getTime() + SEND_WITHIN_MS;
    let member: Member;
    try {
      member = await this.parts.nacsis.updateMember(account, row.changes, notAfter);
    } catch (error) {
      return isWithoutEffect(error) ? this.#notDone(row, error) : this.#unanswered(row, account, error);
    }
    // NACSIS-ILL has taken the change, even where it keeps another value than was sent.
    await this.#settle(row, { state: 'applied' }).catch(storeFailedAfterSending);
    return member;
  }

  async #notDone(row: Row, error: NacsisError): Promise<never> {
    const failure = fromNacsis(error);
    const isRefused = error.code === 'nacsis-rejected';
    const settled = this.#settle(
      row,
      isRefused ? { state: 'rejected', problem: problemOf(failure) } : { state: 'unsent' },
    );
    await (isRefused ? settled.catch(storeFailedAfterSending) : settled);
    throw failure;
  }

  /** The change was sent, and no answer shows what became of it. */
  async #unanswered(row: Row, account: NacsisAccount, cause: unknown): Promise<Member> {
    const found = async () => {
      await this.#settle(row, { state: 'unknown' });
      const unknown = await this.#find({ institution: row.institution, key: row.idempotency_key });
      return this.#ended(unknown, account);
    };
    const ended = await found().catch(storeFailedAfterSending);
    const member = await this.#member(account, false).catch(unread);
    if (ended?.state === 'applied' && member !== undefined) return member;
    const words = cause instanceof NacsisError ? nacsisWords(cause) : {};
    throw new GatewayError('nacsis-unavailable', { detail: 'the change was not done', ...words }, { cause });
  }

  /** Writes the outcome of an attempt; no effect when it was known, or when a new attempt has begun. */
  async #settle({ institution, idempotency_key: key, attempt }: Row, outcome: Outcome): Promise<void> {
    const now = this.parts.now();
    await this.parts.db
      .updateTable('member_changes')
      .set({
        state: outcome.state,
        problem: 'problem' in outcome ? JSON.stringify(outcome.problem) : null,
        updated_at: now,
        ...(outcome.state === 'unknown' ? { lease_until: now } : {}),
      })
      .where('institution', '=', institution)
      .where('idempotency_key', '=', key)
      .where('attempt', '=', attempt)
      .where('state', 'in', OPEN)
      .execute();
  }
}

/** The fields that change. Throws `invalid-fields` when there are none, or a field lacks what the user saw in it. */
function changedFields({ before, changes }: PutMember): readonly EditableMemberField[] {
  const names = differingFields(before, changes);
  if (names.length === 0) throw invalidFields([{ field: 'changes', code: 'required' }]);
  const unseen = Object.keys(changes).filter((name) => !(name in before));
  refuseFaults(unseen.map((name) => ({ field: `before.${name}`, code: 'required' })));
  const unchanged = Object.keys(before).filter((name) => !(name in changes));
  refuseFaults(unchanged.map((name) => ({ field: `changes.${name}`, code: 'required' })));
  return names;
}

function shows(member: Member, changes: MemberValues): boolean {
  return differingFields(editableValues(member), changes).length === 0;
}

function overtaken(): GatewayError {
  return new GatewayError('command-in-progress', { retryAfterSeconds: 1 });
}
