import { TestBed } from '@angular/core/testing';
import { provideTranslateService, TranslateService } from '@ngx-translate/core';
import { of, Subject } from 'rxjs';
import type { Page } from '../../../domain/api/catalog';
import type { Member } from '../../../domain/catalog/catalog';
import { SessionService } from '../../core/session.service';
import { GatewayClient } from '../../core/gateway.client';
import { Dom } from '../../testing/dom';
import { FakeSession } from '../../testing/fake-session';
import { failing, fakeGateway, type FakeGateway } from '../../testing/fake-gateway';
import { aHolding, aMember, aPage, aRow, LIBRARY, memberIdOf, ncidOf } from '../../testing/records';
import { OrderFormStore } from '../form/order-form.store';
import { HoldingsStore } from './holdings.store';
import { MemberSearchComponent } from './member-search.component';
import { RotaStore } from './rota.store';

describe('MemberSearchComponent', () => {
  let gateway: FakeGateway;
  let rota: RotaStore;
  let dom: Dom;

  beforeEach(() => {
    gateway = fakeGateway();
    TestBed.configureTestingModule({
      providers: [
        provideTranslateService(),
        HoldingsStore,
        OrderFormStore,
        RotaStore,
        { provide: GatewayClient, useValue: gateway },
        { provide: SessionService, useValue: new FakeSession() },
      ],
    });
    rota = TestBed.inject(RotaStore);
    dom = new Dom(TestBed.createComponent(MemberSearchComponent));
  });

  const member = (number: number, changes: Partial<Member> = {}) =>
    aMember({ memberId: memberIdOf(number), name: `図書館 ${String(number)}`, ...changes });
  function find(words: string): void {
    dom.type('#member-words', words);
    dom.one('form').dispatchEvent(new Event('submit', { cancelable: true }));
    dom.settle();
  }
  const asked = () => gateway.members.calls.allArgs().map(([query]) => query);
  const order = () => rota.picks().map(({ lender }) => lender.memberId);

  it('finds by name, and adds a library that holds nothing to the lenders', () => {
    gateway.members.and.returnValue(of(aPage([member(20, { abbreviation: '館20' }), member(21)])));
    find(' 見本大 ');
    expect(asked()).toEqual([{ library: LIBRARY.code, name: '見本大', pageSize: 20 }]);
    dom.click('create.pick');
    expect([order(), rota.picks()[0]?.lender.memberName, rota.isOwn()]).toEqual([[memberIdOf(20)], '館20', true]);
    dom.click('create.unpick');
    expect(order()).toEqual([]);
  });

  it('finds by FA number, also one in wide or small letters', () => {
    const id = memberIdOf(20);
    for (const words of [
      id,
      id.toLowerCase(),
      id.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
    ])
      find(words);
    const query = { library: LIBRARY.code, memberId: id, pageSize: 20 };
    expect(asked()).toEqual([query, query, query]);
  });

  it('adds a holder with what it holds', () => {
    gateway.holdings.and.returnValue(of(aPage([aHolding(20, { location: '本館', member: member(20) })])));
    TestBed.inject(HoldingsStore).show(ncidOf(1));
    gateway.members.and.returnValue(of(aPage([member(20)])));
    find('図書館 20');
    dom.click('create.pick');
    expect(rota.picks()[0]?.lender.location).toBe('本館');
  });

  describe('says in words', () => {
    beforeEach(() => {
      rota.add(aRow(10));
      dom.settle();
    });
    afterEach(() => {
      expect(order())
        .withContext('nothing is lost')
        .toEqual([memberIdOf(10)]);
    });

    it('that the check character of a number is wrong, and asks nobody', () => {
      const id = memberIdOf(20);
      const wrong = id.slice(0, -1) + (id.endsWith('0') ? '1' : '0');
      find(wrong);
      expect([asked(), dom.text.includes('members.find.fault.bad-check-character')]).toEqual([[], true]);
      expect([dom.field('#member-words').value, dom.field('#member-words').getAttribute('aria-invalid')]).toEqual([
        wrong,
        'true',
      ]);
      dom.type('#member-words', id);
      expect(dom.text).not.toContain('members.find.fault');
    });

    it('that a number is none', () => {
      find('FA12');
      expect([asked(), dom.text.includes('members.find.fault.bad-format')]).toEqual([[], true]);
    });

    it('that nobody has the name or the number', () => {
      find('無い館');
      expect(dom.text).toContain('members.find.nothing');
      find(memberIdOf(99));
      expect(dom.text).toContain('members.find.noSuchNumber');
    });

    it('that two hundred have the name, of which it shows some', () => {
      const translate = TestBed.inject(TranslateService);
      translate.setTranslation('ja', { members: { find: { tooMany: '{{count}}館のうち{{shown}}館' } } });
      translate.use('ja');
      gateway.members.and.returnValue(of(aPage([member(20), member(21)], { total: 200 })));
      find('大学');
      expect([dom.text.includes('200館のうち2館'), dom.all('li').length]).toEqual([true, 2]);
    });

    it('that a library has left or cannot be asked, and does not offer it', () => {
      const [left, closed] = [member(20, { participates: false }), member(21, { service: 'N' })];
      gateway.members.and.returnValue(of(aPage([left, closed])));
      find('図書館');
      expect(dom.texts('li').map((text) => text.match(/create\.addLender\.\w+|unservable\.[\w-]+/g))).toEqual([
        ['unservable.not-participating', 'create.addLender.left'],
        ['unservable.service-stopped', 'create.addLender.refused'],
      ]);
      expect(dom.controls('create.pick')).toEqual([]);
    });

    it('that NACSIS-CAT failed, which is not nothing found, and asks again', () => {
      gateway.members.and.returnValue(failing('nacsis-unavailable'));
      find('図書館');
      expect([dom.text.includes('error.nacsis-unavailable.title'), dom.text.includes('find.nothing')]).toEqual([
        true,
        false,
      ]);
      gateway.members.and.returnValue(of(aPage([member(20)])));
      dom.click('action.again');
      expect(dom.all('li').length).toBe(1);
    });
  });

  it('says that it searches, and that no further lender fits', () => {
    const answer = new Subject<Page<Member>>();
    gateway.members.and.returnValue(answer);
    find('図書館');
    expect(dom.text).toContain('members.find.searching');
    for (const number of [10, 11, 12, 13, 14]) rota.add(aRow(number));
    answer.next(aPage([member(20)]));
    dom.settle();
    expect([
      dom.text.includes('create.addLender.full'),
      (dom.controls('create.pick')[0] as HTMLButtonElement).disabled,
    ]).toEqual([true, true]);
  });
});
