import { almaSteps, compareWithAlma, type NacsisStanding } from './alma-steps';
import { STATE_IDS, STATES, type StateId } from '../ill/states';

const standing = (state: StateId | null, changes: Partial<NacsisStanding> = {}): NacsisStanding => ({
  side: 'borrower',
  state,
  fields: {},
  ...changes,
});

describe('almaSteps', () => {
  it('cancels the borrowing request that was cancelled in NACSIS-ILL, once', () => {
    expect(almaSteps(standing('CANCELLED'), { status: 'REQUEST_SENT' })).toEqual([{ do: 'cancel' }]);
    for (const status of ['CANCELLED', 'CANCELLED_BY_STAFF', 'EXPIRED', 'REQUEST_COMPLETED'])
      expect(almaSteps(standing('CANCELLED'), { status }))
        .withContext(status)
        .toEqual([]);
  });

  it('tells the total as the shipping cost, in yen, once', () => {
    const shipped = standing('SHIPPED', { fields: { total: '450' } });
    const status = 'SHIPPED_PHYSICALLY';
    expect(almaSteps(shipped, { status, shippingCost: 0 })).toEqual([{ do: 'shipping-cost', yen: 450 }]);
    expect(almaSteps(shipped, { status, shippingCost: 450 })).toEqual([]);
  });

  it('takes a charge of nothing for a charge', () => {
    const free = standing('ARRIVED', { fields: { total: '0' } });
    expect(almaSteps(free, { status: 'X', shippingCost: 300 })).toEqual([{ do: 'shipping-cost', yen: 0 }]);
    expect(almaSteps(free, { status: 'X', shippingCost: 0 })).toEqual([]);
  });

  it('tells no cost before it is charged, none that is no number, and none in another currency', () => {
    const total = { fields: { total: '450' } };
    const cases = [
      [standing('INQUIRY', total), 0],
      [standing('PROCESSING', total), 0],
      [standing(null, total), 0],
      [standing('SHIPPED'), 0],
      [standing('SHIPPED', { fields: { total: '' } }), 0],
      [standing('SHIPPED', { fields: { total: '4.5' } }), 0],
      [standing('SHIPPED', total), undefined],
    ] as const;
    for (const [request, shippingCost] of cases)
      expect(almaSteps(request, { status: 'X', ...(shippingCost === undefined ? {} : { shippingCost }) })).toEqual([]);
  });

  it('can do nothing for a lending request', () => {
    for (const state of STATE_IDS)
      expect(
        almaSteps(standing(state, { side: 'lender', fields: { total: '450' } }), { status: 'X', shippingCost: 0 }),
      ).toEqual([]);
  });
});

describe('compareWithAlma', () => {
  it('sees that both say the same', () => {
    expect(compareWithAlma(standing('SHIPPED'), { status: 'SHIPPED_DIGITALLY' })).toBe('same');
    expect(compareWithAlma(standing('UNPROCESSED', { side: 'lender' }), { status: 'REQUEST_CREATED_LEND' })).toBe(
      'same',
    );
  });

  it('sees that Alma is behind', () => {
    expect(compareWithAlma(standing('SHIPPED'), { status: 'REQUEST_SENT' })).toBe('differs');
    expect(compareWithAlma(standing('PROCESSING', { side: 'lender' }), { status: 'REQUEST_CREATED_LEND' })).toBe(
      'differs',
    );
  });

  it('sees that Alma has cancelled what goes on', () => {
    expect(compareWithAlma(standing('PREPARING'), { status: 'CANCELLED_BY_STAFF' })).toBe('cancelled-there');
  });

  it('says nothing of what it does not know', () => {
    expect(compareWithAlma(standing('SHIPPED'), { status: 'SOMETHING_NEW' })).toBe('same');
    expect(compareWithAlma(standing(null), { status: 'REQUEST_SENT' })).toBe('same');
  });

  it('knows a status for every state that the side can see', () => {
    for (const side of ['borrower', 'lender'] as const)
      for (const state of STATE_IDS) {
        if (side === 'lender' && state === 'PREPARING') continue;
        const all = ['REQUEST_CREATED_BOR', 'REQUEST_SENT', 'SHIPPED_PHYSICALLY', 'RECEIVED_PHYSICALLY'].concat(
          ['LOANED', 'RENEW_REQUESTED', 'RETURNED_TO_PARTNER', 'LENDER_CHECK_IN', 'REQUEST_COMPLETED', 'CANCELLED'],
          ['REQUEST_CREATED_LEND', 'BEING_PROCESSED', 'CONDITIONAL', 'RECEIVED_BY_PARTNER', 'RETURNED_BY_PARTNER'],
        );
        const verdicts = new Set(all.map((status) => compareWithAlma(standing(state, { side }), { status })));
        expect([...verdicts])
          .withContext(`${side} ${STATES[state].wire}`)
          .toContain('differs');
      }
  });
});
