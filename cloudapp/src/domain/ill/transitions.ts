import type { Action, Command } from './commands';
import type { FieldName } from './fields';
import type { Kind, Side } from './kinds';
import type { StateId } from './states';

/**
 * A condition on the record besides its state.
 * - claim-open / no-claim-open: a claim of the borrower is (not) open (CLAIMFLG)
 * - candidate-remains / no-candidate-remains: another lender that can serve follows (does not follow) in the candidate
 *   list
 * - never-renewed-or-returned: neither RENEW nor SENDBACK was ever issued (LOANFLG; M7-5_6)
 */
export const GUARDS = [
  'claim-open',
  'no-claim-open',
  'candidate-remains',
  'no-candidate-remains',
  'never-renewed-or-returned',
] as const;
export type Guard = (typeof GUARDS)[number];

/** A required field, or alternatives of which one must be present: the rule "one of BIBID / BIBNT / STDNO". */
export type Requirement = FieldName | { readonly oneOf: readonly FieldName[] };

export interface Transition {
  /** null: the record does not exist yet. */
  readonly from: StateId | null;
  readonly side: Side;
  readonly command: Command;
  readonly kinds: readonly Kind[];
  readonly to: StateId;
  /** The librarian's action for this edge. */
  readonly action: Action;
  readonly guard?: Guard;
  /** Fields that must not be empty after merging the command's own fields into the record (design 8). */
  readonly required?: readonly Requirement[];
  /** Dates that the client sets to today (Asia/Tokyo) when they are empty. */
  readonly defaultsToToday?: readonly FieldName[];
  /** The comment of this command: required by the server, or only advised. */
  readonly comment?: 'required' | 'advised';
  /** True for the highlighted button of this state. */
  readonly primary?: true;
  /** documented: confidence C or C2 of the dossier; inferred: I. */
  readonly basis: 'documented' | 'inferred';
  /** Dropped in strict mode (design 8 names exactly three). */
  readonly lenientOnly?: true;
  /** A second command for the same action: recognized, but never sent by us. */
  readonly alias?: true;
  /** Source keys of the NACSIS-ILL dossier. */
  readonly source: string;
}

const BOTH = ['copy', 'loan'] as const;
const COPY = ['copy'] as const;
const LOAN = ['loan'] as const;

const ONE_BIBLIOGRAPHY: Requirement = { oneOf: ['bibId', 'bibNote', 'standardNumber'] };
const ORDER_FIELDS: readonly Requirement[] = [
  'payment',
  ONE_BIBLIOGRAPHY,
  'lenders',
  'orderDate',
  'borrowerStaff',
  'borrowerAddress',
];
const COPY_ORDER_FIELDS: readonly Requirement[] = [...ORDER_FIELDS, 'copyType'];

/**
 * The table: every edge of both state machines (dossier 10.1 for copies, 10.2 for loans), each written once. Allowed
 * actions, refusals, the diagram and the simulator's behaviour are derived from it.
 * @unconfirmed I: The transitions whose row is marked inferred. Three of them are dropped in strict mode (`mode`).
 * Confirm: try each of them on a test account with two libraries; one that NACSIS-ILL refuses is to go.
 */
export const TRANSITIONS: readonly Transition[] = [
  // A new record
  {
    from: null,
    side: 'borrower',
    command: 'SAVE',
    kinds: BOTH,
    to: 'PREPARING',
    action: 'save',
    basis: 'inferred',
    source: 'M7-5_3, 9.1',
  },
  {
    from: null,
    side: 'borrower',
    command: 'ORDER',
    kinds: COPY,
    to: 'UNPROCESSED',
    action: 'order',
    required: COPY_ORDER_FIELDS,
    defaultsToToday: ['orderDate'],
    primary: true,
    basis: 'documented',
    source: 'M7-5_3, ALMA',
  },
  {
    from: null,
    side: 'borrower',
    command: 'ORDER',
    kinds: LOAN,
    to: 'UNPROCESSED',
    action: 'order',
    required: ORDER_FIELDS,
    defaultsToToday: ['orderDate'],
    primary: true,
    basis: 'documented',
    source: 'M7-5_3, ALMA',
  },

  // 準備中
  {
    from: 'PREPARING',
    side: 'borrower',
    command: 'ORDER',
    kinds: COPY,
    to: 'UNPROCESSED',
    action: 'order',
    required: COPY_ORDER_FIELDS,
    defaultsToToday: ['orderDate'],
    primary: true,
    basis: 'documented',
    source: 'CARIN-B@, M7-5_3, M8-5_2_4, WU-3_6',
  },
  {
    from: 'PREPARING',
    side: 'borrower',
    command: 'ORDER',
    kinds: LOAN,
    to: 'UNPROCESSED',
    action: 'order',
    required: ORDER_FIELDS,
    defaultsToToday: ['orderDate'],
    primary: true,
    basis: 'documented',
    source: 'M8-5_2_4, M7-5_3',
  },
  {
    from: 'PREPARING',
    side: 'borrower',
    command: 'CANCEL',
    kinds: BOTH,
    to: 'CANCELLED',
    action: 'cancel',
    basis: 'documented',
    source: 'CARIN-B D, ISO-3.21, M8-5_1_6',
  },
  {
    from: 'PREPARING',
    side: 'borrower',
    command: 'SAVE',
    kinds: BOTH,
    to: 'PREPARING',
    action: 'save',
    basis: 'inferred',
    source: 'GL 3.5',
  },

  // 未処理
  {
    from: 'UNPROCESSED',
    side: 'borrower',
    command: 'CALLBACK',
    kinds: BOTH,
    to: 'PREPARING',
    action: 'callback',
    basis: 'documented',
    source: 'furoku_a_3, M7-6_13, ISO-3.21',
  },
  {
    from: 'UNPROCESSED',
    side: 'lender',
    command: 'RECEIVE',
    kinds: BOTH,
    to: 'PROCESSING',
    action: 'accept',
    required: ['acceptDate'],
    defaultsToToday: ['acceptDate'],
    primary: true,
    basis: 'documented',
    source: 'CARIN-L@, ISO-4.2, M8-6_1_1',
  },

  // 処理中
  {
    from: 'PROCESSING',
    side: 'lender',
    command: 'SEND',
    kinds: COPY,
    to: 'SHIPPED',
    guard: 'no-claim-open',
    action: 'ship',
    required: ['shipDate', 'total'],
    defaultsToToday: ['shipDate'],
    primary: true,
    basis: 'documented',
    source: 'CARIN-L D, M8-6_3',
  },
  {
    from: 'PROCESSING',
    side: 'lender',
    command: 'SEND',
    kinds: LOAN,
    to: 'SHIPPED',
    guard: 'no-claim-open',
    action: 'ship',
    required: ['shipDate', 'total', 'dueDate'],
    defaultsToToday: ['shipDate'],
    primary: true,
    basis: 'documented',
    source: 'M8-6_3, CARIN-L D',
  },
  {
    from: 'PROCESSING',
    side: 'lender',
    command: 'SEND',
    kinds: BOTH,
    to: 'CLAIM_ANSWERED',
    guard: 'claim-open',
    action: 'ship',
    comment: 'advised',
    primary: true,
    basis: 'documented',
    source: 'M7-6_13, furoku_a_3',
  },
  {
    from: 'PROCESSING',
    side: 'lender',
    command: 'ANSWER',
    kinds: BOTH,
    to: 'CLAIM_ANSWERED',
    guard: 'claim-open',
    action: 'ship',
    comment: 'advised',
    alias: true,
    lenientOnly: true,
    basis: 'inferred',
    source: 'CARIN-L F',
  },
  {
    from: 'PROCESSING',
    side: 'lender',
    command: 'INQUIRE',
    kinds: BOTH,
    to: 'NEW_INQUIRY',
    action: 'inquiry',
    comment: 'required',
    basis: 'documented',
    source: 'CARIN-L A, M7-6_13, M8-5_1_6',
  },
  {
    from: 'PROCESSING',
    side: 'lender',
    command: 'PARDON',
    kinds: BOTH,
    to: 'UNPROCESSED',
    guard: 'candidate-remains',
    action: 'reject',
    comment: 'required',
    basis: 'documented',
    source: 'M8-6_1_3, M7-6_8, WU-4_9',
  },
  {
    from: 'PROCESSING',
    side: 'lender',
    command: 'PARDON',
    kinds: BOTH,
    to: 'NEW_INQUIRY',
    guard: 'no-candidate-remains',
    action: 'reject',
    comment: 'required',
    basis: 'documented',
    source: 'M8-6_1_3, M7-6_8, WU-4_9',
  },

  // 新着照会
  {
    from: 'NEW_INQUIRY',
    side: 'borrower',
    command: 'RECEIVE',
    kinds: BOTH,
    to: 'INQUIRY',
    action: 'accept',
    primary: true,
    basis: 'documented',
    source: 'CARIN-B A, M8-6_1_3, ISO-5.9',
  },
  {
    from: 'NEW_INQUIRY',
    side: 'lender',
    command: 'CALLBACK',
    kinds: BOTH,
    to: 'PROCESSING',
    action: 'callback',
    basis: 'documented',
    source: 'M7-6_13, ISO-6.9',
  },

  // 照会
  {
    from: 'INQUIRY',
    side: 'borrower',
    command: 'ANSWER',
    kinds: BOTH,
    to: 'ANSWERED',
    action: 'answer',
    comment: 'advised',
    primary: true,
    basis: 'documented',
    source: 'CARIN-B B, ISO-5.13',
  },
  {
    from: 'INQUIRY',
    side: 'borrower',
    command: 'FORWARD',
    kinds: BOTH,
    to: 'UNPROCESSED',
    guard: 'candidate-remains',
    action: 'forward',
    basis: 'documented',
    source: 'M8-5_10, M7-5_10, CARIN-B C',
  },
  {
    from: 'INQUIRY',
    side: 'borrower',
    command: 'CANCEL',
    kinds: BOTH,
    to: 'CANCELLED',
    action: 'cancel',
    basis: 'documented',
    source: 'CARIN-B D, ISO-5.9, ISO-3.21',
  },
  {
    from: 'INQUIRY',
    side: 'borrower',
    command: 'RETRY',
    kinds: COPY,
    to: 'PREPARING',
    action: 'reactivate',
    basis: 'documented',
    source: 'ISO-5.1.2, ISO-5.9',
  },
  {
    from: 'INQUIRY',
    side: 'borrower',
    command: 'RETRY',
    kinds: LOAN,
    to: 'PREPARING',
    action: 'reactivate',
    lenientOnly: true,
    basis: 'inferred',
    source: 'ISO-5.9',
  },

  // 回答待
  {
    from: 'ANSWERED',
    side: 'lender',
    command: 'RECEIVE',
    kinds: BOTH,
    to: 'PROCESSING',
    action: 'accept',
    primary: true,
    basis: 'documented',
    source: 'CARIN-L B',
  },
  {
    from: 'ANSWERED',
    side: 'borrower',
    command: 'CALLBACK',
    kinds: BOTH,
    to: 'INQUIRY',
    action: 'callback',
    basis: 'documented',
    source: 'ISO-3.21',
  },

  // 発送
  {
    from: 'SHIPPED',
    side: 'borrower',
    command: 'RECEIVE',
    kinds: BOTH,
    to: 'ARRIVED',
    action: 'accept',
    defaultsToToday: ['arrivalDate'],
    primary: true,
    basis: 'documented',
    source: 'CARIN-B E, M8-6_1_1',
  },
  {
    from: 'SHIPPED',
    side: 'lender',
    command: 'CALLBACK',
    kinds: BOTH,
    to: 'PROCESSING',
    action: 'callback',
    basis: 'documented',
    source: 'M7-6_13, ISO-6.9',
  },

  // 到着処理中
  {
    from: 'ARRIVED',
    side: 'borrower',
    command: 'OK',
    kinds: COPY,
    to: 'CONFIRMED',
    action: 'receive',
    primary: true,
    basis: 'documented',
    source: 'M7-5_5, ISO-3.21',
  },
  {
    from: 'ARRIVED',
    side: 'borrower',
    command: 'BORROW',
    kinds: LOAN,
    to: 'ON_LOAN',
    action: 'receive',
    primary: true,
    basis: 'documented',
    source: 'M7-5_6, ISO-3.7, CARIN-B I',
  },
  {
    from: 'ARRIVED',
    side: 'borrower',
    command: 'CLAIM',
    kinds: BOTH,
    to: 'CLAIMED',
    action: 'claim',
    comment: 'required',
    basis: 'documented',
    source: 'M8-5_12, CARIN-B F',
  },

  // クレーム未処理, クレーム回答待
  {
    from: 'CLAIMED',
    side: 'lender',
    command: 'RECEIVE',
    kinds: BOTH,
    to: 'PROCESSING',
    action: 'accept',
    primary: true,
    basis: 'documented',
    source: 'CARIN-L E',
  },
  {
    from: 'CLAIMED',
    side: 'borrower',
    command: 'CALLBACK',
    kinds: BOTH,
    to: 'ARRIVED',
    action: 'callback',
    lenientOnly: true,
    basis: 'inferred',
    source: '3.2',
  },
  {
    from: 'CLAIM_ANSWERED',
    side: 'borrower',
    command: 'RECEIVE',
    kinds: BOTH,
    to: 'ARRIVED',
    action: 'accept',
    primary: true,
    basis: 'documented',
    source: 'CARIN-B G, NL2-28',
  },
  {
    from: 'CLAIM_ANSWERED',
    side: 'lender',
    command: 'CALLBACK',
    kinds: BOTH,
    to: 'PROCESSING',
    action: 'callback',
    basis: 'documented',
    source: 'M7-6_13',
  },

  // 確認
  {
    from: 'CONFIRMED',
    side: 'borrower',
    command: 'CALLBACK',
    kinds: COPY,
    to: 'ARRIVED',
    action: 'callback',
    basis: 'documented',
    source: 'M7-5_5, ISO-3.21',
  },

  // 借用中, 更新請求, 返送
  {
    from: 'ON_LOAN',
    side: 'borrower',
    command: 'SENDBACK',
    kinds: LOAN,
    to: 'SENT_BACK',
    action: 'return',
    required: ['returnDate'],
    defaultsToToday: ['returnDate'],
    primary: true,
    basis: 'documented',
    source: 'M7-5_7, WU-3_18, ISO-3.8',
  },
  {
    from: 'ON_LOAN',
    side: 'borrower',
    command: 'RENEW',
    kinds: LOAN,
    to: 'RENEW_REQUESTED',
    action: 'renew',
    comment: 'advised',
    basis: 'documented',
    source: 'CARIN-B L, ISO-3.20',
  },
  {
    from: 'ON_LOAN',
    side: 'borrower',
    command: 'CALLBACK',
    kinds: LOAN,
    to: 'ARRIVED',
    guard: 'never-renewed-or-returned',
    action: 'callback',
    basis: 'documented',
    source: 'M7-5_6, ISO-3.21, furoku_a_3',
  },
  {
    from: 'RENEW_REQUESTED',
    side: 'lender',
    command: 'RECEIVE',
    kinds: LOAN,
    to: 'RETURN_PROCESSING',
    action: 'accept',
    primary: true,
    basis: 'documented',
    source: 'CARIN-L J, ISO-3.20',
  },
  {
    from: 'RENEW_REQUESTED',
    side: 'borrower',
    command: 'CALLBACK',
    kinds: LOAN,
    to: 'ON_LOAN',
    action: 'callback',
    basis: 'documented',
    source: 'ISO-3.21',
  },
  {
    from: 'SENT_BACK',
    side: 'lender',
    command: 'RECEIVE',
    kinds: LOAN,
    to: 'RETURN_PROCESSING',
    action: 'accept',
    required: ['checkInDate'],
    defaultsToToday: ['checkInDate'],
    primary: true,
    basis: 'documented',
    source: 'ISO-4.5, CARIN-L G',
  },
  {
    from: 'SENT_BACK',
    side: 'borrower',
    command: 'CALLBACK',
    kinds: LOAN,
    to: 'ON_LOAN',
    action: 'callback',
    basis: 'documented',
    source: 'ISO-3.21',
  },

  // 返却処理中, 返却クレーム未処理, 返却確認
  {
    from: 'RETURN_PROCESSING',
    side: 'lender',
    command: 'OK',
    kinds: LOAN,
    to: 'RETURN_CONFIRMED',
    action: 'check-in',
    primary: true,
    basis: 'documented',
    source: 'M8-6_5, CARIN-L H',
  },
  {
    from: 'RETURN_PROCESSING',
    side: 'lender',
    command: 'CLAIM',
    kinds: LOAN,
    to: 'RETURN_CLAIMED',
    action: 'claim',
    comment: 'advised',
    basis: 'documented',
    source: 'CARIN-L I, M7 6.12',
  },
  {
    from: 'RETURN_CLAIMED',
    side: 'borrower',
    command: 'RECEIVE',
    kinds: LOAN,
    to: 'ON_LOAN',
    action: 'accept',
    primary: true,
    basis: 'documented',
    source: 'CARIN-B K, M7-5_7',
  },
  {
    from: 'RETURN_CONFIRMED',
    side: 'lender',
    command: 'CALLBACK',
    kinds: LOAN,
    to: 'RETURN_PROCESSING',
    action: 'callback',
    basis: 'documented',
    source: 'M8-6_5, M7-6_13',
  },

  // CANCEL: always returns to 準備中, also after a cancellation from 照会 (M7-5_11)
  {
    from: 'CANCELLED',
    side: 'borrower',
    command: 'CALLBACK',
    kinds: BOTH,
    to: 'PREPARING',
    action: 'reactivate',
    primary: true,
    basis: 'documented',
    source: 'M7-5_11, ISO-3.21',
  },
];

/** An action of two commands, offered when the table allows the first and then the second (design 8). */
export interface Chain {
  readonly action: Action;
  readonly from: StateId;
  readonly side: Side;
  readonly commands: readonly [Command, Command];
}

export const CHAINS: readonly Chain[] = [
  { action: 'cancel', from: 'UNPROCESSED', side: 'borrower', commands: ['CALLBACK', 'CANCEL'] },
  { action: 'cancel', from: 'NEW_INQUIRY', side: 'borrower', commands: ['RECEIVE', 'CANCEL'] },
];

/**
 * An action that may follow another one at once. Both are offered together as "and go on", but performed separately.
 * `from`: the state before the first action.
 */
interface Continuation {
  readonly action: Action;
  readonly side: Side;
  readonly from: StateId;
  readonly then: Action;
}

/**
 * The usual continuation of an action comes first. Inquiries, claims and replies have none, because the other side's
 * text must be read before answering.
 */
export const CONTINUATIONS: readonly Continuation[] = [
  { action: 'accept', side: 'borrower', from: 'SHIPPED', then: 'receive' },
  { action: 'accept', side: 'borrower', from: 'CLAIM_ANSWERED', then: 'receive' },
  { action: 'accept', side: 'lender', from: 'UNPROCESSED', then: 'ship' },
  { action: 'accept', side: 'lender', from: 'UNPROCESSED', then: 'inquiry' },
  { action: 'accept', side: 'lender', from: 'UNPROCESSED', then: 'reject' },
  { action: 'accept', side: 'lender', from: 'ANSWERED', then: 'ship' },
  { action: 'accept', side: 'lender', from: 'SENT_BACK', then: 'check-in' },
  { action: 'accept', side: 'lender', from: 'RENEW_REQUESTED', then: 'claim' },
];
