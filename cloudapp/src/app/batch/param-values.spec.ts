import { addDays, today } from '../../domain/dates';
import { faultsOf, filled, formOfParam, isAsked, startOf, warningsOf } from './param-values';

const LOAN = { side: 'lender', kind: 'loan' } as const;
const SHIP = [
  { name: 'shipDate', required: true, default: 'today' },
  { name: 'total', required: true },
  { name: 'dueDate', required: true },
  { name: 'comment', required: false },
];
const GOOD = { shipDate: today(), total: '0', dueDate: addDays(today(), 14) };

describe('the values of a batch', () => {
  it('begin with what is known, and keep what was typed', () => {
    expect(startOf(SHIP)).toEqual({ shipDate: today(), total: '', dueDate: '', comment: '' });
    expect(startOf(SHIP, { total: '500', other: 'x' })['total']).toBe('500');
    expect(Object.keys(startOf(SHIP, { other: 'x' }))).not.toContain('other');
  });

  it('are sent when nothing is missing or wrong', () => {
    expect(faultsOf(SHIP, GOOD, LOAN)).toEqual([]);
    const faults = faultsOf(SHIP, { shipDate: '20261399', total: ' ', dueDate: '', comment: '長'.repeat(342) }, LOAN);
    expect(faults.map(({ field, code }) => [field, code])).toEqual([
      ['shipDate', 'bad-date'],
      ['total', 'required'],
      ['dueDate', 'required'],
      ['comment', 'too-long'],
    ]);
  });

  it('are warned about when the due date has passed', () => {
    expect(warningsOf({ dueDate: addDays(today(), -1), comment: 'x' }).map(({ code }) => code)).toEqual([
      'due-date-past',
    ]);
    expect(warningsOf(GOOD)).toEqual([]);
  });

  it('go without what was left empty, and without blanks around them', () => {
    expect(filled({ total: ' 500 ', comment: '', dueDate: '  ' })).toEqual({ total: '500' });
  });

  it('have a control by their form', () => {
    expect(['comment', 'shipDate', 'total', 'lenderNumber'].map(formOfParam)).toEqual([
      'comment',
      'date',
      'yen',
      'text',
    ]);
  });

  it('are texts: groups belong to one request', () => {
    expect(['comment', 'total', 'charges', 'lenders'].map(isAsked)).toEqual([true, true, false, false]);
  });
});
