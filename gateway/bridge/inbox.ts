import { sql, type Kysely } from 'kysely';
import type { Profile } from '#domain/api/profile';
import { ERRORS, type ErrorCode } from '#domain/errors';
import type { Command } from '#domain/ill/commands';
import type { Message, Request } from '#iso18626/message';
import type { ActionService } from '../commands/action-service';
import type { Actor } from '../commands/command-request';
import type { RequestReader } from '../commands/request-reader';
import type { InstitutionConfig, LibraryConfig } from '../config';
import { fromNacsis, GatewayError } from '../gateway-error';
import { NacsisError } from '../nacsis/port';
import { ProfilesStore } from '../profiles/profiles-store';
import type { StoredRequest } from '../store/requests-store';
import type { Schema } from '../store/schema';
import { StoreUnavailable } from '../store/store-unavailable';
import {
  changeMessage,
  transactionOf,
  updateTransaction,
  type BridgeMessageRow,
  type BridgeTransaction,
} from './bridge-store';
import { growingPause } from '../jobs/growing-pause';
import {
  endMessage,
  heldColumns,
  isOvertaken,
  isRecent,
  judge,
  needsReading,
  refusalOf,
  snapshotOf,
  type Ending,
  type JudgeParts,
} from './inbound';
import { BRIDGE_USER, type NewRequest, type Origin } from './new-request';
import type { Verdict } from './rules';

/** Transactions of one step. */
const MOST = 50;
/** How often a message is judged again at once, because its request changed meanwhile. */
const MOST_JUDGEMENTS = 3;
/** A message of a library that is not configured any more. */
const UNCONFIGURED_PAUSE_MS = 3_600_000;

/** Errors for a request that is not the one that was judged. */
const CHANGED: readonly ErrorCode[] = ['stale-version', 'action-not-allowed'];

/** A message that the worker may change. */
const OPEN = ['waiting', 'held'] as const;

type Commands = Extract<Verdict, { readonly do: 'commands' }>;

interface InboxParts extends JudgeParts {
  readonly db: Kysely<Schema>;
  readonly actions: Pick<ActionService, 'perform' | 'outcome'>;
  readonly requests: Pick<RequestReader, 'read'>;
  readonly newRequest: Pick<NewRequest, 'create' | 'complete'>;
  /** Receives errors that are not in the error catalogue. */
  readonly failed: (error: unknown) => void;
}

/** A message that the worker works on, and everything around it. */
interface Work {
  readonly institution: InstitutionConfig;
  readonly library: LibraryConfig;
  readonly tariffs: Profile['tariffs'];
  readonly row: BridgeMessageRow;
  readonly message: Message;
}

/** The message cannot be finished now: NACSIS-ILL did not answer, or its request changes all the time. */
class Later extends Error {
  override readonly name = 'Later';
  constructor(
    readonly code: string,
    options?: ErrorOptions,
  ) {
    super(code, options);
  }
}

/** A command was not sent, or was refused: the record is not what it was judged by, or does not allow it. */
class Crossed extends Error {
  override readonly name = 'Crossed';
  constructor(
    readonly reason: GatewayError,
    /** The message, with what is done of it. */
    readonly row: BridgeMessageRow,
    /** The snapshot that the command was for. */
    readonly on: StoredRequest,
  ) {
    super(reason.code);
  }
}

/**
 * Carries out the messages of Alma, in order for each transaction, each command exactly once: its key comes from the row
 * of the message. A killed gateway or a failing store leaves a message waiting, and the next step finds what was done.
 */
export class Inbox {
  constructor(private readonly parts: InboxParts) {}

  /**
   * Works on what waits, and on held messages whose request changed or whose time has come. `isMore`: there is more to
   * do at once. `nextAt`: when the next one is due, if nothing happens before. Throws `StoreUnavailable`.
   */
  async step(
    institution: InstitutionConfig,
    signal: AbortSignal,
  ): Promise<{ readonly isMore: boolean; readonly nextAt?: Date }> {
    const due = await this.#due(institution.code, MOST);
    for (const { transaction_id: id } of due) {
      if (signal.aborted) return { isMore: true };
      await this.#workOn(institution, id, signal);
    }
    const nextAt = await this.#nextAt(institution.code);
    return { isMore: due.length === MOST || signal.aborted, ...(nextAt === undefined ? {} : { nextAt }) };
  }

  /** True when a step has something to do. */
  async isDue(institution: string): Promise<boolean> {
    return (await this.#due(institution, 1)).length > 0;
  }

  /** Transactions with a message that is due, the one that waits longest first. */
  async #due(institution: string, most: number): Promise<readonly Pick<BridgeMessageRow, 'transaction_id'>[]> {
    const { rows } = await sql<{ readonly transaction_id: string }>`
      select message.transaction_id from bridge_messages message
      join bridge_transactions transaction on transaction.transaction_id = message.transaction_id
      left join requests request on request.institution = transaction.institution and request.side = transaction.side
        and request.id = transaction.request_id
      where message.institution = ${institution} and message.direction = 'in' and ${this.#isDue()}
      group by message.transaction_id order by min(message.message_id) limit ${most}`.execute(this.parts.db);
    return rows;
  }

  /** A held message whose request changed is judged at once, but after a failure only when its time has come. */
  #isDue() {
    const now = this.parts.now();
    return sql<boolean>`(
      (message.state = 'waiting' and (message.next_at is null or message.next_at <= ${now}))
      or (message.state = 'held'
        and (message.next_at <= ${now} or (message.problem is null
          and coalesce(request.version, 0) <> coalesce(message.judged_version, 0)))))`;
  }

  async #nextAt(institution: string): Promise<Date | undefined> {
    const row = await this.parts.db
      .selectFrom('bridge_messages')
      .select(sql<Date | null>`min(next_at)`.as('at'))
      .where('institution', '=', institution)
      .where('direction', '=', 'in')
      .where('state', 'in', ['waiting', 'held'])
      .where('next_at', '>', this.parts.now())
      .executeTakeFirst();
    return row?.at ?? undefined;
  }

  /** Works on the messages of a transaction until one must wait. A held one does not keep later ones from their turn. */
  async #workOn(institution: InstitutionConfig, transactionId: string, signal: AbortSignal): Promise<void> {
    for (const row of await this.#open(transactionId)) {
      if (signal.aborted || isTooEarly(row, this.parts.now())) return;
      try {
        await this.#one(institution, row, signal);
      } catch (error) {
        if (error instanceof StoreUnavailable) throw error;
        await this.#postpone(row, error);
        return;
      }
    }
  }

  async #open(transactionId: string): Promise<readonly BridgeMessageRow[]> {
    return this.parts.db
      .selectFrom('bridge_messages as message')
      .innerJoin('bridge_transactions as transaction', 'transaction.transaction_id', 'message.transaction_id')
      .leftJoin('requests as request', (join) =>
        join
          .onRef('request.institution', '=', 'transaction.institution')
          .onRef('request.side', '=', 'transaction.side')
          .onRef('request.id', '=', 'transaction.request_id'),
      )
      .selectAll('message')
      .where('message.transaction_id', '=', transactionId)
      .where('message.direction', '=', 'in')
      .where((row) => row.or([row('message.state', '=', 'waiting'), this.#isDue()]))
      .orderBy('message.message_id')
      .execute();
  }

  async #one(institution: InstitutionConfig, row: BridgeMessageRow, signal: AbortSignal): Promise<void> {
    const { content: message } = row;
    if (message === null) {
      await changeMessage(this.parts.db, row, OPEN, { state: 'dropped', done_at: this.parts.now() });
      return;
    }
    const { library: code } = await transactionOf(this.parts.db, row);
    const library = institution.libraries.find((each) => each.code === code);
    if (library === undefined) throw new Later('not-configured');
    const { tariffs } = await new ProfilesStore(this.parts.db, institution.code).read(library);
    const work = { institution, library, tariffs, row, message };
    try {
      await this.#carryOut(work, signal);
    } catch (error) {
      const known = error instanceof NacsisError ? fromNacsis(error) : error;
      if (!(known instanceof GatewayError) || isTemporary(known)) throw known;
      await this.#refuse(work, known);
    }
  }

  /** Judges and does what was judged, again when the request turns out to be another one. */
  async #carryOut(work: Work, signal: AbortSignal): Promise<void> {
    const { message } = work;
    let { row } = work;
    for (let judgement = 1; ; judgement += 1) {
      row = await this.#settled({ ...work, row });
      const transaction = await transactionOf(this.parts.db, row);
      if (isDone(row)) return this.#finish({ ...work, row }, transaction);
      if (row.name === 'Request' && message.kind === 'request')
        return this.#save({ ...work, row }, message, transaction);
      if (isOvertaken(row, transaction)) return this.#end(work, { state: 'dropped' });
      const { request, verdict } = await this.#judged({ ...work, row }, transaction);
      if (verdict.do !== 'commands') return this.#meant({ ...work, row }, request, verdict);
      if (request === undefined) throw new Error('a message has commands, but no request');
      try {
        await this.#perform({ ...work, row }, transaction, request, verdict, signal);
        return;
      } catch (error) {
        if (!(error instanceof Crossed)) throw error;
        await this.#mustDiffer(error, transaction, judgement);
        ({ row } = error);
      }
    }
  }

  /**
   * Finds out about the command that an earlier step has begun. Nothing else is decided before, because its effect may
   * already show.
   */
  async #settled({ institution, row }: Work): Promise<BridgeMessageRow> {
    if (row.name === 'Request' || row.commands_done >= row.commands.length) return row;
    const done = await this.parts.actions.outcome(actorOf(institution, row, row.commands_done));
    return done === undefined ? row : this.#counted(row, row.commands_done + 1);
  }

  /** A refusal is about the record as it is now. */
  async #judged(
    { institution, row, message, tariffs }: Work,
    transaction: BridgeTransaction,
  ): Promise<{ readonly request: StoredRequest | undefined; readonly verdict: Verdict }> {
    const known = await snapshotOf(this.parts.db, transaction);
    const verdictOn = (request: StoredRequest | undefined) =>
      judge({ message, row, transaction, request, tariffs }, this.parts);
    const verdict = verdictOn(known);
    if (known === undefined || !needsReading(verdict) || isRecent(known, this.parts.now()))
      return { request: known, verdict };
    const freshness = verdict.do === 'hold' ? 'if-possible' : 'now';
    const request = await this.parts.requests.read(institution, known.side, known.id, freshness);
    return { request, verdict: verdictOn(request) };
  }

  /** Does what a verdict without commands means. */
  async #meant(work: Work, request: StoredRequest | undefined, verdict: Exclude<Verdict, Commands>): Promise<void> {
    const { row } = work;
    const { rule } = verdict;
    switch (verdict.do) {
      case 'hold': {
        const held = heldColumns(verdict, request, row.hold_since ?? this.parts.now(), this.parts);
        await changeMessage(this.parts.db, row, OPEN, { ...held, rule });
        return;
      }
      case 'nothing': {
        // The rest of a chain was done by somebody else.
        const how = row.commands_done > 0 ? 'done' : 'done-before';
        return this.#end(work, { state: 'done', outcome: { how }, request, rule });
      }
      case 'status':
      case 'discard':
        return this.#end(work, { state: 'done', outcome: { how: 'done' }, request, rule });
      case 'refuse': {
        const outcome = { how: 'refused', why: verdict.why, isLate: true } as const;
        const problem = { code: verdict.why };
        return this.#end(work, { state: 'refused', outcome, request, problem, rule });
      }
      case 'save':
        throw new Error('only a Request is saved');
    }
  }

  /** A new request; everything that it takes is done once, under the keys of the message (new-request.ts). */
  async #save(work: Work, message: Request, transaction: BridgeTransaction): Promise<void> {
    const { institution, library, row } = work;
    const place = { institution, library };
    const { row: request } = await this.parts.newRequest.create(place, message, this.#origin(row));
    const changes = { request_id: request.id, kind: request.kind, title: transaction.title ?? request.title };
    await updateTransaction(this.parts.db, transaction, changes, this.parts.now());
    const commands: readonly Command[] = request.state === 'PREPARING' ? ['SAVE'] : ['SAVE', 'ORDER'];
    const saved = await this.#kept(row, { commands: JSON.stringify(commands) });
    await this.#end(
      { row: await this.#counted(saved, commands.length), message },
      { state: 'done', outcome: { how: 'done' }, request },
    );
  }

  #origin(row: BridgeMessageRow): Origin {
    return {
      messageId: row.message_id,
      warned: async (warnings) => {
        await this.#kept(row, { warnings: JSON.stringify(warnings) });
      },
    };
  }

  /** Performs the commands in order, as far as they go. */
  async #perform(
    work: Work,
    transaction: BridgeTransaction,
    before: StoredRequest,
    verdict: Commands,
    signal: AbortSignal,
  ): Promise<void> {
    const { institution } = work;
    let request = before;
    let row = await this.#planned(work.row, verdict.rule, [
      ...work.row.commands.slice(0, work.row.commands_done),
      ...verdict.commands,
    ]);
    for (const command of row.commands.slice(row.commands_done)) {
      if (signal.aborted) return;
      const at = row.commands_done;
      const isLast = at === row.commands.length - 1;
      const actor = actorOf(institution, row, at);
      const call = {
        ...{ side: request.side, id: request.id, version: request.version, identity: actor.key },
        fields: isLast ? (verdict.fields ?? {}) : {},
        ...(isLast && verdict.comment !== undefined ? { comment: verdict.comment } : {}),
      };
      const now = { row, on: request };
      request = await this.parts.actions.perform(actor, command, call).catch((error: unknown) => crossed(error, now));
      row = await this.#counted(row, at + 1);
    }
    return this.#finish({ ...work, row }, transaction);
  }

  /** The commands are done; a retry of Alma also brings the citation that it has now. */
  async #finish(work: Work, transaction: BridgeTransaction): Promise<void> {
    const { institution, library, row, message } = work;
    let request = await snapshotOf(this.parts.db, transaction);
    if (row.name === 'Retry' && message.kind === 'request' && request !== undefined)
      request = await this.parts.newRequest.complete({ institution, library }, message, this.#origin(row), {
        row: request,
        number: row.commands.length + 1,
      });
    await this.#end(work, { state: 'done', outcome: { how: 'done' }, request });
  }

  /**
   * Throws when judging again helps nothing: the table or NACSIS-ILL does not allow the command although the request is
   * the one that was judged, or it changes all the time.
   */
  async #mustDiffer({ reason, on }: Crossed, transaction: BridgeTransaction, judgement: number): Promise<void> {
    const now = await snapshotOf(this.parts.db, transaction);
    if (reason.code === 'action-not-allowed' && now?.version === on.version) throw reason;
    if (judgement >= MOST_JUDGEMENTS) throw new Later('stale-version', { cause: reason });
  }

  /** Nothing can be done about the error by trying again. */
  async #refuse(work: Work, error: GatewayError): Promise<void> {
    const { problem, why } = refusalOf(error);
    const request = await snapshotOf(this.parts.db, await transactionOf(this.parts.db, work.row));
    await this.#end(work, { state: 'refused', outcome: { how: 'refused', why, isLate: true }, request, problem });
  }

  /** Keeps which commands will be sent, before the first of them is. */
  async #planned(row: BridgeMessageRow, rule: string, commands: readonly Command[]): Promise<BridgeMessageRow> {
    return this.#kept(row, { rule, commands: JSON.stringify(commands) });
  }

  async #counted(row: BridgeMessageRow, done: number): Promise<BridgeMessageRow> {
    return this.#kept(row, { commands_done: done });
  }

  async #kept(row: BridgeMessageRow, changes: Parameters<typeof changeMessage>[3]): Promise<BridgeMessageRow> {
    const kept = await changeMessage(this.parts.db, row, OPEN, {
      ...changes,
      state: 'waiting',
      hold: null,
      next_at: null,
    });
    if (kept === undefined) throw new Later('command-in-progress');
    return kept;
  }

  async #end({ row, message }: Pick<Work, 'row' | 'message'>, ending: Ending): Promise<void> {
    await endMessage(this.parts.db, row, message, ending, this.parts);
  }

  /** Tries again later; what came after it in its transaction waits as long. */
  async #postpone(row: BridgeMessageRow, error: unknown): Promise<void> {
    const code = error instanceof GatewayError || error instanceof Later ? error.code : 'internal';
    if (code === 'internal') this.parts.failed(error);
    const { db, now } = this.parts;
    const pause = code === 'not-configured' ? UNCONFIGURED_PAUSE_MS : growingPause(row.attempts + 1);
    const at = new Date(now().getTime() + pause);
    const problem = JSON.stringify({ code });
    await changeMessage(db, row, OPEN, { next_at: at, attempts: row.attempts + 1, problem });
    await db
      .updateTable('bridge_messages')
      .set({ next_at: at })
      .where('transaction_id', '=', row.transaction_id)
      .where('direction', '=', 'in')
      .where('state', '=', 'waiting')
      .where('message_id', '>', row.message_id)
      .execute();
  }
}

function crossed(error: unknown, { row, on }: { readonly row: BridgeMessageRow; readonly on: StoredRequest }): never {
  throw error instanceof GatewayError && CHANGED.includes(error.code) ? new Crossed(error, row, on) : error;
}

function isTooEarly({ state, next_at: nextAt }: BridgeMessageRow, now: Date): boolean {
  return state === 'waiting' && nextAt !== null && nextAt > now;
}

function isDone({ commands, commands_done: done }: BridgeMessageRow): boolean {
  return commands.length > 0 && done >= commands.length;
}

/** The caller of the command at this place of the message's commands. A refusal did nothing, so it may be sent again. */
function actorOf(institution: InstitutionConfig, { message_id: id }: BridgeMessageRow, at: number): Actor {
  return { institution, userId: BRIDGE_USER, key: `iso18626 ${id} ${String(at + 1)}`, retriesRefusals: true };
}

/** True when the same may succeed later. The library of a request may be configured again. */
function isTemporary({ code }: GatewayError): boolean {
  return ERRORS[code].retryable || ['nacsis-login-refused', 'stale-version', 'forbidden'].includes(code);
}
