import { HERE_BORROWING, OPEN_BORROWING } from './buttons';

/** What a message does: the new status, or why it does nothing. */
export type Effect = { readonly to: string } | { readonly ignored: string };

interface Rule {
  readonly to: string;
  /** Reasons with which Alma takes the status (iso18626.md 3). */
  readonly reasons: readonly string[];
  /** Alma's statuses before it. Statuses never go back, and ended requests stay ended. */
  readonly from: readonly string[];
}

const SAID = ['RequestResponse', 'StatusChange'] as const;
const UNSENT = ['READY_TO_SEND'] as const;
const ASKED = [...UNSENT, ...OPEN_BORROWING, 'CANCEL_REPLY'] as const;
const SHIPPED = ['SHIPPED_PHYSICALLY', 'SHIPPED_DIGITALLY'] as const;
const WITH_US = [...SHIPPED, ...HERE_BORROWING, 'CLAIMED', 'DAMAGED_COMMUNICATED'] as const;
const BACK = ['RETURNED_TO_PARTNER', 'LENDER_CHECK_IN'] as const;
const without = (statuses: readonly string[], ...left: readonly string[]): readonly string[] =>
  statuses.filter((status) => !left.includes(status));

/**
 * What a supplier's status does to a borrowing request. ExpectToSupply and RequestReceived are missing: Alma ignores
 * them. `Unfilled` leads to REJECT when the rota has no other partner.
 * @unconfirmed I: Which status of Alma follows which status of ISO 18626, where iso18626.md 5 does not mark the row H. Confirm: send each to an Alma sandbox.
 */
const STATUS_RULES: Readonly<Record<string, Rule>> = {
  WillSupply: { to: 'WILL_SUPPLY', reasons: ['RequestResponse'], from: without(ASKED, 'WILL_SUPPLY', 'CANCEL_REPLY') },
  RetryPossible: { to: 'CONDITIONAL', reasons: SAID, from: without(ASKED, 'CONDITIONAL', 'CANCEL_REPLY') },
  Unfilled: { to: 'REJECT', reasons: SAID, from: ASKED },
  Loaned: { to: 'SHIPPED_PHYSICALLY', reasons: ['StatusChange'], from: ASKED },
  CopyCompleted: { to: 'SHIPPED_DIGITALLY', reasons: SAID, from: ASKED },
  Overdue: { to: 'OVERDUE_ITEM', reasons: SAID, from: without(WITH_US, 'OVERDUE_ITEM', 'RECALLED_BOR') },
  Recalled: { to: 'RECALLED_BOR', reasons: SAID, from: without(WITH_US, 'RECALLED_BOR') },
  Cancelled: { to: 'CANCELLED', reasons: SAID, from: [...ASKED, ...WITH_US] },
  LoanCompleted: { to: 'REQUEST_COMPLETED', reasons: ['RequestResponse'], from: [...ASKED, ...WITH_US, ...BACK] },
  CompletedWithoutReturn: { to: 'REQUEST_COMPLETED', reasons: SAID, from: [...ASKED, ...WITH_US, ...BACK] },
};

const ANSWER_RULES: Readonly<Record<string, { readonly from: string; readonly Y: string; readonly N: string }>> = {
  CancelResponse: { from: 'CANCEL_REPLY', Y: 'CANCELLED', N: 'CANCEL_NOT_ACCEPTED' },
  RenewResponse: { from: 'RENEW_REQUESTED', Y: 'RENEWED', N: 'RENEW_NOT_ACCEPTED' },
};

/** The effect of a supplier's message on a borrowing request in `current`. A Notification changes no status. */
export function effectOnBorrowing(
  current: string,
  { reason, status, answer }: { readonly reason: string; readonly status?: string; readonly answer?: string },
): Effect {
  const question = ANSWER_RULES[reason];
  if (question !== undefined) {
    if (current !== question.from) return { ignored: 'nothing was asked' };
    return { to: answer === 'Y' ? question.Y : question.N };
  }
  const rule = STATUS_RULES[status ?? ''];
  if (rule === undefined) return { ignored: 'Alma does not use this status' };
  if (!rule.reasons.includes(reason)) return { ignored: `Alma takes this status only as ${rule.reasons.join(', ')}` };
  return rule.from.includes(current) ? { to: rule.to } : { ignored: 'the status would go back' };
}

const OUT = ['SHIPPED_PHYSICALLY', 'RECEIVED_BY_PARTNER', 'OVERDUE_REQUEST', 'RENEW_REQUESTED'] as const;
const UNSHIPPED = ['REQUEST_CREATED_LEND', 'LOCATE_FAILED', 'BEING_PROCESSED', 'WILL_SUPPLY', 'CONDITIONAL'] as const;

const ACTION_RULES: Readonly<Record<string, Omit<Rule, 'reasons'>>> = {
  Received: { to: 'RECEIVED_BY_PARTNER', from: ['SHIPPED_PHYSICALLY', 'SHIPPED_DIGITALLY', 'OVERDUE_REQUEST'] },
  ShippedReturn: { to: 'RETURNED_BY_PARTNER', from: OUT },
  Renew: { to: 'RENEW_REQUESTED', from: without(OUT, 'RENEW_REQUESTED') },
  Cancel: { to: 'CANCELLED', from: UNSHIPPED },
};

/** The effect of a requester's action on a lending request in `current`. */
export function effectOnLending(current: string, action: string): Effect {
  const rule = ACTION_RULES[action];
  if (rule === undefined) return { ignored: 'Alma does not use this action' };
  return rule.from.includes(current) ? { to: rule.to } : { ignored: 'the status would go back' };
}
