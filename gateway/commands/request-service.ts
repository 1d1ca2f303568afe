import type { Kysely } from 'kysely';
import type { AlmaLink } from '#domain/api';
import type { Action, Command } from '#domain/commands';
import { databaseOf, type Kind, type Side } from '#domain/kinds';
import { offerFor, stepFor, type Mode } from '#domain/machine';
import { NEW_RECORD, situationOf, type RequestFields, type Situation } from '#domain/request';
import type { Transition } from '#domain/transitions';
import { checkComment, checkFields, merge, missingFor, withDefaults } from '#domain/validation';
import type { InstitutionConfig, LibraryConfig } from '../config';
import { fromNacsis, GatewayError, invalidFields } from '../gateway-error';
import { NacsisError, type NacsisPort } from '../nacsis/port';
import { findRequest, illRequestOf, saveSnapshot, type StoredRequest } from '../store/requests-store';
import type { Schema } from '../store/schema';
import { payloadHash, type CommandRunner } from './command-runner';
import { withOwnMember } from './own-member';
import { viewOf } from './view';

export interface Actor {
  readonly institution: InstitutionConfig;
  readonly userId: string;
  readonly key: string;
}
export interface NewRequest {
  readonly library: LibraryConfig;
  readonly kind: Kind;
  readonly command: 'ORDER' | 'SAVE';
  readonly fields: RequestFields;
  readonly comment?: string;
  readonly almaRequest?: AlmaLink;
}
export interface ActionCall {
  readonly side: Side;
  readonly id: string;
  readonly version: number;
  readonly fields: RequestFields;
  readonly comment?: string;
}

/** Orders, edits and actions: checked against the table and the field specs first, so that what is not allowed never reaches the wire. */
export class RequestService {
  readonly #db: Kysely<Schema>;
  readonly #nacsis: NacsisPort;
  readonly #runner: CommandRunner;
  readonly #mode: Mode;

  constructor(db: Kysely<Schema>, nacsis: NacsisPort, runner: CommandRunner, mode: Mode) {
    this.#db = db;
    this.#nacsis = nacsis;
    this.#runner = runner;
    this.#mode = mode;
  }

  async create(actor: Actor, request: NewRequest): Promise<StoredRequest> {
    const { library, kind, command } = request;
    const hash = payloadHash({ ...request, library: library.code });
    const call = { ...this.#call(actor, library), payloadHash: hash };
    const repeated = await this.#runner.repeated(call);
    if (repeated !== undefined) return repeated;
    const filled = command === 'ORDER' ? await this.#withOwnMember(library, request.fields) : request.fields;
    const edge = this.#edge(NEW_RECORD(kind), 'borrower', command);
    const fields = checked(edge, { kind, side: 'borrower', preparing: true }, {}, filled, request.comment);
    return this.#runner.run({
      ...call, kind, side: 'borrower', command, fields,
      ...(request.comment === undefined ? {} : { comment: request.comment }),
      ...(request.almaRequest === undefined ? {} : { almaRequest: request.almaRequest }),
    });
  }

  /** Edits a request in 準備中. */
  async edit(actor: Actor, call: Omit<ActionCall, 'side'>): Promise<StoredRequest> {
    return this.#perform(actor, { ...call, side: 'borrower' }, ['SAVE'], 'save');
  }

  /** One action of the panel: one command, or the two of a chain, each journalled on its own. */
  async act(actor: Actor, action: Action, call: ActionCall): Promise<{ readonly from: StoredRequest; readonly to: StoredRequest }> {
    const from = await this.read(actor.institution, call.side, call.id);
    const offer = offerFor(situationOf(illRequestOf(from)), call.side, action, this.#mode);
    // A repeat finds the action already done; the journal knows the answer.
    const commands = offer.allowed ? offer.commands : await this.#commandsOfRepeat(actor, action, call, from);
    return { from, to: await this.#perform(actor, call, commands, action) };
  }

  /** The snapshot, read from NACSIS-ILL when it is not known yet or `fresh` is wanted. */
  async read(institution: InstitutionConfig, side: Side, id: string, fresh = false): Promise<StoredRequest> {
    const stored = await findRequest(this.#db, institution.code, side, id);
    if (stored !== undefined && !fresh) return stored;
    const candidates = stored === undefined ? institution.libraries : institution.libraries.filter((library) => library.code === stored.library);
    for (const library of candidates) {
      const request = await this.#nacsis.readRequest(library.account, side, id).catch(rethrown);
      if (request !== undefined) {
        return saveSnapshot(this.#db, { institution: institution.code, library: library.code, memberId: library.memberId, side, request }, new Date());
      }
    }
    if (stored !== undefined) return stored;
    throw new GatewayError('not-found', { detail: `none of the libraries sees a request ${id} in ${databaseOf('copy', side)} or ${databaseOf('loan', side)}` });
  }

  async #perform(actor: Actor, call: ActionCall, commands: readonly Command[], action: Action): Promise<StoredRequest> {
    let before = await this.read(actor.institution, call.side, call.id);
    let version = call.version;
    for (const [step, command] of commands.entries()) {
      const key = step === 0 ? actor.key : `${actor.key}#${String(step + 1)}`;
      before = await this.#step({ ...actor, key }, { ...call, version }, command, action, before);
      version = before.version;
    }
    return before;
  }

  async #step(actor: Actor, call: ActionCall, command: Command, action: Action, before: StoredRequest): Promise<StoredRequest> {
    const library = libraryOf(actor.institution, before);
    const asked = { ...this.#call(actor, library), payloadHash: payloadHash({ ...call, command }) };
    const repeated = await this.#runner.repeated(asked);
    if (repeated !== undefined) return repeated;
    await this.#runner.settleOpen({ institution: actor.institution.code, side: call.side, account: library.account }, call.id, actor.key);
    const now = await this.read(actor.institution, call.side, call.id);
    if (now.version !== call.version) throw this.#stale(now, before);
    const request = illRequestOf(now);
    const step = stepFor(situationOf(request), call.side, command, this.#mode);
    if (!step.allowed) throw this.#notAllowed(now, step.refusal);
    const context = { kind: now.kind, side: call.side, preparing: now.state === 'PREPARING' };
    const fields = wholeBibliography(checked(step.edge, context, request.fields, call.fields, call.comment), request.fields);
    try {
      return await this.#runner.run({
        ...asked, kind: now.kind, side: call.side, command, before: now, fields,
        ...(call.comment === undefined ? {} : { comment: call.comment }),
      });
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      if (error.code === 'nacsis-rejected') throw await this.#whyRejected(actor, call, now, action, error);
      if (error.code === 'stale-version') throw this.#stale(await this.read(actor.institution, call.side, call.id), now);
      throw error;
    }
  }

  /** NACSIS-ILL refused what our snapshot allowed: the record has changed, or the table and NACSIS-ILL disagree. */
  async #whyRejected(actor: Actor, call: ActionCall, before: StoredRequest, action: Action, error: GatewayError): Promise<GatewayError> {
    const fresh = await this.read(actor.institution, call.side, call.id, true);
    if (fresh.version !== before.version) return this.#stale(fresh, before);
    return new GatewayError('action-not-allowed', { ...error.details, detail: `NACSIS-ILL does not allow ${action} now`, request: viewOf(fresh, this.#mode) }, { cause: error });
  }

  async #commandsOfRepeat(actor: Actor, action: Action, call: ActionCall, from: StoredRequest): Promise<readonly Command[]> {
    const library = libraryOf(actor.institution, from);
    const command = await this.#runner.commandOf(actor.institution.code, actor.key);
    if (command !== undefined) return [command];
    await this.#runner.settleOpen({ institution: actor.institution.code, side: call.side, account: library.account }, call.id, actor.key);
    const now = await this.read(actor.institution, call.side, call.id);
    const offer = offerFor(situationOf(illRequestOf(now)), call.side, action, this.#mode);
    if (now.version !== call.version) throw this.#stale(now, from);
    if (!offer.allowed) throw this.#notAllowed(now, offer.refusal);
    return offer.commands;
  }

  #edge(situation: Situation, side: Side, command: Command): Transition {
    const step = stepFor(situation, side, command, this.#mode);
    if (!step.allowed) throw new GatewayError('action-not-allowed', { reason: step.refusal });
    return step.edge;
  }

  #stale(now: StoredRequest, before: StoredRequest): GatewayError {
    const changes = now.record.history.slice(before.version === now.version ? 0 : before.record.history.length);
    return new GatewayError('stale-version', { request: viewOf(now, this.#mode), changes: [...changes] });
  }

  #notAllowed(now: StoredRequest, reason: string): GatewayError {
    return new GatewayError('action-not-allowed', { reason, request: viewOf(now, this.#mode) });
  }

  #call(actor: Actor, library: LibraryConfig) {
    return { institution: actor.institution.code, key: actor.key, userId: actor.userId, library: library.code, account: library.account };
  }

  async #withOwnMember(library: LibraryConfig, fields: RequestFields): Promise<RequestFields> {
    return withOwnMember(this.#nacsis, library.account, fields).catch(rethrown);
  }
}

/** The fields with their defaults, or `invalid-fields` with one entry per fault. */
function checked(edge: Transition, context: Parameters<typeof checkFields>[1], stored: RequestFields, given: RequestFields, comment: string | undefined): RequestFields {
  const fields = withDefaults(edge, given, stored);
  const errors = [...checkFields(fields, context), ...checkComment(comment)];
  const wrong = new Set(errors.map(({ field }) => field));
  const missing = missingFor(edge, merge(stored, fields), comment).filter(({ field }) => !wrong.has(field));
  if (errors.length + missing.length > 0) throw invalidFields([...errors, ...missing]);
  return fields;
}

/** BIBG is replaced as a whole (SPC 3): whoever changes one of its parts sends all three. */
function wholeBibliography(fields: RequestFields, stored: RequestFields): RequestFields {
  const parts = ['bibId', 'bibNote', 'standardNumber'] as const;
  if (!parts.some((part) => fields[part] !== undefined)) return fields;
  return { ...Object.fromEntries(parts.flatMap((part) => (stored[part] === undefined ? [] : [[part, stored[part]]]))), ...fields };
}

function libraryOf(institution: InstitutionConfig, row: StoredRequest): LibraryConfig {
  const library = institution.libraries.find(({ code }) => code === row.library);
  if (library === undefined) throw new GatewayError('forbidden', { detail: 'the library of this request is not configured any more' });
  return library;
}

function rethrown(error: unknown): never {
  throw error instanceof NacsisError ? fromNacsis(error) : error;
}
