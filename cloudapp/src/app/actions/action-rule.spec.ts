import type { Kind, Side } from '../../domain/ill/kinds';
import { STATE_IDS } from '../../domain/ill/states';
import { CLAIM_OPEN, offerOf, requestIn } from '../testing/offers';
import { asksFirst, undoOf } from './action-rule';

const RENEWED = { history: [{ command: 'RENEW' }, { command: 'RECEIVE' }] };

describe('asksFirst', () => {
  const allowed = (side: Side, kind: Kind, withForm: boolean): readonly string[] =>
    STATE_IDS.flatMap((state) => {
      const request = requestIn(state, side, kind);
      return request.actions
        .filter((offer) => offer.allowed && asksFirst(offer, request) === withForm)
        .map(({ action }) => `${state} ${action}`);
    });

  it('is false where one click can do it', () => {
    expect(allowed('borrower', 'copy', false)).toEqual([
      'PREPARING save',
      'NEW_INQUIRY accept',
      'SHIPPED accept',
      'ARRIVED receive',
      'CLAIM_ANSWERED accept',
    ]);
    expect(allowed('borrower', 'loan', false)).toEqual([
      'PREPARING save',
      'NEW_INQUIRY accept',
      'SHIPPED accept',
      'CLAIM_ANSWERED accept',
      'ON_LOAN return',
      'RETURN_CLAIMED accept',
    ]);
    expect(allowed('lender', 'loan', false)).toEqual([
      'ANSWERED accept',
      'CLAIMED accept',
      'RENEW_REQUESTED accept',
      'SENT_BACK accept',
      'RETURN_PROCESSING check-in',
    ]);
  });

  it('is true for whatever is final, goes on to others, takes back, or has to be filled in', () => {
    expect(allowed('lender', 'copy', true)).toEqual([
      'UNPROCESSED accept',
      'PROCESSING ship',
      'PROCESSING inquiry',
      'PROCESSING reject',
      'NEW_INQUIRY callback',
      'SHIPPED callback',
      'CLAIM_ANSWERED callback',
    ]);
    expect(allowed('borrower', 'loan', true)).toContain('ARRIVED receive');
  });

  it('is true where what follows has to be filled in', () => {
    const copy = requestIn('SHIPPED');
    const loan = requestIn('SHIPPED', 'borrower', 'loan');
    const chained = (request: typeof copy) => asksFirst(offerOf(request, 'accept'), request, 'receive');
    expect([chained(copy), chained(loan)]).toEqual([false, true]);
  });

  it('is true for a check-in while a renewal waits for its answer', () => {
    const request = requestIn('RETURN_PROCESSING', 'lender', 'loan', RENEWED);
    expect(asksFirst(offerOf(request, 'check-in'), request)).toBeTrue();
  });

  it('is true for the answer to a claim, too', () => {
    const request = requestIn('PROCESSING', 'lender', 'copy', { fields: CLAIM_OPEN });
    expect(asksFirst(offerOf(request, 'ship'), request)).toBeTrue();
  });
});

describe('undoOf', () => {
  it('is CALLBACK where the table allows it, and Reactivate in CANCEL', () => {
    expect([
      undoOf(requestIn('SHIPPED', 'lender'))?.to,
      undoOf(requestIn('CONFIRMED'))?.to,
      undoOf(requestIn('CANCELLED'))?.to,
      undoOf(requestIn('ARRIVED')),
      undoOf(requestIn('INQUIRY')),
    ]).toEqual(['PROCESSING', 'ARRIVED', 'PREPARING', undefined, undefined]);
  });
});
