import type { Side } from '../ill/kinds';
import type { StateId } from '../ill/states';

/**
 * An update that Alma's public API accepts for a request (alma.md 2.1 U3, U4). `yen`: the total that the lender
 * charges.
 */
export type AlmaStep = { readonly do: 'cancel' } | { readonly do: 'shipping-cost'; readonly yen: number };

/** The state of a request in NACSIS-ILL. */
export interface NacsisStanding {
  readonly side: Side;
  readonly state: StateId | null;
  readonly fields: { readonly total?: string };
}
/**
 * The state of a request in Alma: status code and shipping cost in yen. The cost is absent when Alma uses another
 * currency.
 */
export interface AlmaStanding {
  readonly status: string;
  readonly shippingCost?: number;
}

interface Agreement {
  readonly states: readonly StateId[];
  readonly statuses: readonly string[];
}

const CANCELLED = ['CANCELLED', 'CANCELLED_BY_STAFF', 'CANCELLED_BY_PATRON', 'DELETED'];
/** Final statuses: Alma has nothing left to cancel. */
const ENDED: ReadonlySet<string> = new Set([...CANCELLED, 'EXPIRED', 'REQUEST_COMPLETED', 'HISTORY']);

/**
 * Maps states of NACSIS-ILL to the Alma statuses that mean the same.
 * @unconfirmed I: Which statuses of Alma agree with which state of NACSIS-ILL (alma.md, table A). Confirm: compare both statuses of requests that a library works on with the app.
 */
const AGREEMENTS: Readonly<Record<Side, readonly Agreement[]>> = {
  borrower: [
    {
      states: ['PREPARING'],
      statuses: [
        'REQUEST_CREATED_BOR',
        'PENDING_APPROVAL',
        'LOCATE_IN_PROCESS',
        'LOCATE_FAILED',
        'LOCAL_HOLDING',
        'BAD_CITATION',
        'READY_TO_SEND',
        'RESUBMIT',
        'REACTIVATED',
      ],
    },
    {
      states: ['UNPROCESSED', 'PROCESSING', 'NEW_INQUIRY', 'INQUIRY', 'ANSWERED'],
      statuses: [
        'REQUEST_SENT',
        'REQUEST_ACCEPTED',
        'WILL_SUPPLY',
        'AUTO_WILL_SUPPLY',
        'CONDITIONAL',
        'CANCEL_REPLY',
        'CANCEL_NOT_ACCEPTED',
      ],
    },
    { states: ['NEW_INQUIRY', 'INQUIRY'], statuses: ['REJECT', 'REJECTED', 'LOCATE_FAILED'] },
    { states: ['SHIPPED'], statuses: ['SHIPPED_PHYSICALLY', 'SHIPPED_DIGITALLY'] },
    {
      states: ['ARRIVED', 'CLAIMED', 'CLAIM_ANSWERED'],
      statuses: [
        'RECEIVED_PHYSICALLY',
        'RECEIVED_DIGITALLY',
        'RECEIVE_DIGITALLY_REPLY',
        'RECEIVED_NOT_FOR_LOAN',
        'CLAIMED',
        'DAMAGED',
        'DAMAGED_COMMUNICATED',
      ],
    },
    {
      states: ['CONFIRMED'],
      statuses: ['REQUEST_COMPLETED', 'RECEIVED_DIGITALLY', 'RECEIVED_NOT_FOR_LOAN', 'HISTORY'],
    },
    {
      states: ['ON_LOAN'],
      statuses: ['RECEIVED_PHYSICALLY', 'LOANED', 'OVERDUE_ITEM', 'RECALLED_BOR', 'RENEWED', 'RENEW_NOT_ACCEPTED'],
    },
    {
      states: ['RENEW_REQUESTED', 'RETURN_PROCESSING', 'RETURN_CLAIMED'],
      statuses: ['RENEW_REQUESTED', 'MANUAL_RENEW', 'MEDIATED_RENEWAL', 'AUTOMATIC_RENEW'],
    },
    { states: ['SENT_BACK', 'RETURN_PROCESSING', 'RETURN_CLAIMED'], statuses: ['RETURNED_TO_PARTNER'] },
    { states: ['RETURN_CONFIRMED'], statuses: ['LENDER_CHECK_IN', 'REQUEST_COMPLETED', 'HISTORY'] },
    { states: ['CANCELLED'], statuses: [...CANCELLED, 'EXPIRED'] },
  ],
  lender: [
    { states: ['UNPROCESSED'], statuses: ['REQUEST_CREATED_LEND'] },
    { states: ['PROCESSING', 'ANSWERED'], statuses: ['BEING_PROCESSED', 'WILL_SUPPLY', 'LOCATE_FAILED'] },
    { states: ['NEW_INQUIRY', 'INQUIRY', 'ANSWERED'], statuses: ['CONDITIONAL'] },
    {
      states: ['SHIPPED', 'CLAIMED', 'CLAIM_ANSWERED'],
      statuses: ['SHIPPED_PHYSICALLY', 'SHIPPED_DIGITALLY'],
    },
    {
      states: ['ARRIVED', 'ON_LOAN', 'CLAIMED', 'CLAIM_ANSWERED'],
      statuses: ['RECEIVED_BY_PARTNER', 'OVERDUE_REQUEST'],
    },
    { states: ['CONFIRMED'], statuses: ['REQUEST_COMPLETED', 'SHIPPED_DIGITALLY', 'RECEIVED_BY_PARTNER'] },
    { states: ['RENEW_REQUESTED', 'RETURN_PROCESSING', 'RETURN_CLAIMED'], statuses: ['RENEW_REQUESTED'] },
    { states: ['SENT_BACK', 'RETURN_PROCESSING', 'RETURN_CLAIMED'], statuses: ['RETURNED_BY_PARTNER'] },
    { states: ['RETURN_CONFIRMED'], statuses: ['REQUEST_COMPLETED'] },
    { states: ['CANCELLED'], statuses: [...CANCELLED, 'EXPIRED', 'REJECTED'] },
  ],
};

/** States in which the total is charged. In an inquiry the total only announces a cost (M8-5_10). */
const CHARGED: ReadonlySet<StateId> = new Set<StateId>([
  'SHIPPED',
  'ARRIVED',
  'CLAIMED',
  'CLAIM_ANSWERED',
  'CONFIRMED',
  'ON_LOAN',
  'RENEW_REQUESTED',
  'SENT_BACK',
  'RETURN_PROCESSING',
  'RETURN_CLAIMED',
  'RETURN_CONFIRMED',
]);

/**
 * Returns the updates that Alma's API accepts and that Alma does not have yet. Returns none for lending requests,
 * because the API accepts none for them. Every other status stays as Alma has it.
 */
export function almaSteps(request: NacsisStanding, alma: AlmaStanding): readonly AlmaStep[] {
  if (request.side !== 'borrower') return [];
  if (request.state === 'CANCELLED') return ENDED.has(alma.status) ? [] : [{ do: 'cancel' }];
  const yen = chargedYen(request);
  const isKnown = alma.shippingCost === undefined || alma.shippingCost === yen;
  return yen === undefined || isKnown ? [] : [{ do: 'shipping-cost', yen }];
}

/** True when Alma has finished with the request. */
export function hasEndedInAlma(side: Side, status: string): boolean {
  return ENDED.has(status) || (side === 'lender' && status === 'REJECTED');
}

/** Statuses that a lending request can have in Alma. */
export const LENDING_STATUSES: readonly string[] = [...new Set(AGREEMENTS.lender.flatMap(({ statuses }) => statuses))];

/**
 * Result of comparing both systems.
 * - same: both agree, or the table does not know the state or the status
 * - differs: Alma is behind or ahead; its API cannot change the status, so the app shows both
 * - cancelled-there: Alma has cancelled a request that is still open in NACSIS-ILL; this cannot be undone
 */
export type Comparison = 'same' | 'differs' | 'cancelled-there';

export function compareWithAlma({ side, state }: NacsisStanding, { status }: AlmaStanding): Comparison {
  const rows = AGREEMENTS[side].filter(({ statuses }) => statuses.includes(status));
  if (state === null || rows.length === 0 || rows.some(({ states }) => states.includes(state))) return 'same';
  return CANCELLED.includes(status) ? 'cancelled-there' : 'differs';
}

/** The Alma statuses that mean the same as this state. */
export function statusesAgreeing(side: Side, state: StateId): readonly string[] {
  return AGREEMENTS[side].flatMap(({ states, statuses }) => (states.includes(state) ? statuses : []));
}

function chargedYen({ state, fields }: NacsisStanding): number | undefined {
  const { total = '' } = fields;
  return state !== null && CHARGED.has(state) && /^\d{1,8}$/.test(total) ? Number(total) : undefined;
}
