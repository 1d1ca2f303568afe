import { TestBed } from '@angular/core/testing';
import type { Member } from '../../../domain/catalog/catalog';
import { aMember, aRow, memberIdOf } from '../../testing/records';
import type { HoldingRow } from '../../../domain/ill/rota';
import { OrderFormStore } from '../form/order-form.store';
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
  const withMember = (number: number, member: Partial<Member>) =>
    aRow(number, { member: aMember({ memberId: memberIdOf(number), ...member }) });
  const VOLUMES = [{ volume: '上' }, { volume: '中' }, { volume: '下' }];

  it('asks in the order in which libraries are added', () => {
    add(12, 10, 11);
    expect(order()).toEqual([12, 10, 11].map(memberIdOf));
    expect(form.lenders().map(({ memberId }) => memberId)).toEqual(order());
  });

  it('asks for what was edited, and for nothing where it was emptied', () => {
    rota.add(aRow(10, { location: '本館', callNumber: '007/1' }));
    add(11);
    rota.edit(memberIdOf(10), 'callNumber', '');
    rota.edit(memberIdOf(10), 'registrationNumber', 'か\u3099-1');
    const [edited, other] = form.lenders();
    expect([edited?.callNumber, edited?.registrationNumber, edited?.location]).toEqual([undefined, 'が-1', '本館']);
    expect(other?.registrationNumber).toBeUndefined();
    expect(rota.isOwn()).toBeTrue();
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
    expect([order(), rota.isOwn()]).toEqual([[], false]);
  });

  it('takes the volume that was chosen', () => {
    rota.add(aRow(10, { volumes: VOLUMES }), 1);
    expect(form.lenders()[0]?.volume).toBe('中');
  });

  it('takes the volume that is wanted where none was chosen', () => {
    form.type('volume', '下');
    rota.add(aRow(10, { volumes: VOLUMES }));
    expect(form.lenders()[0]?.volume).toBe('下');
  });

  it('lets a library go and makes room for another', () => {
    add(10, 11, 12, 13, 14);
    rota.remove(memberIdOf(11));
    add(15);
    expect(order()).toEqual([10, 12, 13, 14, 15].map(memberIdOf));
  });

  it('moves a library to another place, not beyond the ends', () => {
    add(10, 11, 12);
    rota.move(2, 1);
    rota.move(0, -1);
    rota.move(2, 3);
    expect(order()).toEqual([10, 12, 11].map(memberIdOf));
    rota.move(0, 1);
    expect(order()).toEqual([12, 10, 11].map(memberIdOf));
    rota.move(2, 0);
    expect(order()).toEqual([11, 12, 10].map(memberIdOf));
  });

  it('is emptied at once', () => {
    add(10, 11);
    rota.clear();
    expect([order(), rota.isOwn(), rota.ids().size]).toEqual([[], true, 0]);
  });

  it('names those that do not serve the other kind when it is switched, and keeps them', () => {
    add(10);
    rota.add(aRow(11, { member: aMember({ loanService: 'N' }) }));
    expect(rota.errors()).toEqual([]);
    form.kind.set('loan');
    expect(rota.errors().map(({ field }) => field)).toEqual(['lenders[1].memberId']);
    expect(order().length).toBe(2);
  });

  describe('the volume of an entry', () => {
    beforeEach(() => {
      rota.add(aRow(10, { volumes: VOLUMES, callNumber: '007' }));
      rota.add(aRow(11, { volumes: VOLUMES }));
    });
    const volumes = () => form.lenders().map(({ volume }) => volume);

    it('can be changed, of this library alone, at its place', () => {
      rota.chooseVolume(memberIdOf(10), 2);
      expect([volumes(), order()]).toEqual([['下', '上'], [10, 11].map(memberIdOf)]);
      expect(form.lenders()[0]).toEqual(jasmine.objectContaining({ memberName: '館10', callNumber: '007' }));
    });

    it('stays where nothing is known of the holding, or the library is not in it', () => {
      rota.picks.set([{ lender: { memberId: memberIdOf(12), volume: '1' } }]);
      rota.chooseVolume(memberIdOf(12), 1);
      rota.chooseVolume(memberIdOf(99), 1);
      expect(volumes()).toEqual(['1']);
    });
  });

  describe('the proposal', () => {
    const rows = (): readonly HoldingRow[] => [
      withMember(10, { region: '01' }),
      withMember(11, { offset: true }),
      withMember(12, { service: 'N' }),
      aRow(13, { volumeRange: '1-4' }, { wanted: { volume: '12' } }),
    ];

    it('is followed as long as nobody has changed it: best first, none that cannot or lacks it', () => {
      rota.follow(rows());
      expect([order(), rota.isOwn(), form.isDirty()]).toEqual([[11, 10].map(memberIdOf), false, false]);
      rota.follow([aRow(20)]);
      expect(order()).toEqual([memberIdOf(20)]);
      rota.follow([]);
      expect(order()).toEqual([]);
    });

    it('has five libraries at most', () => {
      rota.follow([10, 11, 12, 13, 14, 15].map((number) => aRow(number)));
      expect(order()).toEqual([10, 11, 12, 13, 14].map(memberIdOf));
    });

    it('takes the volume that is wanted', () => {
      form.type('volume', '下');
      rota.follow([aRow(10, { volumes: VOLUMES })]);
      expect(form.lenders()[0]?.volume).toBe('下');
    });

    it('never overwrites what the librarian has done, whatever it was', () => {
      const deeds: Readonly<Record<string, () => void>> = {
        add: () => rota.add(aRow(20)),
        remove: () => rota.remove(memberIdOf(11)),
        move: () => rota.move(0, 1),
        clear: () => rota.clear(),
        chooseVolume: () => rota.chooseVolume(memberIdOf(10), 0),
      };
      for (const [name, deed] of Object.entries(deeds)) {
        rota.propose(rows());
        expect(rota.isOwn()).withContext(name).toBeFalse();
        deed();
        const before = rota.picks();
        rota.follow([aRow(30)]);
        expect([rota.picks(), rota.isOwn(), form.isDirty()]).withContext(name).toEqual([before, true, true]);
      }
    });

    it('comes back when the librarian wants it', () => {
      rota.follow(rows());
      rota.clear();
      rota.add(aRow(20));
      rota.propose(rows());
      expect([order(), rota.isOwn()]).toEqual([[11, 10].map(memberIdOf), false]);
      rota.follow([aRow(30)]);
      expect(order()).toEqual([memberIdOf(30)]);
    });

    it('is no change when it is the same: what the gateway said of it stays', () => {
      const holdings = rows();
      rota.follow(holdings);
      const before = rota.picks();
      rota.follow(holdings.map((row) => ({ ...row })));
      expect(rota.picks()).toBe(before);
    });

    it('is a change when a library of it has changed', () => {
      rota.follow([withMember(10, {})]);
      rota.follow([withMember(10, { copyService: 'C', copyVia: memberIdOf(11) })]);
      expect(form.lenders()[0]?.acceptingMemberId).toBe(memberIdOf(11));
    });
  });

  describe('of a draft, which has names and numbers only', () => {
    beforeEach(() => {
      rota.isOwn.set(true);
      rota.picks.set([{ lender: { memberId: memberIdOf(10), memberName: '館10', location: '分館' } }]);
    });

    it('learns the rest when the holdings come', () => {
      const member = aMember({ memberId: memberIdOf(10), copyService: 'C', copyVia: memberIdOf(11), loanService: 'N' });
      rota.follow([aRow(20), aRow(10, { location: '分館', member })]);
      expect([order(), form.lenders()[0]?.acceptingMemberId]).toEqual([[memberIdOf(10)], memberIdOf(11)]);
      form.kind.set('loan');
      expect(rota.errors().map(({ code }) => code)).toEqual(['lender-cannot-serve']);
    });

    it('learns it of the holding at the same place, where the library has several', () => {
      rota.follow([
        aRow(10, { id: 'H1', location: '本館' }),
        aRow(10, { id: 'H2', location: '分館', volumes: VOLUMES }),
        aRow(10, { id: 'H3', location: '書庫' }),
      ]);
      expect(rota.picks()[0]?.holding?.id).toBe('H2');
      expect(form.lenders()[0]?.location).toBe('分館');
    });

    it('learns it of the first holding where the place is there no more', () => {
      rota.follow([aRow(10, { id: 'H1', location: '本館' }), aRow(10, { id: 'H2', location: '書庫' })]);
      expect(rota.picks()[0]?.holding?.id).toBe('H1');
    });

    it('stays as it is where the library holds it no more', () => {
      const before = rota.picks()[0];
      rota.follow([aRow(20)]);
      expect(rota.picks()).toEqual([before!]);
    });

    it('is learnt once: later holdings do not change it', () => {
      rota.follow([aRow(10, { id: 'H1', location: '分館' })]);
      const before = rota.picks();
      rota.follow([aRow(10, { id: 'H9', location: '分館' })]);
      expect(rota.picks()).toBe(before);
    });
  });
});
