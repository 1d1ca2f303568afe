import { commandByWire } from './commands';
import { GROUPS, type CHARGE_PARTS, type HISTORY_PARTS, type LENDER_PARTS, type ScalarName } from './fields';
import type { Kind, Side } from './kinds';
import type { StateId } from './states';

/** A candidate lender of the rota, in asking order. */
export type Lender = { readonly memberId: string } & {
  readonly [part in Exclude<keyof typeof LENDER_PARTS, 'memberId'>]?: string;
};
export type Charge = { readonly [part in keyof typeof CHARGE_PARTS]?: string };
export type HistoryEntry = { readonly [part in keyof typeof HISTORY_PARTS]?: string };

/** The content of a request by domain names. An absent key and an empty text are equivalent. */
export type RequestFields = { readonly [name in ScalarName]?: string } & {
  readonly lenders?: readonly Lender[];
  readonly charges?: readonly Charge[];
};

/** A request as NACSIS-ILL last returned it. */
export interface IllRequest {
  readonly id: string;
  readonly kind: Kind;
  /** null when NACSIS-ILL returned a state that the table does not know; `externalStatus` holds its text. */
  readonly state: StateId | null;
  /** The Japanese name of the state in NACSIS-ILL: the External System Status. */
  readonly externalStatus: string;
  readonly fields: RequestFields;
  /** Oldest first. */
  readonly history: readonly HistoryEntry[];
}

/** The properties that the guards of the table check. */
export interface Situation {
  readonly kind: Kind;
  /** undefined: no record yet; null: a state unknown to the table. */
  readonly state: StateId | null | undefined;
  readonly claimOpen: boolean;
  readonly candidateRemains: boolean;
  /** false: all remaining candidates have stopped their service; absent: unknown. */
  readonly candidateServes?: boolean;
  readonly renewedOrReturned: boolean;
  /** True when the borrower waits for an answer to a renewal request. */
  readonly renewalPending: boolean;
  readonly historyLength: number;
}

/**
 * @unconfirmed O: CLAIMFLG after a CLAIM, and LOANFLG after RENEW or SENDBACK, is 1 (dossier section 5).
 * Confirm: read a request before and after each of these commands.
 */
export const FLAG_SET = '1';

/**
 * Returns the properties that the guards check. `candidateServes`: result of the member directory for the remaining
 * candidates, when it was queried.
 */
export function situationOf(request: IllRequest, candidateServes?: boolean): Situation {
  return {
    kind: request.kind,
    state: request.state,
    claimOpen: request.fields.claimFlag === FLAG_SET,
    candidateRemains: candidatesAfterActive(request.fields).length > 0,
    ...(candidateServes === undefined ? {} : { candidateServes }),
    renewedOrReturned: request.fields.loanFlag === FLAG_SET,
    renewalPending: isRenewalPending(request),
    historyLength: request.history.length,
  };
}

/** The candidates after the active lender. Their member records tell whether they serve. */
export function candidatesAfterActive(fields: RequestFields): readonly Lender[] {
  const lenders = fields.lenders ?? [];
  const active = lenders.findIndex((lender) => isLender(lender, fields.lenderId));
  return active < 0 ? lenders : lenders.slice(active + 1);
}

function isLender(lender: Lender, id: string | undefined): boolean {
  return id !== undefined && (lender.memberId === id || lender.acceptingMemberId === id);
}

export const NEW_RECORD = (kind: Kind): Situation => ({
  kind,
  state: undefined,
  claimOpen: false,
  candidateRemains: false,
  renewedOrReturned: false,
  renewalPending: false,
  historyLength: 0,
});

type Commands = readonly { readonly command?: string }[];

/**
 * True when the lender has a renewal request to answer rather than a returned item. NACSIS-ILL has one state for both
 * (dossier 2, RETURN_PROCESSING), so the history decides.
 */
export function isRenewalPending({ state, history }: { state: StateId | null; history: Commands }): boolean {
  return (state === 'RETURN_PROCESSING' || state === 'RENEW_REQUESTED') && isByRenewal(history);
}

/** True when the last RENEW or SENDBACK of a history is a RENEW: the lender's turn is about a renewal. */
export function isByRenewal(history: Commands): boolean {
  const commands = history.map(({ command }) => commandByWire(command ?? ''));
  return commands.findLast((command) => command === 'RENEW' || command === 'SENDBACK') === 'RENEW';
}

export function isHistoryFull(situation: Situation): boolean {
  return situation.historyLength >= GROUPS.history.max;
}

/** The library on the other side of a request. */
export function partnerOf(request: IllRequest, side: Side): { readonly id?: string; readonly name?: string } {
  const { borrowerId, borrowerName, lenderId, lenderName } = request.fields;
  return side === 'borrower' ? { id: lenderId, name: lenderName } : { id: borrowerId, name: borrowerName };
}

/** The side of a history entry: every member other than the borrower was the lender at that time. */
export function sideOfEntry(request: IllRequest, entry: HistoryEntry): Side {
  return entry.memberId === request.fields.borrowerId ? 'borrower' : 'lender';
}
