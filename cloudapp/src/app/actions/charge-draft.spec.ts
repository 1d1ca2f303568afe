import {
  chargeParams,
  countedLines,
  draftFrom,
  draftOfTariff,
  EMPTY_LINE,
  isBlank,
  isPricedBy,
  isUnused,
  lacksQuantity,
  NO_CHARGES,
  pricedBy,
  proposedDraft,
  tariffsFor,
} from './charge-draft';

const line = (item: string, quantity: string, unitPrice: string) => ({ item, quantity, unitPrice });

describe('draftFrom', () => {
  it('is what the record says', () => {
    const charges = [{ item: 'A4', quantity: '10', unitPrice: '35', amount: '350' }];
    expect(draftFrom({ charges, fee: '50', postage: '100', total: '500' })).toEqual({
      lines: [line('A4', '10', '35')],
      fee: '50',
      postage: '100',
    });
  });

  it('makes one line of a total without its parts', () => {
    expect(draftFrom({ total: '450' }).lines).toEqual([line('', '1', '450')]);
    expect(draftFrom({ total: '0' })).toEqual(NO_CHARGES);
    expect(draftFrom({ total: '150', postage: '150' }).lines).toEqual([EMPTY_LINE]);
    expect(draftFrom({})).toEqual(NO_CHARGES);
  });
});

describe('draftOfTariff', () => {
  it('has its lines, of which the quantity is still to be said', () => {
    const lines = [{ item: 'A4 モノクロ', unitPrice: 35 }];
    expect(draftOfTariff({ name: '複写', lines, postage: 0 })).toEqual({
      lines: [line('A4 モノクロ', '', '35')],
      fee: '',
      postage: '0',
    });
    expect(draftOfTariff({ name: '無料', lines: [] }).lines).toEqual([EMPTY_LINE]);
  });
});

describe('a tariff', () => {
  const copies = { name: '複写', kind: 'copy' as const, lines: [{ item: 'A4', unitPrice: 35 }], postage: 140 };
  const both = { name: '共通', lines: [{ item: 'A3', unitPrice: 50 }] };

  it('is for its kind, or for both', () => {
    expect([tariffsFor('copy', [copies, both]), tariffsFor('loan', [copies, both])]).toEqual([[copies, both], [both]]);
  });

  it('is proposed when it is the only one', () => {
    expect(proposedDraft([copies])).toEqual({ lines: [line('A4', '', '35')], fee: '', postage: '140' });
    expect([proposedDraft([copies, both]), proposedDraft([])]).toEqual([NO_CHARGES, NO_CHARGES]);
  });

  it('sets the prices and leaves the quantities', () => {
    const draft = { lines: [line('A3', '7', '50'), line('B4', '2', '60')], fee: '10', postage: '' };
    const priced = pricedBy(copies, draft);
    expect(priced).toEqual({ lines: [line('A4', '7', '35')], fee: '', postage: '140' });
    expect([isPricedBy(copies, priced), isPricedBy(both, priced), isPricedBy(copies, draft)]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('is not complete without a quantity; 0 is one', () => {
    const draft = proposedDraft([copies]);
    const free = { ...draft, lines: [line('A4', '0', '35')] };
    expect([lacksQuantity(draft), lacksQuantity(free), lacksQuantity(NO_CHARGES)]).toEqual([true, false, false]);
  });
});

describe('countedLines', () => {
  it('leaves out those of a tariff that were not used, at their places', () => {
    const lines = [line('A4', '', '35'), line('A3', '2', '50'), line('', '', '50')];
    expect(lines.map(isUnused)).toEqual([true, false, false]);
    expect(countedLines({ ...NO_CHARGES, lines })).toEqual([EMPTY_LINE, line('A3', '2', '50'), line('', '', '50')]);
  });
});

describe('chargeParams', () => {
  it('is what SEND takes, with the total that follows', () => {
    const draft = { lines: [line('A4', '10', '35'), line('A3', '', '50')], fee: '', postage: '100' };
    expect(chargeParams(draft, {})).toEqual({
      charges: [{ item: 'A4', quantity: '10', unitPrice: '35', amount: '350' }],
      postage: '100',
      total: '450',
    });
  });

  it('deletes what the record has and the form has no more', () => {
    const stored = {
      charges: [{ item: 'A4', quantity: '10', unitPrice: '35', amount: '350' }],
      fee: '10',
      postage: '20',
    };
    expect(chargeParams({ lines: [EMPTY_LINE], fee: '50', postage: '' }, stored)).toEqual({
      charges: [],
      fee: '50',
      postage: '',
      total: '50',
    });
  });

  it('has no total while nothing was typed', () => {
    expect(chargeParams(NO_CHARGES, {})).toEqual({});
  });
});

describe('isBlank', () => {
  it('is a form on which nothing was typed; a 0 is something', () => {
    expect([isBlank(NO_CHARGES), isBlank({ ...NO_CHARGES, fee: '0' })]).toEqual([true, false]);
    expect(isBlank({ ...NO_CHARGES, lines: [line('A4', '', '35')] })).toBeTrue();
  });
});
