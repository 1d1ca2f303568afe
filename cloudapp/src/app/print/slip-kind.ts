import type { RequestView } from '../../domain/api';
import type { Side } from '../../domain/kinds';
import type { StateId } from '../../domain/states';

/** What can be printed. Each is an i18n key `print.slip.<slip>`. */
export const SLIPS = ['pull', 'shipping', 'label', 'return'] as const;
export type Slip = (typeof SLIPS)[number];

export function slipOf(text: string): Slip | undefined {
  return SLIPS.find((slip) => slip === text);
}

/** Why a request has no such slip. Each is an i18n key `print.unfit.<reason>`. */
export type Unfit = 'lender-only' | 'borrower-only' | 'loan-only';
type Printed = Pick<RequestView, 'side' | 'kind' | 'state'>;

/** In which states each slip is usual. What is printed again later is the librarian's business: the page itself asks for side and kind only. */
const USUAL: Readonly<Record<Side, { readonly [slip in Slip]?: readonly StateId[] }>> = {
  lender: {
    pull: ['UNPROCESSED', 'PROCESSING', 'NEW_INQUIRY', 'INQUIRY', 'ANSWERED'],
    shipping: ['PROCESSING', 'SHIPPED', 'ARRIVED', 'CLAIMED', 'CLAIM_ANSWERED', 'ON_LOAN'],
    label: ['PROCESSING', 'SHIPPED', 'ARRIVED', 'CLAIMED', 'CLAIM_ANSWERED'],
  },
  borrower: {
    return: ['ON_LOAN', 'SENT_BACK', 'RETURN_CLAIMED'],
    label: ['ON_LOAN', 'SENT_BACK', 'RETURN_CLAIMED'],
  },
};

/** undefined: it can be printed. */
export function unfitFor(slip: Slip, { side, kind }: Pick<Printed, 'side' | 'kind'>): Unfit | undefined {
  if ((slip === 'pull' || slip === 'shipping') && side === 'borrower') return 'lender-only';
  if (slip === 'return' && side === 'lender') return 'borrower-only';
  // The borrower sends nothing but a loan.
  return side === 'borrower' && kind === 'copy' ? 'loan-only' : undefined;
}

/** The slips to offer for a request where it stands now; in a state that the table does not know, all that fit its side. */
export function slipsFor(request: Printed): readonly Slip[] {
  const { side, state } = request;
  return SLIPS.filter(
    (slip) => unfitFor(slip, request) === undefined && (state === null || USUAL[side][slip]?.includes(state) === true),
  );
}
