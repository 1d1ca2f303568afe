import { aRequest } from '../testing/records';
import { slipOf, slipsFor, unfitFor } from './slip-kind';

describe('slips', () => {
  it('are known by name', () => {
    expect([slipOf('pull'), slipOf('')]).toEqual(['pull', undefined]);
  });

  it('are of one side, and the borrower returns loans only', () => {
    expect(unfitFor('pull', { side: 'borrower', kind: 'loan' })).toBe('lender-only');
    expect(unfitFor('shipping', { side: 'borrower', kind: 'copy' })).toBe('lender-only');
    expect(unfitFor('return', { side: 'lender', kind: 'loan' })).toBe('borrower-only');
    expect(unfitFor('return', { side: 'borrower', kind: 'copy' })).toBe('loan-only');
    expect(unfitFor('label', { side: 'borrower', kind: 'copy' })).toBe('loan-only');
    expect(unfitFor('label', { side: 'lender', kind: 'copy' })).toBeUndefined();
    expect(unfitFor('pickup', { side: 'lender', kind: 'loan' })).toBe('borrower-only');
    expect(unfitFor('pickup', { side: 'borrower', kind: 'copy' })).toBeUndefined();
  });

  it('are offered where the request stands', () => {
    const lending = (state: 'UNPROCESSED' | 'PROCESSING' | 'SHIPPED' | 'CONFIRMED' | null) =>
      slipsFor(aRequest({ side: 'lender', kind: 'copy', state }));
    expect(lending('UNPROCESSED')).toEqual(['pull']);
    expect(lending('PROCESSING')).toEqual(['pull', 'shipping', 'label']);
    expect(lending('SHIPPED')).toEqual(['shipping', 'label']);
    expect(lending('CONFIRMED')).toEqual([]);
    expect(lending(null)).toEqual(['pull', 'shipping', 'label']);
    expect(slipsFor(aRequest({ kind: 'loan', state: 'ON_LOAN' }))).toEqual(['label', 'return', 'pickup']);
    expect(slipsFor(aRequest({ kind: 'copy', state: 'CONFIRMED' }))).toEqual(['pickup']);
    expect(slipsFor(aRequest({ kind: 'copy', state: 'UNPROCESSED' }))).toEqual([]);
  });
});
