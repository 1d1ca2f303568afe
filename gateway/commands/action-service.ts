import type { Action, Command } from '#domain/ill/commands';
import type { ErrorCode } from '#domain/errors';
import type { Side } from '#domain/ill/kinds';
import { offerFor, stepFor, type Mode } from '#domain/ill/machine';
import { situationOf, type RequestFields } from '#domain/ill/request';
import type { StateId } from '#domain/ill/states';
import { CHAINS } from '#domain/ill/transitions';
import { GatewayError } from '../gateway-error';
import { illRequestOf, type StoredRequest } from '../store/requests-store';
import { callOf, partKey, type Actor } from './actor';
import { payloadHash } from './command-request';
import type { CommandRunner } from './command-runner';
import { completed, faultsIn, refuseFaults, type GivenFields } from './field-check';
import type { ForwardCheck } from './forward-check';
import type { OrderCheck } from './order-check';
import { isEntryOf } from './own-command';
import { libraryIn, type Freshness, type RequestReader } from './request-reader';
import { notAllowed, notThere, refusedByNacsis, stale } from './refusals';

export interface ActionCall {
  readonly side: Side;
  readonly id: string;
  /** Version of the snapshot that the user saw. */
  readonly version: number;
  readonly fields: RequestFields;
  readonly comment?: string;
}

export interface ActionAnswer {
  /** State before the action, also for a repeat that finds the action done. */
  readonly from: StateId | null;
  /**
   * null: a state that the table does not contain, or one that this library no longer receives (a PARDON whose answer
   * was lost).
   */
  readonly to: StateId | null;
  /** History positions (`to` exclusive) of what others did between the version that the caller saw and this action. */
  readonly unseen: { readonly from: number; readonly to: number };
  readonly request: StoredRequest;
}

/** Lookups before a command that depends on other libraries. */
interface Checks {
  readonly orders: OrderCheck;
  readonly forwards: ForwardCheck;
}

/** One command of an action, on the snapshot of this version. */
interface Step {
  readonly actor: Actor;
  readonly action: Action;
  readonly call: ActionCall;
  readonly command: Command;
  readonly version: number;
}

/** Errors for a request that differs from what the caller saw, or does not allow the command. */
const REFUSALS: readonly ErrorCode[] = ['stale-version', 'action-not-allowed', 'invalid-fields'];

/**
 * Performs edits and actions. Checks them against the table and the field specs first, so that a forbidden command is
 * never sent.
 */
export class ActionService {
  readonly #reader: RequestReader;
  readonly #runner: CommandRunner;
  readonly #checks: Checks;
  readonly #mode: Mode;

  constructor(reader: RequestReader, runner: CommandRunner, checks: Checks, mode: Mode) {
    this.#reader = reader;
    this.#runner = runner;
    this.#checks = checks;
    this.#mode = mode;
  }

  /** Edits a request in 準備中. */
  async edit(actor: Actor, asked: Omit<ActionCall, 'side'>): Promise<Pick<ActionAnswer, 'unseen' | 'request'>> {
    const call = { ...asked, side: 'borrower' } as const;
    const request = await this.#orAsDone(actor, () => this.#perform(actor, 'save', call, ['SAVE']));
    return { unseen: unseenIn(request, call, ['SAVE']), request };
  }

  /** Performs one action of the panel: one command, or the two of a chain, each with its own journal entry. */
  async act(actor: Actor, action: Action, call: ActionCall): Promise<ActionAnswer> {
    return this.#orAsDone(actor, () => this.#act(actor, action, call));
  }

  /**
   * A refusal may result from a simultaneous repeat of the same call. The journal then knows the call, and it is
   * performed again.
   */
  async #orAsDone<T>({ institution, key }: Actor, work: () => Promise<T>): Promise<T> {
    return work().catch(async (error: unknown) => {
      const isRefusal = error instanceof GatewayError && REFUSALS.includes(error.code);
      if (isRefusal && (await this.#runner.begun(institution.code, key)) !== undefined) return work();
      throw error;
    });
  }

  async #act(actor: Actor, action: Action, call: ActionCall): Promise<ActionAnswer> {
    // A repeat finds the action done, or its first half; the journal knows the command.
    const begun = await this.#runner.begun(actor.institution.code, actor.key);
    if (begun !== undefined) {
      const commands = commandsAfter(action, call.side, begun.command);
      return answerOf(begun.state_before, call, commands, await this.#perform(actor, action, call, commands));
    }
    const { request, commands } = await this.#offered(actor, action, call);
    return answerOf(request.state, call, commands, await this.#perform(actor, action, call, commands));
  }

  /** The commands that the table offers for the action, and the request that they start from. */
  async #offered(actor: Actor, action: Action, call: ActionCall) {
    const offer = (row: StoredRequest) => offerFor(situationOf(illRequestOf(row)), call.side, action, this.#mode);
    const isOffered = (row: StoredRequest) => this.#isCurrent(row, call.version) && offer(row).allowed;
    const before = await this.#reader.read(actor.institution, call.side, call.id, 'recent');
    const request = isOffered(before) ? before : await this.#readNow(actor, call, before);
    this.#mustBeCurrent(request, call.version);
    const now = offer(request);
    if (!now.allowed) throw notAllowed(request, now.refusal, this.#mode);
    return { request, commands: now.commands };
  }

  async #perform(actor: Actor, action: Action, call: ActionCall, commands: readonly Command[]): Promise<StoredRequest> {
    const before = await this.#reader.read(actor.institution, call.side, call.id);
    return commands.reduce<Promise<StoredRequest>>(async (done, command, at) => {
      const now = await done;
      const key = at === 0 ? actor.key : partKey(actor.key, `+${String(at + 1)}`);
      const version = at === 0 ? call.version : now.version;
      return this.#step(now, { actor: { ...actor, key }, action, call, command, version });
    }, Promise.resolve(before));
  }

  async #step(before: StoredRequest, step: Step): Promise<StoredRequest> {
    const { actor, action, call, command } = step;
    const library = libraryIn(actor.institution, before);
    const asked = { ...callOf(actor, library), payloadHash: payloadHash({ ...call, action, command }) };
    const repeated = await this.#runner.repeated(asked);
    if (repeated !== undefined) return repeated;
    const now = await this.#current(before, step);
    const given = this.#given(now, step);
    const fields = await this.#fieldsOf(now, actor, given);
    const comment = call.comment === undefined ? {} : { comment: call.comment };
    return this.#runner
      .run({ ...asked, kind: now.kind, side: call.side, command, before: now, fields, ...comment })
      .catch(async (error: unknown) => {
        throw error instanceof GatewayError ? await this.#why(error, now, step, given) : error;
      });
  }

  /** The request that the command applies to. Refuses nothing before NACSIS-ILL was asked for the current record. */
  async #current(before: StoredRequest, { actor, call, command, version }: Step): Promise<StoredRequest> {
    const isAllowed = (row: StoredRequest) =>
      this.#isCurrent(row, version) && stepFor(situationOf(illRequestOf(row)), call.side, command, this.#mode).allowed;
    await this.#settleOpen(actor, call, before);
    // An edit overwrites what another program of the library may have written.
    const freshness = command === 'SAVE' ? 'now' : 'recent';
    const recent = await this.#reader.read(actor.institution, call.side, call.id, freshness);
    const isEnough = freshness === 'now' || isAllowed(recent);
    const now = isEnough ? recent : await this.#reader.read(actor.institution, call.side, call.id, 'now');
    this.#mustBeCurrent(now, version);
    return now;
  }

  #isCurrent(row: StoredRequest, version: number): boolean {
    return row.gone === null && row.version === version;
  }

  /** Throws when the request is gone, or differs from what the caller saw. */
  #mustBeCurrent(row: StoredRequest, version: number): void {
    if (row.gone !== null) throw notThere(row, this.#mode);
    if (row.version !== version) throw stale(row, version, this.#mode);
  }

  #given(now: StoredRequest, { call, command }: Step): GivenFields {
    const request = illRequestOf(now);
    const step = stepFor(situationOf(request), call.side, command, this.#mode);
    if (!step.allowed) throw notAllowed(now, step.refusal, this.#mode);
    const context = { kind: now.kind, side: call.side, preparing: now.state === 'PREPARING' };
    return { edge: step.edge, context, stored: request.fields, given: call.fields, comment: call.comment };
  }

  async #fieldsOf(now: StoredRequest, actor: Actor, given: GivenFields): Promise<RequestFields> {
    const library = libraryIn(actor.institution, now);
    if (given.edge.command === 'ORDER') return this.#checks.orders.completed(library, given);
    if (given.edge.command === 'FORWARD') await this.#checks.forwards.mustServe(library.account, now, this.#mode);
    refuseFaults(faultsIn(given));
    return completed(given);
  }

  /** The request as NACSIS-ILL has it now, after any open command on it is settled. */
  async #readNow(actor: Actor, call: ActionCall, before: StoredRequest): Promise<StoredRequest> {
    await this.#settleOpen(actor, call, before);
    return this.#reader.read(actor.institution, call.side, call.id, 'now');
  }

  async #settleOpen(actor: Actor, { side, id }: ActionCall, before: StoredRequest): Promise<void> {
    const { account } = libraryIn(actor.institution, before);
    await this.#runner.settleOpen({ institution: actor.institution.code, side, account }, id, actor.key);
  }

  /**
   * Explains why NACSIS-ILL refused what the snapshot allowed: the record or a candidate has changed, or the table and
   * NACSIS-ILL disagree.
   */
  async #why(error: GatewayError, before: StoredRequest, step: Step, given: GivenFields): Promise<GatewayError> {
    const { actor, call, action, command, version } = step;
    const read = (freshness: Freshness) => this.#reader.read(actor.institution, call.side, call.id, freshness);
    if (error.code === 'stale-version') return stale(await read('if-possible'), version, this.#mode);
    if (error.code === 'nacsis-unavailable') {
      // The outcome was to be read, and there was no record to read it from.
      const known = await read('stored');
      return known.gone === null ? error : notThere(known, this.#mode, error);
    }
    if (error.code !== 'nacsis-rejected') return error;
    const fresh = await read('now').catch(() => undefined);
    if (fresh === undefined) return error;
    if (fresh.gone !== null) return notThere(fresh, this.#mode, error);
    if (fresh.version !== before.version) return stale(fresh, version, this.#mode);
    const library = libraryIn(actor.institution, before);
    const why = command === 'ORDER' ? await this.#checks.orders.whyRefused(library, given, error) : error;
    if (why !== error) return why;
    const refusal = refusedByNacsis(fresh, action, error, this.#mode);
    return command === 'FORWARD'
      ? this.#checks.forwards.whyRefused(library.account, fresh, this.#mode, refusal)
      : refusal;
  }
}

function answerOf(
  from: StateId | null,
  call: ActionCall,
  commands: readonly Command[],
  request: StoredRequest,
): ActionAnswer {
  const isUntold = request.gone !== null && request.state === from;
  return { from, to: isUntold ? null : request.state, unseen: unseenIn(request, call, commands), request };
}

/** History positions of what others did between the version that the caller saw and this action. */
function unseenIn(
  { history_lengths: lengths, member_id: memberId, record }: StoredRequest,
  { version, comment }: ActionCall,
  [command]: readonly Command[],
): ActionAnswer['unseen'] {
  const known = lengths[String(version)];
  if (known === undefined || command === undefined) return { from: 0, to: 0 };
  const own = record.history.findLastIndex((entry) => isEntryOf({ member_id: memberId, command }, entry, comment));
  return { from: known, to: Math.max(known, own) };
}

/** The commands of a repeat whose first command is in the journal. */
function commandsAfter(action: Action, side: Side, first: Command): readonly Command[] {
  const chain = CHAINS.find((each) => each.action === action && each.side === side && each.commands[0] === first);
  return chain?.commands ?? [first];
}
