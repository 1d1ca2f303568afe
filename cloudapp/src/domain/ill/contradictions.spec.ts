import { contradictionsIn, sumOf } from './contradictions';
import type { FieldName } from './fields';
import type { RequestFields } from './request';

const clock = () => new Date('2026-11-24T03:00:00Z');
const NOTHING_NEEDED = {};
const DUE_NEEDED: { readonly required: readonly FieldName[] } = { required: ['shipDate', 'total', 'dueDate'] };
const found = (changes: unknown, stored: RequestFields = {}, edge = NOTHING_NEEDED) =>
  contradictionsIn(edge, changes as RequestFields, stored, clock).map(({ field, code }) => `${field} ${code}`);

describe('contradictionsIn', () => {
  it('lets charges pass that add up, and a due date of today or later', () => {
    const charges = [
      { item: 'A4', quantity: '10', unitPrice: '35', amount: '350' },
      { item: '製本', amount: '200' },
    ];
    expect(found({ charges, fee: '50', postage: '100', total: '700', dueDate: '20261124' })).toEqual([]);
    expect(found({ total: '700' })).toEqual([]);
    expect(found({ charges: [], fee: '', total: '0' })).toEqual([]);
  });

  it('finds the line whose amount is not quantity × unit price, with the product', () => {
    const charges = [
      { item: 'A4', quantity: '10', unitPrice: '35', amount: '350' },
      { item: 'A3', quantity: '2', unitPrice: '80', amount: '120' },
    ];
    expect(contradictionsIn(NOTHING_NEEDED, { charges, total: '470' }, {}, clock)).toEqual([
      { field: 'charges[1].amount', code: 'amount-differs', params: { sum: 160 } },
    ]);
    expect(found({ charges: [{ quantity: '10', unitPrice: '35' }] })).toEqual(['charges[0].amount required']);
  });

  it('finds a total that is not the sum, with the sum, also of what the record has already', () => {
    const charges = [{ quantity: '10', unitPrice: '35', amount: '350' }];
    expect(contradictionsIn(NOTHING_NEEDED, { total: '500', postage: '100' }, { charges }, clock)).toEqual([
      { field: 'total', code: 'total-differs', params: { sum: 450 } },
    ]);
    expect(found({ charges }, { total: '500' })).toEqual(['total total-differs']);
    expect(found({ fee: '1', total: '2' })).toEqual(['total total-differs']);
  });

  it('says nothing of stored charges that nobody touches, and leaves faults of form to others', () => {
    expect(found({ lenderNumber: '12' }, { fee: '1', total: '2' })).toEqual([]);
    expect(found({ fee: 'x', total: '2' })).toEqual([]);
    expect(found({ charges: [null, 5, 'x'], total: 7, fee: '3' })).toEqual([]);
    expect(found({ charges: 'x', total: '7', dueDate: 20250101 })).toEqual([]);
    expect(found({ dueDate: '20261131' })).toEqual([]);
  });

  it('finds a due date that has passed and is entered now', () => {
    expect(contradictionsIn(NOTHING_NEEDED, { dueDate: '20261123' }, {}, clock)).toEqual([
      { field: 'dueDate', code: 'date-past', params: { today: '2026-11-24' } },
    ]);
  });

  it('lets a stored due date stand that has passed meanwhile, also when it is sent along', () => {
    expect(found({}, { dueDate: '20261101' })).toEqual([]);
    expect(found({ dueDate: '20261101' }, { dueDate: '20261101' })).toEqual([]);
  });

  it('wants one that lies ahead where the command needs it', () => {
    expect(found({ total: '0' }, { dueDate: '20261101' }, DUE_NEEDED)).toEqual(['dueDate date-past']);
    expect(found({ dueDate: '20261201' }, { dueDate: '20261101' }, DUE_NEEDED)).toEqual([]);
  });
});

describe('sumOf', () => {
  it('adds what is given, and gives no sum of nothing or of what is no number', () => {
    expect(sumOf({ fee: '10', charges: [{ amount: '5' }, {}] })).toBe(15);
    expect(sumOf({ fee: '', charges: [{}] })).toBeUndefined();
    expect(sumOf({ fee: '10', postage: '1,000' })).toBeUndefined();
  });
});
