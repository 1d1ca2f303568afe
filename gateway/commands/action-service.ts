import type { Action, Command } from '#domain/commands';
import type { Side } from '#domain/kinds';
import { offerFor, stepFor, type Mode } from '#domain/machine';
import { situationOf, type RequestFields } from '#domain/request';
import type { StateId } from '#domain/states';
import { CHAINS } from '#domain/transitions';
import { GatewayError } from '../gateway-error';
import { illRequestOf, type StoredRequest } from '../store/requests-store';
import { callOf, type Actor } from './actor';
import { payloadHash } from './command-request';
import type { CommandRunner } from './command-runner';
import { completed, faultsIn, refuseFaults, type GivenFields } from './field-check';
import type { OrderCheck } from './order-check';
import { libraryIn, type Freshness, type RequestReader } from './request-reader';
import { notAllowed, notThere, refusedByNacsis, stale } from './refusals';

export interface ActionCall {
  readonly side: Side;
  readonly id: string;
  /** The snapshot that the user saw. */
  readonly version: number;
  readonly fields: RequestFields;
  readonly comment?: string;
}

export interface ActionAnswer {
  /** The state before the action, also when it is a repeat that finds the action done. */
  readonly from: StateId | null;
  /** null: a state that the table does not know, or one that this library was not told any more (a PARDON whose answer was lost). */
  readonly to: StateId | null;
  readonly request: StoredRequest;
}

/** One command of an action, on the snapshot of this version. */
interface Step {
  readonly actor: Actor;
  readonly action: Action;
  readonly call: ActionCall;
  readonly command: Command;
  readonly version: number;
}

/** Edits and actions: checked against the table and the field specs first, so that what is not allowed never reaches the wire. */
export class ActionService {
  readonly #reader: RequestReader;
  readonly #runner: CommandRunner;
  readonly #check: OrderCheck;
  readonly #mode: Mode;

  constructor(reader: RequestReader, runner: CommandRunner, check: OrderCheck, mode: Mode) {
    this.#reader = reader;
    this.#runner = runner;
    this.#check = check;
    this.#mode = mode;
  }

  /** Edits a request in 準備中. */
  async edit(actor: Actor, call: Omit<ActionCall, 'side'>): Promise<StoredRequest> {
    return this.#perform(actor, 'save', { ...call, side: 'borrower' }, ['SAVE']);
  }

  /** One action of the panel: one command, or the two of a chain, each journalled on its own. */
  async act(actor: Actor, action: Action, call: ActionCall): Promise<ActionAnswer> {
    // A repeat finds the action already done, or its first half; the journal knows what it was.
    const begun = await this.#runner.begun(actor.institution.code, actor.key);
    if (begun !== undefined) {
      const commands = commandsAfter(action, call.side, begun.command);
      return answerOf(begun.state_before, await this.#perform(actor, action, call, commands));
    }
    const from = await this.#reader.read(actor.institution, call.side, call.id);
    const commands = await this.#offered(actor, action, call, from);
    return answerOf(from.state, await this.#perform(actor, action, call, commands));
  }

  /** The commands of the action as the table offers it now; the refusal is that of the newest snapshot. */
  async #offered(actor: Actor, action: Action, call: ActionCall, before: StoredRequest): Promise<readonly Command[]> {
    const offer = offerFor(situationOf(illRequestOf(before)), call.side, action, this.#mode);
    if (offer.allowed && before.gone === null) return offer.commands;
    const now = await this.#settled(actor, call, before);
    if (now.gone !== null) throw notThere(now, this.#mode);
    if (now.version !== call.version) throw stale(now, call.version, this.#mode);
    const again = offerFor(situationOf(illRequestOf(now)), call.side, action, this.#mode);
    if (!again.allowed) throw notAllowed(now, again.refusal, this.#mode);
    return again.commands;
  }

  async #perform(actor: Actor, action: Action, call: ActionCall, commands: readonly Command[]): Promise<StoredRequest> {
    const before = await this.#reader.read(actor.institution, call.side, call.id);
    return commands.reduce<Promise<StoredRequest>>(async (done, command, at) => {
      const now = await done;
      const key = at === 0 ? actor.key : `${actor.key}#${String(at + 1)}`;
      const version = at === 0 ? call.version : now.version;
      return this.#step(now, { actor: { ...actor, key }, action, call, command, version });
    }, Promise.resolve(before));
  }

  async #step(before: StoredRequest, step: Step): Promise<StoredRequest> {
    const { actor, action, call, command, version } = step;
    const library = libraryIn(actor.institution, before);
    const asked = { ...callOf(actor, library), payloadHash: payloadHash({ ...call, action, command }) };
    const repeated = await this.#runner.repeated(asked);
    if (repeated !== undefined) return repeated;
    const now = await this.#settled(actor, call, before);
    if (now.gone !== null) throw notThere(now, this.#mode);
    if (now.version !== version) throw stale(now, version, this.#mode);
    const given = this.#given(now, step);
    const fields = await this.#fieldsOf(now, actor, given);
    const comment = call.comment === undefined ? {} : { comment: call.comment };
    return this.#runner
      .run({ ...asked, kind: now.kind, side: call.side, command, before: now, fields, ...comment })
      .catch(async (error: unknown) => {
        throw error instanceof GatewayError ? await this.#why(error, now, step, given) : error;
      });
  }

  #given(now: StoredRequest, { call, command }: Step): GivenFields {
    const request = illRequestOf(now);
    const step = stepFor(situationOf(request), call.side, command, this.#mode);
    if (!step.allowed) throw notAllowed(now, step.refusal, this.#mode);
    const context = { kind: now.kind, side: call.side, preparing: now.state === 'PREPARING' };
    return { edge: step.edge, context, stored: request.fields, given: call.fields, comment: call.comment };
  }

  async #fieldsOf(now: StoredRequest, actor: Actor, given: GivenFields): Promise<RequestFields> {
    if (given.edge.command === 'ORDER') return this.#check.completed(libraryIn(actor.institution, now), given);
    refuseFaults(faultsIn(given));
    return completed(given);
  }

  /** The snapshot, after the outcome of a command that is still open on this request is known. One that was gone may have come back. */
  async #settled(actor: Actor, { side, id }: ActionCall, before: StoredRequest): Promise<StoredRequest> {
    const { account } = libraryIn(actor.institution, before);
    await this.#runner.settleOpen({ institution: actor.institution.code, side, account }, id, actor.key);
    return this.#reader.read(actor.institution, side, id, before.gone === null ? 'stored' : 'now');
  }

  /** NACSIS-ILL refused what our snapshot allowed: the record has changed, a candidate has, or the table and NACSIS-ILL disagree. */
  async #why(error: GatewayError, before: StoredRequest, step: Step, given: GivenFields): Promise<GatewayError> {
    const { actor, call, action, command, version } = step;
    const read = (freshness: Freshness) => this.#reader.read(actor.institution, call.side, call.id, freshness);
    if (error.code === 'stale-version') return stale(await read('stored'), version, this.#mode);
    if (error.code === 'nacsis-unavailable') {
      // The outcome was read, and there was nothing to read it from.
      const known = await read('stored');
      return known.gone === null ? error : notThere(known, this.#mode, error);
    }
    if (error.code !== 'nacsis-rejected') return error;
    const fresh = await read('now').catch(() => undefined);
    if (fresh === undefined) return error;
    if (fresh.gone !== null) return notThere(fresh, this.#mode, error);
    if (fresh.version !== before.version) return stale(fresh, version, this.#mode);
    const library = libraryIn(actor.institution, before);
    const why = command === 'ORDER' ? await this.#check.whyRefused(library, given, error) : error;
    return why === error ? refusedByNacsis(fresh, action, error, this.#mode) : why;
  }
}

function answerOf(from: StateId | null, request: StoredRequest): ActionAnswer {
  const isUntold = request.gone !== null && request.state === from;
  return { from, to: isUntold ? null : request.state, request };
}

/** The commands of a repeat whose first command the journal knows. */
function commandsAfter(action: Action, side: Side, first: Command): readonly Command[] {
  const chain = CHAINS.find((each) => each.action === action && each.side === side && each.commands[0] === first);
  return chain?.commands ?? [first];
}
