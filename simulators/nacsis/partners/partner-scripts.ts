import type { Command } from '#domain/ill/commands';
import { addDays } from '#domain/ill/dates';
import type { Side } from '#domain/ill/kinds';
import type { HistoryEntry, IllRequest, RequestFields } from '#domain/ill/request';
import type { StateId } from '#domain/ill/states';
import { PARTNER_SCRIPTS, type PartnerScript } from '../../scenarios';

/** The next command of the other library. */
export interface PartnerStep {
  readonly command: Command;
  /** Fields in addition to those that the command requires. */
  readonly fields?: RequestFields;
  readonly comment?: string;
  /** Multiplies the script's usual waiting time before this step. */
  readonly patience?: number;
}

type Way = Partial<Readonly<Record<StateId, (request: IllRequest) => PartnerStep | undefined>>>;

const LATE = 5;
/** Days by which a renewal extends the due date. */
const RENEWED_DAYS = 14;
/** Yen by which the wrong total exceeds the right one. */
const TOO_MUCH = 1000;

const does = (command: Command) => (): PartnerStep => ({ command });

/** Steps that every lender takes with incoming requests. */
const LENDER: Way = {
  UNPROCESSED: does('RECEIVE'),
  PROCESSING: does('SEND'),
  ANSWERED: does('RECEIVE'),
  CLAIMED: does('RECEIVE'),
  RENEW_REQUESTED: does('RECEIVE'),
  SENT_BACK: does('RECEIVE'),
  RETURN_PROCESSING: (request) => (isRenewalAsked(request) ? renewalAnswer(request, RENEWED_DAYS) : { command: 'OK' }),
};
const BORROWER: Way = {
  NEW_INQUIRY: does('RECEIVE'),
  INQUIRY: does('ANSWER'),
  SHIPPED: does('RECEIVE'),
  ARRIVED: ({ kind }) => ({ command: kind === 'loan' ? 'BORROW' : 'OK' }),
  CLAIM_ANSWERED: does('RECEIVE'),
  ON_LOAN: does('SENDBACK'),
  RETURN_CLAIMED: does('RECEIVE'),
};

const WAYS: Readonly<Record<PartnerScript, Way>> = {
  'ships': LENDER,
  'ships-late': { ...LENDER, PROCESSING: () => ({ command: 'SEND', patience: LATE }) },
  'ships-wrong-charge': { ...LENDER, PROCESSING: wronglyCharged },
  'inquires': {
    ...LENDER,
    PROCESSING: (request) => ({
      command: isClaimOpen(request) || hasDone(request, 'INQUIRE', request.fields.lenderId) ? 'SEND' : 'INQUIRE',
    }),
  },
  'refuses': { ...LENDER, PROCESSING: (request) => ({ command: isClaimOpen(request) ? 'SEND' : 'PARDON' }) },
  'refuses-renewal': {
    ...LENDER,
    RETURN_PROCESSING: (request) => (isRenewalAsked(request) ? renewalAnswer(request, 0) : { command: 'OK' }),
  },
  'asks-about-return': { ...LENDER, RETURN_PROCESSING: questionOrCheckIn },
  'sends-back': BORROWER,
  'claims': {
    ...BORROWER,
    ARRIVED: (request) =>
      hasDone(request, 'CLAIM', request.fields.borrowerId)
        ? BORROWER.ARRIVED?.(request)
        : { command: 'CLAIM', comment: '頁が不足しています。ご確認をお願いいたします。' },
  },
  'asks-for-renewal': {
    ...BORROWER,
    ON_LOAN: (request) =>
      hasDone(request, 'RENEW', request.fields.borrowerId) ? { command: 'SENDBACK' } : { command: 'RENEW' },
  },
  'cancels': { ...BORROWER, INQUIRY: does('CANCEL') },
};

/** For each side, the script that goes straight to the end. */
export const STRAIGHT = { lender: 'ships', borrower: 'sends-back' } as const satisfies Record<Side, PartnerScript>;

/** The other library's next step; undefined when the script waits for the first library or has ended. */
export function nextStep(script: PartnerScript, request: IllRequest): PartnerStep | undefined {
  return request.state === null ? undefined : WAYS[script][request.state]?.(request);
}

export function scriptByName(name: unknown): PartnerScript | undefined {
  return typeof name === 'string' && Object.hasOwn(PARTNER_SCRIPTS, name) ? (name as PartnerScript) : undefined;
}

function wronglyCharged(request: IllRequest): PartnerStep {
  if (isClaimOpen(request)) return { command: 'SEND', comment: '料金に誤りがありました。訂正いたしました。' };
  const right = request.kind === 'copy' ? 740 : 870;
  return { command: 'SEND', fields: { total: String(right + TOO_MUCH) } };
}

/**
 * Answers a renewal request with the new due date, or with the old one when `days` is 0. Only the date tells a refusal
 * from a grant (dossier 3.1).
 */
function renewalAnswer({ fields: { dueDate } }: IllRequest, days: number): PartnerStep {
  if (days === 0) return { command: 'CLAIM', comment: '延長はお受けできません。期限までにご返送ください。' };
  const fields = dueDate === undefined ? {} : { dueDate: addDays(dueDate, days) };
  return { command: 'CLAIM', fields, comment: '返却期限を延長しました。' };
}

function questionOrCheckIn(request: IllRequest): PartnerStep | undefined {
  if (isRenewalAsked(request)) return renewalAnswer(request, RENEWED_DAYS);
  return hasAskedAboutReturn(request)
    ? { command: 'OK' }
    : { command: 'CLAIM', comment: '付録のCD-ROMが見当たりません。ご確認をお願いいたします。' };
}

function isClaimOpen({ fields }: IllRequest): boolean {
  return Boolean(fields.claimFlag);
}

/** True when the lender must act because of a renewal, not because of a return. */
function isRenewalAsked({ history }: IllRequest): boolean {
  return history.findLast(({ command }) => command === 'RENEW' || command === 'SENDBACK')?.command === 'RENEW';
}

/**
 * True when the lender has asked about the return. Counts only CLAIMs after SENDBACK, because the answer to a renewal
 * is also a CLAIM.
 */
function hasAskedAboutReturn({ history, fields }: IllRequest): boolean {
  return history.some(({ command, memberId }, at) => {
    const before = history.slice(0, at).findLast((entry) => entry.command === 'RENEW' || entry.command === 'SENDBACK');
    return command === 'CLAIM' && memberId === fields.lenderId && before?.command === 'SENDBACK';
  });
}

function hasDone({ history }: IllRequest, command: Command, memberId: string | undefined): boolean {
  return history.some((entry: HistoryEntry) => entry.command === command && entry.memberId === memberId);
}
