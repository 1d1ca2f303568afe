import type { Kind, Side } from './kinds';

/** A state of a request. `wire` is the text of the STAT field. */
interface StateSpec {
  readonly wire: string;
  readonly kinds: readonly Kind[];
  /** The side that must act next and whose work list shows the request as waiting; null in final states. */
  readonly mustAct: Side | null;
  readonly final: boolean;
}

const BOTH = ['copy', 'loan'] as const;
const COPY = ['copy'] as const;
const LOAN = ['loan'] as const;

/**
 * All states of a NACSIS-ILL request in life-cycle order (dossier section 2).
 * @unconfirmed I: STAT holds the Japanese name of the state, and the literal CANCEL (dossier 2.1). Confirm: read requests in several states.
 */
export const STATES = {
  PREPARING: { wire: '準備中', kinds: BOTH, mustAct: 'borrower', final: false },
  UNPROCESSED: { wire: '未処理', kinds: BOTH, mustAct: 'lender', final: false },
  PROCESSING: { wire: '処理中', kinds: BOTH, mustAct: 'lender', final: false },
  NEW_INQUIRY: { wire: '新着照会', kinds: BOTH, mustAct: 'borrower', final: false },
  INQUIRY: { wire: '照会', kinds: BOTH, mustAct: 'borrower', final: false },
  ANSWERED: { wire: '回答待', kinds: BOTH, mustAct: 'lender', final: false },
  SHIPPED: { wire: '発送', kinds: BOTH, mustAct: 'borrower', final: false },
  ARRIVED: { wire: '到着処理中', kinds: BOTH, mustAct: 'borrower', final: false },
  CLAIMED: { wire: 'クレーム未処理', kinds: BOTH, mustAct: 'lender', final: false },
  CLAIM_ANSWERED: { wire: 'クレーム回答待', kinds: BOTH, mustAct: 'borrower', final: false },
  CONFIRMED: { wire: '確認', kinds: COPY, mustAct: null, final: true },
  ON_LOAN: { wire: '借用中', kinds: LOAN, mustAct: 'borrower', final: false },
  RENEW_REQUESTED: { wire: '更新請求', kinds: LOAN, mustAct: 'lender', final: false },
  SENT_BACK: { wire: '返送', kinds: LOAN, mustAct: 'lender', final: false },
  RETURN_PROCESSING: { wire: '返却処理中', kinds: LOAN, mustAct: 'lender', final: false },
  RETURN_CLAIMED: { wire: '返却クレーム未処理', kinds: LOAN, mustAct: 'borrower', final: false },
  RETURN_CONFIRMED: { wire: '返却確認', kinds: LOAN, mustAct: null, final: true },
  CANCELLED: { wire: 'CANCEL', kinds: BOTH, mustAct: null, final: true },
} as const satisfies Record<string, StateSpec>;

export type StateId = keyof typeof STATES;
export const STATE_IDS = Object.keys(STATES) as readonly StateId[];

const BY_WIRE: ReadonlyMap<string, StateId> = new Map(STATE_IDS.map((id) => [STATES[id].wire, id]));

/**
 * The state with this STAT text; undefined when it is not in the table. Keep and display such a text unchanged, for
 * example 外部依頼中 (relayed to another system, until 2007).
 */
export function stateByWire(wire: string): StateId | undefined {
  return BY_WIRE.get(wire);
}

export function stateSpec(id: StateId): StateSpec {
  return STATES[id];
}
