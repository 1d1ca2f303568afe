import { COMMAND_WIRE, type Command } from '#domain/ill/commands';
import { MAX_HISTORY } from '#domain/ill/fields';
import { FLAG_SET, type HistoryEntry, type Lender, type RequestFields } from '#domain/ill/request';
import { STATES } from '#domain/ill/states';
import type { Transition } from '#domain/ill/transitions';
import { merge } from '#domain/ill/validation';
import type { MemberDirectory } from '../member-directory';
import { Refused } from '../refused';
import type { RequestStore } from './request-store';
import type { Candidate, Rota } from './rota';
import { SERVICE_WIRE, stored, type StoredRequest } from './stored-request';

/** The two comments of the system, verbatim (M8-6_1_3). */
export const SKIPPED_COMMENT = 'サービス休止中につきシステムが転送しました。';
export const ALL_REFUSED_COMMENT = '指定した全ての受付館で謝絶されました。';

/**
 * SENDCMND of entries that the system makes: the command that it gives on the lender's behalf.
 * @unconfirmed O: Which command SENDCMND names in an entry that the system makes. Confirm: read a request that the system passed over a suspended candidate.
 */
const SYSTEM_COMMAND = COMMAND_WIRE.PARDON;

/** An allowed command with valid fields. */
interface Accepted {
  readonly library: string;
  readonly command: Command;
  readonly edge: Transition;
  readonly before: StoredRequest | undefined;
  readonly merged: RequestFields;
  readonly comment: string | undefined;
  /** Today, yyyyMMdd. */
  readonly day: string;
  readonly rota: Rota;
  readonly kind: keyof typeof SERVICE_WIRE;
}

interface Moved {
  readonly fields: RequestFields;
  readonly active: number;
  /** Entries that the system adds after the command's own entry. */
  readonly entries: readonly HistoryEntry[];
}

/**
 * The request after the command. Throws `Refused` when the history is full. Changes nothing except the numbering of new
 * requests.
 * @unconfirmed O: CALLBACK leaves dates and charges as they are, and an ORDER after it begins with the first candidate again (dossier 3.2).
 * Confirm: ship, call back, and read the request.
 */
export function after(
  call: Accepted,
  parts: { readonly members: MemberDirectory; readonly requests: RequestStore },
): StoredRequest {
  const { before, edge, kind } = call;
  const moved = move(call, parts.members);
  const own = commandEntry(call.command, call.library, call.comment);
  const history = appended(before?.request.history ?? [], [own, ...moved.entries]);
  const created: RequestFields = before
    ? {}
    : {
        borrowerId: call.library,
        borrowerName: parts.members.shortName(call.library),
        service: SERVICE_WIRE[kind],
        createdOn: call.day,
      };
  const externalStatus = STATES[edge.to].wire;
  const id = before?.request.id ?? parts.requests.newId();
  const fields = merge(moved.fields, { ...created, ...flags(call), id, state: externalStatus, updatedOn: call.day });
  return stored({ id, kind, state: edge.to, externalStatus, fields, history }, moved.active);
}

/** Determines the active lender after the command and the history entries of the system. */
function move(call: Accepted, members: MemberDirectory): Moved {
  const { command, edge, merged, rota, before } = call;
  const active = before?.active ?? -1;
  if (command === 'ORDER') {
    const lenders = rota.withWindows(merged.lenders ?? []);
    const { next } = rota.walk(lenders, -1);
    return { ...at(next, { ...merged, lenders }, members), entries: [] };
  }
  if (command === 'PARDON' || command === 'FORWARD') {
    const { skipped, next } = rota.walk(merged.lenders ?? [], active);
    const entries = skipped.map(skippedEntry);
    if (next) return { ...at(next, merged, members), entries };
    return { fields: merged, active, entries: [...entries, allRefusedEntry(merged.lenderId ?? '')] };
  }
  // Back in 準備中 no lender is active. The next ORDER starts with the first candidate.
  if (edge.to === 'PREPARING') return { fields: { ...merged, lenderId: '', lenderName: '' }, active: -1, entries: [] };
  return { fields: merged, active, entries: [] };
}

function at(candidate: Candidate | undefined, fields: RequestFields, members: MemberDirectory): Omit<Moved, 'entries'> {
  if (candidate === undefined) return { fields, active: -1 };
  return {
    fields: { ...fields, lenderId: candidate.acceptingId, lenderName: members.shortName(candidate.acceptingId) },
    active: candidate.at,
  };
}

/**
 * Sets CLAIMFLG from the borrower's CLAIM until the borrower RECEIVEs the answer or withdraws the claim. LOANFLG stays
 * set after RENEW or SENDBACK.
 */
function flags({ command, edge }: Accepted): RequestFields {
  if (command === 'CLAIM' && edge.side === 'borrower') return { claimFlag: FLAG_SET };
  if (edge.side === 'borrower' && (edge.from === 'CLAIM_ANSWERED' || edge.from === 'CLAIMED')) return { claimFlag: '' };
  return command === 'RENEW' || command === 'SENDBACK' ? { loanFlag: FLAG_SET } : {};
}

function commandEntry(command: Command, memberId: string, comment: string | undefined): HistoryEntry {
  return { command: COMMAND_WIRE[command], memberId, ...(comment ? { comment } : {}) };
}

function skippedEntry({ memberId }: Lender): HistoryEntry {
  return { command: SYSTEM_COMMAND, memberId, comment: SKIPPED_COMMENT };
}

function allRefusedEntry(lastLenderId: string): HistoryEntry {
  return { command: SYSTEM_COMMAND, memberId: lastLenderId, comment: ALL_REFUSED_COMMENT };
}

/** Returns the history with the entries appended. Throws `Refused` when it would exceed the limit (NL2-28). */
function appended(history: readonly HistoryEntry[], entries: readonly HistoryEntry[]): readonly HistoryEntry[] {
  if (history.length + entries.length > MAX_HISTORY)
    throw new Refused('notAllowedNow', `history-full ${String(MAX_HISTORY)}`);
  return [...history, ...entries];
}
