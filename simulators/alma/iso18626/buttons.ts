import type { Side } from '../model';

/** Statuses of a borrowing request that was sent and not shipped yet. */
export const OPEN_BORROWING = [
  'REQUEST_SENT',
  'REQUEST_ACCEPTED',
  'WILL_SUPPLY',
  'CONDITIONAL',
  'CANCEL_NOT_ACCEPTED',
] as const;
/** Statuses in which the item is at the borrowing library or with its patron. */
export const HERE_BORROWING = [
  'RECEIVED_PHYSICALLY',
  'RECEIVED_NOT_FOR_LOAN',
  'LOANED',
  'OVERDUE_ITEM',
  'RECALLED_BOR',
  'RENEW_REQUESTED',
  'RENEWED',
  'RENEW_NOT_ACCEPTED',
] as const;
const OPEN_LENDING = [
  'REQUEST_CREATED_LEND',
  'LOCATE_FAILED',
  'BEING_PROCESSED',
  'WILL_SUPPLY',
  'CONDITIONAL',
] as const;
const OUT_LENDING = [
  'SHIPPED_PHYSICALLY',
  'RECEIVED_BY_PARTNER',
  'RETURNED_BY_PARTNER',
  'RENEW_REQUESTED',
  'OVERDUE_REQUEST',
] as const;

/** An input of an action: text, reason of a refusal, date yyyy-MM-dd, yen, `Y` or `N`, barcodes with commas between. */
export const FIELDS = ['note', 'reason', 'dueDate', 'cost', 'answer', 'barcodes'] as const;
export type Field = (typeof FIELDS)[number];

/** An action of Alma's request pages. */
export interface Button {
  /** Alma's statuses in which it is offered. */
  readonly from: readonly string[];
  readonly fields: readonly Field[];
  /** Absent: for what comes back and what does not. */
  readonly only?: 'returnable';
}

/** `lend`: the loan to the patron, of which the partner is told nothing. */
export const BUTTONS = {
  borrowing: {
    'send': { from: ['READY_TO_SEND'], fields: [] },
    'receive': { from: [...OPEN_BORROWING, 'SHIPPED_PHYSICALLY', 'SHIPPED_DIGITALLY'], fields: [] },
    'lend': { from: ['RECEIVED_PHYSICALLY'], fields: [], only: 'returnable' },
    'renew': {
      from: ['RECEIVED_PHYSICALLY', 'LOANED', 'OVERDUE_ITEM', 'RENEWED', 'RENEW_NOT_ACCEPTED'],
      fields: ['note'],
      only: 'returnable',
    },
    'return': { from: HERE_BORROWING, fields: [], only: 'returnable' },
    'cancel': { from: ['READY_TO_SEND', ...OPEN_BORROWING], fields: ['note'] },
    'general-message': {
      from: [
        ...OPEN_BORROWING,
        'CANCEL_REPLY',
        'SHIPPED_PHYSICALLY',
        'SHIPPED_DIGITALLY',
        ...HERE_BORROWING,
        'RETURNED_TO_PARTNER',
        'REJECT',
      ],
      fields: ['note'],
    },
  },
  lending: {
    'will-supply': { from: ['REQUEST_CREATED_LEND', 'BEING_PROCESSED', 'CONDITIONAL'], fields: [] },
    'ship': { from: OPEN_LENDING, fields: ['cost', 'dueDate', 'barcodes', 'note'] },
    'conditional': { from: ['REQUEST_CREATED_LEND', 'BEING_PROCESSED', 'WILL_SUPPLY'], fields: ['note'] },
    'reject': { from: OPEN_LENDING, fields: ['reason', 'note'] },
    'renew-answer': { from: ['RENEW_REQUESTED'], fields: ['answer', 'dueDate', 'note'], only: 'returnable' },
    'check-in': { from: OUT_LENDING, fields: [], only: 'returnable' },
    'general-message': { from: [...OPEN_LENDING, ...OUT_LENDING, 'SHIPPED_DIGITALLY'], fields: ['note'] },
  },
} as const satisfies Readonly<Record<Side, Readonly<Record<string, Button>>>>;
export type BorrowingAction = keyof (typeof BUTTONS)['borrowing'];
export type LendingAction = keyof (typeof BUTTONS)['lending'];
export type Action = BorrowingAction | LendingAction;

/** The actions that Alma offers for a request of an ISO 18626 partner, in the order of the page. */
export function offeredActions(
  side: Side,
  status: string,
  isReturnable: boolean,
): readonly { readonly action: Action; readonly fields: readonly Field[] }[] {
  const buttons: Readonly<Partial<Record<Action, Button>>> = BUTTONS[side];
  return Object.entries(buttons)
    .filter(([, { from, only }]) => from.includes(status) && (only === undefined || isReturnable))
    .flatMap(([name, { fields }]) => (isAction(name) ? [{ action: name, fields }] : []));
}

export function isAction(name: string): name is Action {
  return name in BUTTONS.borrowing || name in BUTTONS.lending;
}
