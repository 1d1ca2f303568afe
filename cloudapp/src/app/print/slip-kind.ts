import type { RequestView } from '../../domain/api/requests';
import type { Side } from '../../domain/ill/kinds';
import type { StateId } from '../../domain/ill/states';

/** Printable slips. Each has the i18n key `print.slip.<slip>`. */
export const SLIPS = ['pull', 'shipping', 'label', 'return', 'pickup'] as const;
export type Slip = (typeof SLIPS)[number];

export function slipOf(text: string): Slip | undefined {
  return SLIPS.find((slip) => slip === text);
}

/** Why a slip is not available for a request. Each has the i18n key `print.unfit.<reason>`. */
export type Unfit = 'lender-only' | 'borrower-only' | 'loan-only';
type Printed = Pick<RequestView, 'side' | 'kind' | 'state'>;

/** States in which a slip is offered. It can still be printed later: the page itself checks side and kind only. */
const USUAL: Readonly<Record<Side, { readonly [slip in Slip]?: readonly StateId[] }>> = {
  lender: {
    pull: ['UNPROCESSED', 'PROCESSING', 'NEW_INQUIRY', 'INQUIRY', 'ANSWERED'],
    shipping: ['PROCESSING', 'SHIPPED', 'ARRIVED', 'CLAIMED', 'CLAIM_ANSWERED', 'ON_LOAN'],
    label: ['PROCESSING', 'SHIPPED', 'ARRIVED', 'CLAIMED', 'CLAIM_ANSWERED'],
  },
  borrower: {
    pickup: ['ARRIVED', 'CONFIRMED', 'ON_LOAN'],
    return: ['ON_LOAN', 'SENT_BACK', 'RETURN_CLAIMED'],
    label: ['ON_LOAN', 'SENT_BACK', 'RETURN_CLAIMED'],
  },
};

/** Returns why the slip cannot be printed; undefined when it can be printed. */
export function unfitFor(slip: Slip, { side, kind }: Pick<Printed, 'side' | 'kind'>): Unfit | undefined {
  if ((slip === 'pull' || slip === 'shipping') && side === 'borrower') return 'lender-only';
  if (slip === 'pickup') return side === 'borrower' ? undefined : 'borrower-only';
  if (slip === 'return' && side === 'lender') return 'borrower-only';
  // The borrower only sends back loans.
  return side === 'borrower' && kind === 'copy' ? 'loan-only' : undefined;
}

/** Slips to offer in the request's present state; in an unknown state, all that fit its side. */
export function slipsFor(request: Printed): readonly Slip[] {
  const { side, state } = request;
  return SLIPS.filter(
    (slip) => unfitFor(slip, request) === undefined && (state === null || USUAL[side][slip]?.includes(state) === true),
  );
}
