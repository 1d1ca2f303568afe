import { FIELDS, SCALAR_NAMES } from '../../../domain/ill/fields';
import { FIELD_GROUPS, isForKind, isLong, ORDER_FIELDS, roomFor, TEMPLATE_FIELDS } from './order-fields';

/** Fields set on arrival and return, not in the order. */
const LATER = ['arrivalDate', 'returnDate'];

describe('the fields of an order', () => {
  it('are all those that the borrower writes, but for the days that come later', () => {
    const ofBorrower = SCALAR_NAMES.filter((name) => FIELDS[name].setBy === 'borrower' && !LATER.includes(name));
    expect<readonly string[]>([...ORDER_FIELDS].sort()).toEqual([...ofBorrower].sort());
  });

  it('stand on the form once', () => {
    expect(new Set(ORDER_FIELDS).size).toBe(ORDER_FIELDS.length);
  });

  it('have a way of copying for copies only', () => {
    const ofCopies = ORDER_FIELDS.filter((name) => !isForKind(name, 'loan'));
    expect(ofCopies).toEqual(['copyType']);
    expect(ORDER_FIELDS.every((name) => isForKind(name, 'copy'))).toBeTrue();
  });

  it("leave room in the local data for the gateway's mark", () => {
    expect(roomFor('borrowerLocalData')).toBe(FIELDS.borrowerLocalData.maxBytes - ' [NI:ABCDEFGHIJKLM]'.length);
    expect(roomFor('article')).toBe(FIELDS.article.maxBytes);
  });

  it('may be in a template when they are of no patron and of no single request', () => {
    const ofOneRequest: readonly string[] = [
      ...FIELD_GROUPS.part,
      ...FIELD_GROUPS.bibliography,
      ...FIELD_GROUPS.applicant,
      'orderDate',
      'borrowerNumber',
    ];
    const rest = ORDER_FIELDS.filter((name) => !ofOneRequest.includes(name));
    expect<readonly string[]>([...TEMPLATE_FIELDS].sort()).toEqual([...rest].sort());
  });

  it('have several lines on screen where a lot is written', () => {
    expect([isLong('article'), isLong('pages')]).toEqual([true, false]);
  });
});
