import { calculate, CHARGE_FAULTS, chargeFields, linesFrom, type ChargeLine } from './charges';
import { MAX_CHARGES } from './fields';
import { plausibilityOf } from './plausibility';
import { checkFields } from './validation';

const line = (item: string, quantity: string, unitPrice: string): ChargeLine => ({ item, quantity, unitPrice });
const EMPTY = line('', '', '');
const faults = (lines: readonly ChargeLine[], fee = '', postage = ''): readonly string[] =>
  calculate(lines, fee, postage).faults.map(({ line: at, code }) => (at === undefined ? code : `${at} ${code}`));

describe('calculate', () => {
  it('adds lines, fee and postage', () => {
    expect(calculate([line('A4', '15', '40'), line('A3', '2', '80')], '100', '140')).toEqual({
      amounts: [600, 160],
      total: 1000,
      faults: [],
    });
  });

  it('is zero yen without anything, and the postage alone for a loan', () => {
    expect(calculate([], '', '')).toEqual({ amounts: [], total: 0, faults: [] });
    expect(calculate([EMPTY, EMPTY], ' ', '870').total).toBe(870);
    expect(calculate([EMPTY], '', '').amounts).toEqual([undefined]);
  });

  it('understands digits of full width, separators and signs of the currency', () => {
    expect(calculate([line('複写', '１，２００', '￥４０')], '1,000円', '　１４０　').total).toBe(49_140);
    expect(chargeFields([line('複写', '１，２００', '￥４０')], '1,000円', '　１４０　')).toEqual({
      charges: [{ item: '複写', quantity: '1200', unitPrice: '40', amount: '48000' }],
      fee: '1000',
      postage: '140',
      total: '49140',
    });
  });

  it('asks for what is missing in a line that was begun', () => {
    expect(faults([line('A4', '', '')])).toEqual(['0 incomplete-line']);
    expect(faults([line('', '3', '')])).toEqual(['0 incomplete-line']);
    expect(faults([EMPTY, line('A4', '3', ' ')])).toEqual(['1 incomplete-line']);
    expect(calculate([line('A4', '3', '')], '', '')).toEqual(jasmine.objectContaining({ total: undefined }));
  });

  it('asks for the item of every line as soon as there are two (M8-6_3)', () => {
    expect(faults([line('', '3', '40'), EMPTY])).toEqual([]);
    expect(faults([line('', '3', '40'), line('A3', '1', '80')])).toEqual(['0 item-missing']);
    expect(faults([line('', '3', '40'), line('　', '1', '80')])).toEqual(['0 item-missing', '1 item-missing']);
  });

  it('takes whole yen only', () => {
    for (const wrong of ['-3', '1.5', '三', 'x', '¥', '1e3'])
      expect(faults([line('A4', wrong, '40')]))
        .withContext(wrong)
        .toEqual(['0 not-a-number']);
    expect(faults([line('A4', 'x', 'y')])).toEqual(['0 not-a-number']);
    expect(faults([line('A4', 'x', '')])).toEqual(['0 incomplete-line', '0 not-a-number']);
    expect(faults([], 'x', 'y')).toEqual(['not-a-number', 'not-a-number']);
  });

  it('stays within what the fields of NACSIS-ILL hold', () => {
    expect(faults([line('A4', '999999', '1')])).toEqual([]);
    expect(faults([line('A4', '1000000', '1')])).toEqual(['0 too-large']);
    expect(faults([line('A4', '1', '1000000')])).toEqual(['0 too-large']);
    expect(faults([line('A4', '10000', '10000')])).toEqual(['0 too-large']);
    expect(faults([], '99999999', '')).toEqual([]);
    expect(faults([], '99999999', '1')).toEqual(['too-large']);
    expect(faults([], '100000000', '1000000')).toEqual(['too-large', 'too-large']);
    expect(faults([line('A4', '0000012', '40')])).toEqual([]);
  });

  it('takes ten lines and no eleventh', () => {
    const lines = Array.from({ length: MAX_CHARGES }, (_, at) => line(`A${String(at)}`, '1', '10'));
    expect(calculate([...lines, EMPTY], '', '').total).toBe(100);
    expect(faults([...lines, line('A10', '1', '10')])).toEqual(['too-many-lines']);
  });

  it('has a case here for each fault', () => {
    const shown = [
      ...faults([line('', '1', '1'), line('A', 'x', '1'), line('B', '', '1'), line('C', '9999999', '1')]),
      ...faults(Array.from({ length: MAX_CHARGES + 1 }, () => line('A', '1', '1'))),
    ].map((text) => text.split(' ').at(-1) ?? '');
    expect([...new Set(shown)].sort()).toEqual([...CHARGE_FAULTS].sort());
  });
});

describe('chargeFields', () => {
  it('sends what was filled in only', () => {
    expect(chargeFields([EMPTY], '', '')).toEqual({ total: '0' });
    expect(chargeFields([EMPTY, line(' A4 ', '007', '40'), EMPTY], '', '')).toEqual({
      charges: [{ item: 'A4', quantity: '7', unitPrice: '40', amount: '280' }],
      total: '280',
    });
  });

  it('has no total while something is wrong', () => {
    expect(chargeFields([line('A4', 'x', '40')], '', '')).toEqual({
      charges: [{ item: 'A4', quantity: 'x', unitPrice: '40', amount: '' }],
    });
  });

  it('gives what the gateway takes, and what raises no warning', () => {
    const fields = chargeFields([line('A4', '999999', '1'), line('A3', '１２', '８０')], '1,000', '99');
    expect(checkFields(fields, { kind: 'copy', side: 'lender', preparing: false })).toEqual([]);
    expect(plausibilityOf(fields)).toEqual([]);
  });
});

describe('linesFrom', () => {
  it('starts from stored charges, also from incomplete ones', () => {
    expect(linesFrom([{ item: 'A4', quantity: '3', unitPrice: '40', amount: '120' }, { amount: '5' }])).toEqual([
      line('A4', '3', '40'),
      EMPTY,
    ]);
    expect(linesFrom()).toEqual([]);
  });
});
