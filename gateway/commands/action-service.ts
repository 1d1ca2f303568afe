import type { Action, Command } from '#domain/ill/commands';
import type { Side } from '#domain/ill/kinds';
import type { Mode } from '#domain/ill/machine';
import type { RequestFields } from '#domain/ill/request';
import type { StateId } from '#domain/ill/states';
import { TRANSITIONS } from '#domain/ill/transitions';
import { GatewayError } from '../gateway-error';
import type { StoredRequest } from '../store/requests-store';
import { partKey, payloadHash, type Actor } from './command-request';
import type { Allowed, CommandRunner, Wanted } from './command-runner';
import { notThere, refusedByNacsis, stale } from './decision';
import { completed, faultsIn, refuseFaults, type GivenFields } from './field-check';
import type { ForwardCheck } from './forward-check';
import type { OrderCheck } from './order-check';
import { isEntryOf } from './own-command';
import type { Freshness, RequestReader } from './request-reader';

interface ActionCall {
  readonly side: Side;
  readonly id: string;
  /** Version of the snapshot that the user saw. */
  readonly version: number;
  readonly fields: RequestFields;
  readonly comment?: string;
  /**
   * Identifies the call, for a caller whose repeats may see another version. By default a repeat must ask for the same.
   */
  readonly identity?: string;
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

/**
 * One command of an action. `command` is absent for the first one when the transition table says which command it is.
 */
interface Step {
  readonly action: Action;
  readonly call: ActionCall;
  readonly command?: Command;
  /** Version of the snapshot that the command applies to. */
  readonly version: number;
}

/** Performs edits and actions. The fields are checked first, so that a forbidden command is never sent. */
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
    const step = { action: 'save', call, command: 'SAVE', version: call.version } as const;
    const { request } = await this.#runner.perform(this.#wanted(actor, step));
    return { unseen: unseenIn(request, call, 'SAVE'), request };
  }

  /** Performs one action of the panel: one command, or the two of a chain, each with its own journal entry. */
  async act(actor: Actor, action: Action, call: ActionCall): Promise<ActionAnswer> {
    const first = await this.#runner.perform(this.#wanted(actor, { action, call, version: call.version }));
    let { request } = first;
    for (const [at, command] of first.then.entries()) {
      const key = partKey(actor.key, `+${String(at + 2)}`);
      const step = { action, call, command, version: request.version };
      ({ request } = await this.#runner.perform(this.#wanted({ ...actor, key }, step)));
    }
    const isUntold = request.gone !== null && request.state === first.from;
    const to = isUntold ? null : request.state;
    return { from: first.from, to, unseen: unseenIn(request, call, first.command), request };
  }

  /**
   * Performs one command of the table, whichever action it belongs to. For a caller that chains commands itself. Throws
   * like `act`.
   */
  async perform(actor: Actor, command: Command, call: ActionCall): Promise<StoredRequest> {
    const edge = TRANSITIONS.find((each) => each.command === command && each.side === call.side);
    if (edge === undefined) throw new GatewayError('action-not-allowed', { reason: 'not-this-side' });
    const step = { action: edge.action, call, command, version: call.version };
    return (await this.#runner.perform(this.#wanted(actor, step))).request;
  }

  /**
   * What became of the command with this key: the request after it; undefined when it was not begun, or certainly did
   * nothing. Never sends anything. Throws `command-in-progress` and `outcome-unknown`.
   */
  outcome(actor: Pick<Actor, 'institution' | 'key'>): Promise<StoredRequest | undefined> {
    return this.#runner.outcome(actor);
  }

  #wanted(actor: Actor, { action, call, command: given, version }: Step): Wanted {
    const { side, id, comment, identity } = call;
    return {
      ...{ actor, side, action, on: { id, version } },
      ...(given === undefined ? {} : { command: given }),
      ...(comment === undefined ? {} : { comment }),
      hashOf: (command) => payloadHash({ ...(identity === undefined ? call : { identity }), action, command }),
      fields: (allowed) => this.#fieldsOf(allowed, givenIn(allowed, call)),
      why: (error, allowed) => this.#why(error, allowed, { actor, action, call, version }),
    };
  }

  async #fieldsOf({ library, before }: Allowed, given: GivenFields): Promise<RequestFields> {
    if (given.edge.command === 'ORDER') return this.#checks.orders.completed(library, given);
    if (given.edge.command === 'FORWARD' && before !== undefined)
      await this.#checks.forwards.mustServe(library.account, before, this.#mode);
    refuseFaults(faultsIn(given));
    return completed(given);
  }

  /**
   * Explains why NACSIS-ILL refused what the snapshot allowed: the record or a candidate has changed, or the table and
   * NACSIS-ILL disagree.
   */
  async #why(error: GatewayError, allowed: Allowed, step: Step & { readonly actor: Actor }): Promise<GatewayError> {
    const { actor, action, call, version } = step;
    const { library, edge, before } = allowed;
    const read = (freshness: Freshness) => this.#reader.read(actor.institution, call.side, call.id, freshness);
    if (error.code === 'nacsis-unavailable') {
      // NACSIS-ILL may no longer have a record from which the outcome could be read.
      const known = await read('stored');
      return known.gone === null ? error : notThere(known, this.#mode, error);
    }
    if (error.code !== 'nacsis-rejected') return error;
    const fresh = await read('now').catch(() => undefined);
    if (fresh === undefined) return error;
    if (fresh.gone !== null) return notThere(fresh, this.#mode, error);
    if (fresh.version !== before?.version) return stale(fresh, version, this.#mode);
    if (edge.command === 'ORDER') {
      const why = await this.#checks.orders.whyRefused(library, givenIn(allowed, call), error);
      if (why !== error) return why;
    }
    const refusal = refusedByNacsis(fresh, action, error, this.#mode);
    return edge.command === 'FORWARD'
      ? this.#checks.forwards.whyRefused(library.account, fresh, this.#mode, refusal)
      : refusal;
  }
}

function givenIn({ edge, kind, before }: Allowed, { side, fields, comment }: ActionCall): GivenFields {
  const context = { kind, side, preparing: before?.state === 'PREPARING' };
  return { edge, context, stored: before?.record.fields ?? {}, given: fields, comment };
}

/** History positions of what others did between the version that the caller saw and this action. */
function unseenIn(
  { history_lengths: lengths, member_id: memberId, record }: StoredRequest,
  { version, comment }: ActionCall,
  command: Command,
): ActionAnswer['unseen'] {
  const known = lengths[String(version)];
  if (known === undefined) return { from: 0, to: 0 };
  const own = record.history.findLastIndex((entry) => isEntryOf({ member_id: memberId, command }, entry, comment));
  return { from: known, to: Math.max(known, own) };
}
