import { TestBed } from '@angular/core/testing';
import { provideTranslateService } from '@ngx-translate/core';
import { of, Subject } from 'rxjs';
import type { Member } from '../../domain/catalog/catalog';
import { GatewayClient } from '../core/gateway.client';
import { Dom } from '../testing/dom';
import { failing, fakeGateway, type FakeGateway } from '../testing/fake-gateway';
import { aMember, memberIdOf } from '../testing/records';
import { PartnerContactComponent } from './partner-contact.component';

describe('PartnerContactComponent', () => {
  let gateway: FakeGateway;

  beforeEach(() => {
    gateway = fakeGateway();
    TestBed.configureTestingModule({
      providers: [provideTranslateService(), { provide: GatewayClient, useValue: gateway }],
    });
  });

  function show(): Dom {
    const fixture = TestBed.createComponent(PartnerContactComponent);
    fixture.componentRef.setInput('library', 'MAIN');
    fixture.componentRef.setInput('memberId', memberIdOf(10));
    return new Dom(fixture);
  }
  function unfold(dom: Dom): void {
    const details = dom.one('details') as HTMLDetailsElement;
    details.open = true;
    details.dispatchEvent(new Event('toggle'));
    dom.settle();
  }

  it('asks only when somebody wants to know', () => {
    const dom = show();
    expect(gateway.member).not.toHaveBeenCalled();
    unfold(dom);
    expect(gateway.member.calls.allArgs()).toEqual([['MAIN', memberIdOf(10)]]);
  });

  it('shows address, telephone, fax and mail as far as they are known', () => {
    const member = aMember({ tel: '03-0000-0001', fax: '03-0000-0002', zip: '000-0001', address: '東京都 1-1' });
    gateway.member.and.returnValue(of(member));
    const dom = show();
    unfold(dom);
    expect(dom.texts('dl > div')).toEqual([
      'holdings.name館 A 大学附属図書館',
      'holdings.tel03-0000-0001',
      'request.fax03-0000-0002',
      'holdings.address〒000-0001 東京都 1-1',
    ]);
  });

  it('says that it is on its way, and what is wrong when it does not come, and tries again', () => {
    gateway.member.and.returnValue(new Subject<Member>());
    const dom = show();
    unfold(dom);
    expect(dom.text).toContain('request.contactLoading');
    gateway.member.and.returnValue(failing('nacsis-unavailable'));
    const other = show();
    unfold(other);
    expect(other.text).toContain('error.nacsis-unavailable.title');
    gateway.member.and.returnValue(of(aMember()));
    other.click('action.again');
    expect([other.text.includes('error.'), other.all('dl').length]).toEqual([false, 1]);
  });
});
