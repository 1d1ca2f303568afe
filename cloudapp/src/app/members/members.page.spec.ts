import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { provideTranslateService } from '@ngx-translate/core';
import { of } from 'rxjs';
import type { Member } from '../../domain/catalog/catalog';
import { GatewayClient } from '../core/gateway.client';
import { SessionService } from '../core/session.service';
import { Dom } from '../testing/dom';
import { failing, fakeGateway, type FakeGateway } from '../testing/fake-gateway';
import { FakeSession } from '../testing/fake-session';
import { aMember, aPage, LIBRARY, memberIdOf } from '../testing/records';
import { MembersPage } from './members.page';

describe('MembersPage', () => {
  let gateway: FakeGateway;
  let dom: Dom;

  beforeEach(() => {
    gateway = fakeGateway();
    TestBed.configureTestingModule({
      providers: [
        provideRouter([]),
        provideTranslateService(),
        { provide: GatewayClient, useValue: gateway },
        { provide: SessionService, useValue: new FakeSession() },
      ],
    });
    dom = new Dom(TestBed.createComponent(MembersPage));
  });

  const member = (number: number, changes: Partial<Member> = {}) =>
    aMember({ memberId: memberIdOf(number), name: `図書館 ${String(number)}`, ...changes });
  const answer = (...members: readonly Member[]) => gateway.members.and.returnValue(of(aPage([...members])));
  const search = () => {
    dom.one('form').dispatchEvent(new Event('submit', { cancelable: true }));
    dom.settle();
  };
  const button = () => dom.one('[type=submit]') as HTMLButtonElement;
  const asked = () => gateway.members.calls.mostRecent().args[0];

  it('asks nothing before there is a word or a condition', () => {
    expect(button().disabled).toBeTrue();
    search();
    expect(gateway.members).not.toHaveBeenCalled();
  });

  it('searches by name and conditions, or by conditions alone', () => {
    dom.type('#member-words', ' 大学 ');
    dom.fill('holdings.region', '13');
    dom.fill('holdings.institutionType', '1');
    dom.fill('members.services', 'copy');
    search();
    const page = { library: LIBRARY.code, pageSize: 20 };
    const conditions = { region: '13', institutionType: '1', service: 'A', copyService: 'A' };
    expect(asked()).toEqual({ ...page, name: '大学', ...conditions });
    dom.type('#member-words', '');
    dom.fill('members.services', 'stopped');
    search();
    expect(asked()).toEqual({ ...page, region: '13', institutionType: '1', service: 'N' });
    expect(dom.text).toContain('members.find.nobody');
    dom.type('#member-words', memberIdOf(20));
    search();
    expect(asked())
      .withContext('a number alone')
      .toEqual({ ...page, memberId: memberIdOf(20) });
  });

  it('lists the services of each, and opens a record on demand', () => {
    answer(member(20, { loanService: 'N', region: '13', email: 'ill@example.ac.jp' }), member(21));
    dom.type('#member-words', '図書館');
    search();
    expect(dom.texts('li .chip')).toEqual([
      'kind.copy: members.serves',
      'kind.loan: unservable.loan-not-served',
      'kind.copy: members.serves',
      'kind.loan: members.serves',
    ]);
    expect(dom.text).toContain('code.region.13');
    expect(dom.all('app-member-details').length).toBe(0);
    dom.click('members.details');
    expect([dom.all('app-member-details').length, dom.text.includes('ill@example.ac.jp')]).toEqual([1, true]);
    dom.click('members.details');
    expect(dom.all('app-member-details').length).toBe(0);
  });

  it('opens the only one found, says that it has left, and leads from the own one to its record', () => {
    answer(member(20, { participates: false, memberId: LIBRARY.memberId }));
    dom.type('#member-words', LIBRARY.memberId);
    search();
    expect(dom.all('app-member-details').length).toBe(1);
    expect(dom.texts('li .chip')).toEqual(['unservable.not-participating']);
    expect([dom.text.includes('members.find.left'), dom.all('li a').map((link) => link.getAttribute('href'))]).toEqual([
      true,
      ['/members/own'],
    ]);
  });

  it('says that NACSIS-CAT failed, which is not nothing found', () => {
    gateway.members.and.returnValue(failing('nacsis-unavailable'));
    dom.type('#member-words', '図書館');
    search();
    expect([dom.text.includes('error.nacsis-unavailable.title'), dom.text.includes('members.find.no')]).toEqual([
      true,
      false,
    ]);
    answer(member(20));
    dom.click('action.again');
    expect([dom.all('li').length, dom.field('#member-words').value]).toEqual([1, '図書館']);
  });
});
