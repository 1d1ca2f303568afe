import type { Command } from '#domain/ill/commands';
import type { Kind, Side } from '#domain/ill/kinds';
import { STATE_IDS, stateSpec, type StateId } from '#domain/ill/states';

interface PathStep {
  readonly side: Side;
  readonly command: Command;
}

/** The commands that lead to each state. B: borrower, L: lender. */
const COMMON = {
  PREPARING: 'B:SAVE',
  UNPROCESSED: 'B:ORDER',
  PROCESSING: 'B:ORDER L:RECEIVE',
  NEW_INQUIRY: 'B:ORDER L:RECEIVE L:INQUIRE',
  INQUIRY: 'B:ORDER L:RECEIVE L:INQUIRE B:RECEIVE',
  ANSWERED: 'B:ORDER L:RECEIVE L:INQUIRE B:RECEIVE B:ANSWER',
  SHIPPED: 'B:ORDER L:RECEIVE L:SEND',
  ARRIVED: 'B:ORDER L:RECEIVE L:SEND B:RECEIVE',
  CLAIMED: 'B:ORDER L:RECEIVE L:SEND B:RECEIVE B:CLAIM',
  CLAIM_ANSWERED: 'B:ORDER L:RECEIVE L:SEND B:RECEIVE B:CLAIM L:RECEIVE L:SEND',
  CONFIRMED: 'B:ORDER L:RECEIVE L:SEND B:RECEIVE B:OK',
  CANCELLED: 'B:ORDER L:RECEIVE L:INQUIRE B:RECEIVE B:CANCEL',
} as const;

const ON_LOAN = `${COMMON.ARRIVED} B:BORROW`;
const RETURNED = `${ON_LOAN} B:SENDBACK L:RECEIVE`;
const PATHS: Readonly<Record<StateId, string>> = {
  ...COMMON,
  ON_LOAN,
  RENEW_REQUESTED: `${ON_LOAN} B:RENEW`,
  SENT_BACK: `${ON_LOAN} B:SENDBACK`,
  RETURN_PROCESSING: RETURNED,
  RETURN_CLAIMED: `${RETURNED} L:CLAIM`,
  RETURN_CONFIRMED: `${RETURNED} L:OK`,
};

const SIDE: Readonly<Record<string, Side>> = { B: 'borrower', L: 'lender' };

export function statesOf(kind: Kind): readonly StateId[] {
  return STATE_IDS.filter((state) => stateSpec(state).kinds.includes(kind));
}

/** The commands that bring a new request into this state. */
export function pathTo(state: StateId): readonly PathStep[] {
  return PATHS[state].split(' ').map((step) => {
    const [side = '', command = ''] = step.split(':');
    return { side: SIDE[side] ?? 'borrower', command: command as Command };
  });
}
