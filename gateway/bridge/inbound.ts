import type { Kysely, Transaction } from 'kysely';
import jaDomain from '../../i18n/ja/domain.json' with { type: 'json' };
import type { MessageName } from '#domain/api/bridge';
import type { Profile } from '#domain/api/profile';
import type { Mode } from '#domain/ill/machine';
import type { Message } from '#iso18626/message';
import type { GatewayError } from '../gateway-error';
import type { Told } from '../store/bridge-schema';
import { findRequest, type StoredRequest } from '../store/requests-store';
import type { Schema } from '../store/schema';
import { answersTo, isShipment } from './answers';
import type { BridgeMap } from './bridge-map';
import {
  changeMessage,
  endOtherNames,
  lockTransactionRow,
  transactionOf,
  updateTransaction,
  type BridgeMessageRow,
  type BridgeTransaction,
} from './bridge-store';
import { kindOf } from './draft-fields';
import { writeOutgoing } from './outbox';
import type { Outcome, Situation, Verdict } from './rules';
import type { BridgeSettings } from './settings';
import { verdictOn } from './verdict';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Age in milliseconds of a snapshot on which a step of Alma is refused; an older one is read first. */
const RECENT_MS = 60_000;

/**
 * Messages whose order matters: a delayed one must not follow a later one. Questions are always answered, and notes do
 * no harm.
 */
const ORDERED: readonly MessageName[] = [
  'Received',
  'ShippedReturn',
  'ShippedForward',
  'WillSupply',
  'Loaned',
  'CopyCompleted',
  'Unfilled',
  'RetryPossible',
  'LoanCompleted',
];

/** What judging a message needs beside the store. */
export interface JudgeParts {
  readonly map: BridgeMap;
  readonly settings: BridgeSettings;
  readonly mode: Mode;
  readonly now: () => Date;
}

/** A message of Alma as the store has it. */
export type InboundRow = Pick<BridgeMessageRow, 'name' | 'sent_at' | 'created_at' | 'consented' | 'hold_since'>;

/** A message and what it is about. */
export interface Inbound {
  readonly message: Message;
  readonly row: InboundRow;
  readonly transaction: BridgeTransaction;
  /** The last snapshot; absent for a request that is not saved yet. */
  readonly request: StoredRequest | undefined;
  readonly tariffs: Profile['tariffs'];
}

export function snapshotOf(
  db: Kysely<Schema> | Transaction<Schema>,
  { institution, side, request_id: id }: Pick<BridgeTransaction, 'institution' | 'side' | 'request_id'>,
): Promise<StoredRequest | undefined> {
  return id === null ? Promise.resolve(undefined) : findRequest(db, institution, side, id);
}

/** What the message means now. Since when it waits counts like a hold: after an outage, old wishes are asked about. */
export function judge({ message, row, transaction, request, tariffs }: Inbound, parts: JudgeParts): Verdict {
  const { side, told, kind } = transaction;
  const situation: Situation = {
    ...{ message, name: row.name, side, told, tariffs },
    ...{ consented: row.consented, now: parts.now(), mode: parts.mode },
    kind: request?.kind ?? kind ?? (message.kind === 'request' ? kindOf(message) : 'loan'),
    heldSince: row.hold_since ?? row.created_at,
    ...(request === undefined ? {} : { request }),
  };
  return verdictOn(situation, parts.map, parts.settings);
}

/** True when a later message of Alma was applied before: this one came late, and is only kept (iso18626.md 8.3). */
export function isOvertaken(
  row: Pick<InboundRow, 'name' | 'sent_at'>,
  { last_in_at: last }: BridgeTransaction,
): boolean {
  return last !== null && ORDERED.includes(row.name) && row.sent_at.getTime() < last.getTime();
}

export function isRecent({ seen_at: seenAt }: StoredRequest, now: Date): boolean {
  return now.getTime() - seenAt.getTime() <= RECENT_MS;
}

/** What must be true of the record now, not when it was last read. */
export function needsReading(verdict: Verdict): boolean {
  return ['refuse', 'hold'].includes(verdict.do) || (verdict.do === 'nothing' && verdict.why === 'done-before');
}

/** Columns of a message that waits for the other library, or for staff. `since`: when the wait began. */
export function heldColumns(
  { reason }: Extract<Verdict, { readonly do: 'hold' }>,
  request: StoredRequest | undefined,
  since: Date,
  { settings, now }: JudgeParts,
) {
  const ends = [settings.askAfterHours * HOUR_MS, settings.holdDays * DAY_MS];
  // After the end, not at it.
  const times = ends.map((end) => since.getTime() + end + 1);
  const next = times.filter((time) => time > now().getTime());
  return {
    state: 'held',
    hold: reason,
    hold_since: since,
    judged_version: request?.version ?? null,
    next_at: next.length === 0 ? null : new Date(Math.min(...next)),
    problem: null,
  } as const;
}

/** How a message of Alma ends. `problem`: for staff. `request`: the snapshot that the answers are about. */
export interface Ending {
  readonly state: 'done' | 'refused' | 'dropped';
  /** What Alma is answered; absent: nothing. */
  readonly outcome?: Outcome;
  readonly request?: StoredRequest | undefined;
  readonly problem?: { readonly code: string; readonly detail?: string };
  readonly rule?: string;
}

/**
 * Ends a message in the store, together with its answers and what its transaction must know. Does nothing when another
 * gateway or staff ended it first. The message is waiting, held or stopped.
 */
export async function endMessage(
  db: Kysely<Schema>,
  row: BridgeMessageRow,
  message: Message,
  { state, outcome, request, problem, rule }: Ending,
  { settings, now }: Pick<JudgeParts, 'settings' | 'now'>,
): Promise<BridgeMessageRow | undefined> {
  return db.transaction().execute(async (transaction) => {
    const known = await lockTransactionRow(transaction, row.transaction_id);
    const at = now();
    const ended = await changeMessage(transaction, row, ['waiting', 'held', 'stopped'], {
      ...{ state, done_at: at, next_at: null, hold: null },
      problem: problem === undefined ? null : JSON.stringify(problem),
      ...(rule === undefined ? {} : { rule }),
    });
    if (ended === undefined) return undefined;
    if (state === 'done') await noteApplied(transaction, known, row, at);
    await answer(transaction, known, { message, outcome, request, settings, at });
    return ended;
  });
}

/** Keeps that the message was applied. A retry that is done makes the earlier names of the record end. */
export async function noteApplied(
  db: Transaction<Schema>,
  transaction: BridgeTransaction,
  { name, sent_at: sentAt, created_at: createdAt }: Pick<InboundRow, 'name' | 'sent_at' | 'created_at'>,
  now: Date,
): Promise<void> {
  if (name === 'Retry') await endOtherNames(db, transaction, now);
  if (!ORDERED.includes(name)) return;
  // A clock of Alma that runs ahead must not make later messages look old.
  const at = new Date(Math.min(sentAt.getTime(), createdAt.getTime()));
  if (transaction.last_in_at !== null && at < transaction.last_in_at) return;
  await updateTransaction(db, transaction, { last_in: name, last_in_at: at }, now);
}

interface ToAnswer {
  readonly message: Message;
  readonly outcome: Outcome | undefined;
  readonly request: StoredRequest | undefined;
  readonly settings: BridgeSettings;
  readonly at: Date;
}

/** Writes what Alma is answered. The transaction's row is locked. */
export async function answer(
  db: Transaction<Schema>,
  { transaction_id }: Pick<BridgeTransaction, 'transaction_id'>,
  { message, outcome, request, settings, at }: ToAnswer,
): Promise<void> {
  if (outcome === undefined) return;
  const transaction = await transactionOf(db, { transaction_id });
  const isShipped = outcome.how !== 'refused' && isShipment(message, transaction.told);
  const told = isShipped ? beforeReceipt(transaction.told) : transaction.told;
  if (told !== transaction.told) await updateTransaction(db, transaction, { told: JSON.stringify(told) }, at);
  const outgoing = answersTo(message, outcome, request, told, settings);
  await writeOutgoing(db, transaction, outgoing, at);
}

/** Alma takes a receipt and a return only after a shipment, and once for each: after this one they are told again. */
function beforeReceipt(told: Told): Told {
  const sent = told.sent.filter((name) => name !== 'Received' && name !== 'ShippedReturn');
  return sent.length === told.sent.length ? told : { ...told, sent };
}

/** A definite refusal of the gateway or of NACSIS-ILL: for the queue, and in Japanese for Alma. */
export function refusalOf({ code, details }: GatewayError): {
  readonly problem: { readonly code: string; readonly detail?: string };
  readonly why: string;
} {
  const { reason, nacsis, errors = [] } = details;
  const refusals: Readonly<Record<string, string>> = jaDomain.refusal;
  const detail = nacsis?.message ?? (errors.length === 0 ? undefined : errors.map(({ field }) => field).join(', '));
  const title = (reason === undefined ? undefined : refusals[reason]) ?? jaDomain.error[code].title;
  return {
    problem: { code: reason ?? code, ...(detail === undefined ? {} : { detail }) },
    why: nacsis?.message === undefined ? title : `${title}（${nacsis.message}）`,
  };
}
