import { TestBed } from '@angular/core/testing';
import { aMember, aRow, memberIdOf } from '../testing/records';
import { OrderFormStore } from './order-form.store';
import { RotaStore } from './rota.store';

describe('RotaStore', () => {
  let rota: RotaStore;
  let form: OrderFormStore;

  beforeEach(() => {
    TestBed.configureTestingModule({ providers: [RotaStore, OrderFormStore] });
    rota = TestBed.inject(RotaStore);
    form = TestBed.inject(OrderFormStore);
  });
  const order = () => rota.picks().map(({ lender }) => lender.memberId);
  const add = (...numbers: readonly number[]) => {
    for (const number of numbers) rota.add(aRow(number));
  };

  it('asks in the order in which libraries are added', () => {
    add(12, 10, 11);
    expect(order()).toEqual([12, 10, 11].map(memberIdOf));
    expect(form.lenders().map(({ memberId }) => memberId)).toEqual(order());
  });

  it('holds five and no more', () => {
    add(10, 11, 12, 13);
    expect(rota.isFull()).toBeFalse();
    add(14, 15);
    expect(order()).toEqual([10, 11, 12, 13, 14].map(memberIdOf));
    expect(rota.isFull()).toBeTrue();
  });

  it('holds a library once, by any of its holdings', () => {
    add(10);
    rota.add(aRow(10, { id: 'H99', location: '分館' }));
    expect(order()).toEqual([memberIdOf(10)]);
    expect(rota.ids().has(memberIdOf(10))).toBeTrue();
  });

  it('does not take a library that cannot be asked', () => {
    rota.add(aRow(10, { member: aMember({ service: 'N' }) }));
    expect(order()).toEqual([]);
  });

  it('takes the volume that was chosen', () => {
    rota.add(aRow(10, { volumes: [{ volume: '上' }, { volume: '下' }] }), 1);
    expect(form.lenders()[0]?.volume).toBe('下');
  });

  it('lets a library go and makes room for another', () => {
    add(10, 11, 12, 13, 14);
    rota.remove(memberIdOf(11));
    add(15);
    expect(order()).toEqual([10, 12, 13, 14, 15].map(memberIdOf));
  });

  it('moves a library up and down, not beyond the ends', () => {
    add(10, 11, 12);
    rota.move(2, -1);
    rota.move(0, -1);
    expect(order()).toEqual([10, 12, 11].map(memberIdOf));
    rota.move(0, 1);
    expect(order()).toEqual([12, 10, 11].map(memberIdOf));
  });

  it('names those that do not serve the other kind when it is switched, and keeps them', () => {
    add(10);
    rota.add(aRow(11, { member: aMember({ loanService: 'N' }) }));
    expect(rota.errors()).toEqual([]);
    form.kind.set('loan');
    expect(rota.errors().map(({ field }) => field)).toEqual(['lenders[1].memberId']);
    expect(order().length).toBe(2);
  });
});
