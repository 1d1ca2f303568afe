import type { Kind, Side } from './kinds';

/** One state of a request. `wire` is the text of the STAT field: the Japanese name itself (inferred, dossier 2.1). */
export interface StateSpec {
  readonly wire: string;
  readonly kinds: readonly Kind[];
  /** The side whose work list shows the request and that can move it forward; null in final states. */
  readonly mustAct: Side | null;
  readonly final: boolean;
}

const BOTH = ['copy', 'loan'] as const;
const COPY = ['copy'] as const;
const LOAN = ['loan'] as const;

/** Every state of NACSIS-ILL that a record can be in, in the order of a request's life (dossier section 2). */
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

/** Legacy state, known for display only: relayed to another system (ended 2007). It has no transitions. */
export const EXTERNAL_STATE_WIRE = '外部依頼中';

const BY_WIRE: ReadonlyMap<string, StateId> = new Map(STATE_IDS.map((id) => [STATES[id].wire, id]));

/** The state with this STAT text, or undefined for a text that is not in the table (keep and show it as it is). */
export function stateByWire(wire: string): StateId | undefined {
  return BY_WIRE.get(wire);
}

export function stateSpec(id: StateId): StateSpec {
  return STATES[id];
}
