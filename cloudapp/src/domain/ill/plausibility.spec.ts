import { plausibilityOf } from './plausibility';

const clock = () => new Date('2026-11-24T03:00:00Z');
const codes = (...[changes, stored]: Parameters<typeof plausibilityOf>) =>
  plausibilityOf(changes, stored, clock).map(({ field, code }) => `${field} ${code}`);

describe('plausibilityOf', () => {
  it('says nothing about a request that passes in order', () => {
    expect(
      codes({
        orderDate: '20261120',
        acceptDate: '20261120',
        shipDate: '20261121',
        arrivalDate: '20261124',
        dueDate: '20261220',
        total: '450',
        fee: '0',
        postage: '100',
        charges: [{ amount: '350' }],
      }),
    ).toEqual([]);
  });

  it('warns of days that have not come', () => {
    expect(codes({ orderDate: '20261125' })).toEqual(['orderDate date-in-future']);
    expect(codes({ orderDate: '20261124' })).toEqual([]);
  });

  it('warns of a step before an earlier one and names it', () => {
    expect(plausibilityOf({ arrivalDate: '20261119' }, { orderDate: '20261110', shipDate: '20261120' }, clock)).toEqual(
      [{ field: 'arrivalDate', code: 'before-earlier-step', params: { field: 'shipDate', date: '20261120' } }],
    );
    expect(codes({ checkInDate: '20261109' }, { orderDate: '20261110' })).toEqual(['checkInDate before-earlier-step']);
  });

  it('warns of a due date that has passed or lies before shipping', () => {
    expect(codes({ dueDate: '20261123' })).toEqual(['dueDate due-date-past']);
    expect(codes({ dueDate: '20261119', shipDate: '20261120' })).toEqual(['dueDate due-before-shipping']);
  });

  it('warns of a total that differs from its parts, if any are given', () => {
    expect(plausibilityOf({ total: '500' }, { fee: '100', charges: [{ amount: '350' }] }, clock)).toEqual([
      { field: 'total', code: 'total-differs', params: { sum: 450 } },
    ]);
    expect(codes({ total: '500' })).toEqual([]);
    expect(codes({ total: '500' }, { fee: 'x' })).toEqual([]);
  });

  it('speaks of what is entered now only, and not of what has a fault of form', () => {
    expect(codes({}, { dueDate: '20250101', total: '5', fee: '4' })).toEqual([]);
    expect(codes({ dueDate: '20260231', orderDate: 'x', arrivalDate: '' })).toEqual([]);
  });
});
