import type { Refusal } from '#domain/errors';
import type { Action, Command } from '#domain/ill/commands';
import type { Kind, Side } from '#domain/ill/kinds';
import { offerFor, stepFor, type Mode } from '#domain/ill/machine';
import { NEW_RECORD, situationOf, type Situation } from '#domain/ill/request';
import type { StateId } from '#domain/ill/states';
import { CHAINS, type Transition } from '#domain/ill/transitions';
import { GatewayError } from '../gateway-error';
import { isNotDone, type JournalRow, type Known } from '../store/journal-store';
import { illRequestOf, type StoredRequest } from '../store/requests-store';
import type { Actor } from './command-request';
import { viewOf } from './view';

/** What a caller asks for, as far as the decision depends on it. */
export interface Asked {
  readonly side: Side;
  readonly action: Action;
  /** Absent when the transition table says which commands the action takes. */
  readonly command?: Command;
  /** The request with the version that the caller saw, or the kind of a new record. */
  readonly on: { readonly id: string; readonly version: number } | { readonly kind: Kind };
  readonly actor: Pick<Actor, 'retriesRefusals'>;
  /** The hash that identifies the call (command-request.ts). */
  readonly hashOf: (command: Command) => string;
}

/** What the decision depends on beside the call and the store. */
export interface Circumstances {
  readonly mode: Mode;
  readonly now: Date;
  /** True when NACSIS-ILL was asked for the current record since the call began. */
  readonly isRead: boolean;
  /** The command of this key that this process performs now. */
  readonly running: { readonly command: Command; readonly hash: string } | undefined;
}

interface Commands {
  /** The command that the decision is about. */
  readonly command: Command;
  /** The commands that follow `command` in a chain; empty outside of a chain. */
  readonly then: readonly Command[];
  /** State before the command; null for a new record, and for a state that the table does not contain. */
  readonly from: StateId | null;
}

/** A command that the table allows on this edge. */
interface Allowed extends Commands {
  readonly edge: Transition;
  readonly kind: Kind;
  /** The snapshot that the command was checked against; absent for a new record. */
  readonly before?: StoredRequest;
}

export type Decision =
  /** Send the command. */
  | (Allowed & { readonly what: 'send' })
  /** NACSIS-ILL refused this very command: repeat the recorded refusal. */
  | (Allowed & { readonly what: 'repeat-refusal'; readonly refusal: GatewayError })
  /** The command is done: repeat its answer. */
  | (Commands & { readonly what: 'repeat'; readonly row: JournalRow })
  /** Wait for the same call in this process. */
  | (Commands & { readonly what: 'join' })
  /** Find out what became of an earlier command without an answer, then decide again. */
  | { readonly what: 'find-out'; readonly row: JournalRow }
  /** Ask NACSIS-ILL for the current record, then decide again. */
  | { readonly what: 'read'; readonly id: string }
  | { readonly what: 'refuse'; readonly error: GatewayError };

/**
 * Maximum age in milliseconds of a snapshot on which a command is sent; equals the age allowed for the list
 * (worklist/list-freshness.ts).
 */
const RECENT_MS = 60_000;
/**
 * Seconds until a caller may ask again for the outcome of a command. Short, because the effect may show or the command
 * may end at any moment.
 */
export const ASK_AGAIN_SECONDS = 3;

/** Decides what a call does now. Nothing is sent that was sent before, or that the table does not allow (ADR 0003). */
export function decide(asked: Asked, known: Known, at: Circumstances): Decision {
  if (known.isUsed)
    return refuse('idempotency-key-reused', { detail: 'the key was used for another call or another body' });
  return ofEarlierCall(asked, known, at) ?? ofNewCall(asked, known, at);
}

/** A call whose command was begun earlier; undefined for a new key, and for a command that did nothing. */
function ofEarlierCall(asked: Asked, { own, request }: Known, { now, running }: Circumstances): Decision | undefined {
  const row = isBegun(own) ? own : undefined;
  const begun = running ?? (row && { command: row.command, hash: row.payload_hash });
  if (begun === undefined) return undefined;
  if (asked.hashOf(begun.command) !== begun.hash) return refuse('idempotency-key-reused');
  const from = row === undefined ? (request?.state ?? null) : row.state_before;
  const earlier = { command: begun.command, then: commandsAfter(asked, begun.command), from };
  if (running !== undefined) return { what: 'join', ...earlier };
  if (row?.state === 'applied') return { what: 'repeat', row, ...earlier };
  return row && ofOpenCommand(row, now);
}

/** True when the command was sent or is about to be sent, unless it certainly did nothing. */
export function isBegun(row: JournalRow | undefined): row is JournalRow {
  return row !== undefined && !isNotDone(row);
}

/** The commands that follow this one in the chain that it begins. */
function commandsAfter({ action, side, command }: Asked, first: Command): readonly Command[] {
  if (command !== undefined) return [];
  const chain = CHAINS.find((each) => each.action === action && each.side === side && each.commands[0] === first);
  return chain?.commands.slice(1) ?? [];
}

/**
 * Decides about a command without an outcome: until the lease ends, its gateway is at work; after that, its outcome
 * must be found out.
 */
function ofOpenCommand(row: JournalRow, now: Date): Decision {
  const error = inProgress(row, now);
  return error === undefined ? { what: 'find-out', row } : { what: 'refuse', error };
}

/** `command-in-progress` while the lease of a pending command lasts. */
export function inProgress(
  { state, lease_until: until }: Pick<JournalRow, 'state' | 'lease_until'>,
  now: Date,
): GatewayError | undefined {
  const left = until.getTime() - now.getTime();
  if (state !== 'pending' || left <= 0) return undefined;
  return new GatewayError('command-in-progress', {
    retryAfterSeconds: Math.min(Math.ceil(left / 1000), ASK_AGAIN_SECONDS),
  });
}

function ofNewCall(asked: Asked, { own, open, request, readAt }: Known, at: Circumstances): Decision {
  const { on } = asked;
  if ('kind' in on) return ofNewRecord(asked, own, on.kind, at.mode);
  if (request === undefined) return { what: 'read', id: on.id };
  if (open !== undefined) return ofOpenCommand(open, at.now);
  const decision = ofRequest(asked, own, request, on.version, at.mode);
  // An edit would overwrite what another program of the library may have written, so the request is read first.
  const needsReading = 'error' in decision || decision.command === 'SAVE' || !isRecent(request, readAt, at.now);
  return needsReading && !at.isRead ? { what: 'read', id: on.id } : decision;
}

/** True when the request was read recently, or the files of its library were: they would have contained a change. */
function isRecent({ seen_at: seenAt }: StoredRequest, readAt: Date | null, now: Date): boolean {
  const oldest = now.getTime() - RECENT_MS;
  return seenAt.getTime() >= oldest || (readAt !== null && readAt.getTime() >= oldest);
}

type OfTable = Extract<Decision, { readonly what: 'send' | 'repeat-refusal' | 'refuse' }>;

function ofNewRecord(asked: Asked, own: JournalRow | undefined, kind: Kind, mode: Mode): OfTable {
  const edges = edgesFor(asked, NEW_RECORD(kind), mode);
  if (typeof edges === 'string') return refuse('action-not-allowed', { reason: edges });
  return ofEdges(asked, own, edges, { kind });
}

/** Decides from the table, only for the version that the caller saw. */
function ofRequest(
  asked: Asked,
  own: JournalRow | undefined,
  request: StoredRequest,
  version: number,
  mode: Mode,
): OfTable {
  if (request.gone !== null) return { what: 'refuse', error: notThere(request, mode) };
  if (request.version !== version) return { what: 'refuse', error: stale(request, version, mode) };
  const edges = edgesFor(asked, situationOf(illRequestOf(request)), mode);
  if (typeof edges === 'string') return { what: 'refuse', error: notAllowed(request, edges, mode) };
  return ofEdges(asked, own, edges, { kind: request.kind, before: request });
}

/** The edges of the command, or of those that the table offers for the action. */
function edgesFor(
  { side, action, command }: Asked,
  situation: Situation,
  mode: Mode,
): readonly [Transition, ...Transition[]] | Refusal {
  if (command === undefined) {
    const offer = offerFor(situation, side, action, mode);
    return offer.allowed ? offer.edges : offer.refusal;
  }
  const step = stepFor(situation, side, command, mode);
  return step.allowed ? [step.edge] : step.refusal;
}

function ofEdges(
  { actor, hashOf }: Asked,
  own: JournalRow | undefined,
  [edge, ...later]: readonly [Transition, ...Transition[]],
  on: Pick<Allowed, 'kind' | 'before'>,
): OfTable {
  const then = later.map(({ command }) => command);
  const sending = { command: edge.command, then, from: on.before?.state ?? null, edge, ...on };
  // A command without effect may be corrected and sent again under the same key.
  const isSame = own?.payload_hash === hashOf(edge.command);
  if (own?.state !== 'rejected' || own.problem === null || !isSame || actor.retriesRefusals === true)
    return { what: 'send', ...sending };
  const { code, detail, nacsis } = own.problem;
  const words = { ...(detail === undefined ? {} : { detail }), ...(nacsis === undefined ? {} : { nacsis }) };
  return { what: 'repeat-refusal', ...sending, refusal: new GatewayError(code, words) };
}

function refuse(...[code, details]: ConstructorParameters<typeof GatewayError>): Extract<Decision, { what: 'refuse' }> {
  return { what: 'refuse', error: new GatewayError(code, details) };
}

/**
 * The error for a caller that saw an older snapshot: returns the current request, and the changes since, oldest first.
 */
export function stale(now: StoredRequest, seen: number, mode: Mode): GatewayError {
  const request = viewOf(now, mode);
  const known = now.history_lengths[String(seen)] ?? 0;
  return new GatewayError('stale-version', { request, changes: request.history.slice(known) });
}

/**
 * The error for an action without an edge in the table: returns the request with the actions that are allowed now.
 * `reason` is a refusal of the domain.
 */
function notAllowed(now: StoredRequest, reason: Refusal, mode: Mode): GatewayError {
  return new GatewayError('action-not-allowed', { reason, request: viewOf(now, mode) });
}

/**
 * The error for a request that NACSIS-ILL no longer delivers to this library. `error`: the refusal of NACSIS-ILL, when
 * it was asked.
 */
export function notThere(now: StoredRequest, mode: Mode, error?: GatewayError): GatewayError {
  const details = { ...error?.details, reason: 'gone' satisfies Refusal, request: viewOf(now, mode) };
  return new GatewayError('action-not-allowed', details, { cause: error });
}

/** The error for a command that the table allows and NACSIS-ILL refused, although the record has not changed. */
export function refusedByNacsis(now: StoredRequest, action: Action, error: GatewayError, mode: Mode): GatewayError {
  const detail = `NACSIS-ILL does not allow ${action} now`;
  return new GatewayError(
    'action-not-allowed',
    { ...error.details, detail, request: viewOf(now, mode) },
    { cause: error },
  );
}
