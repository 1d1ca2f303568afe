import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { provideTranslateService } from '@ngx-translate/core';
import { of, Subject } from 'rxjs';
import type { RequestView } from '../../domain/api';
import { DeskService } from '../core/desk.service';
import { GatewayClient } from '../core/gateway.client';
import { Dom } from '../testing/dom';
import { FakeDesk } from '../testing/fake-desk';
import { failing, fakeGateway, type FakeGateway } from '../testing/fake-gateway';
import { aRequest, memberIdOf } from '../testing/records';
import { RequestPage } from './request.page';

describe('RequestPage', () => {
  let gateway: FakeGateway;
  let fixture: ComponentFixture<RequestPage>;
  let dom: Dom;

  beforeEach(() => {
    gateway = fakeGateway();
    TestBed.configureTestingModule({
      providers: [
        provideRouter([]),
        provideTranslateService(),
        { provide: GatewayClient, useValue: gateway },
        { provide: DeskService, useValue: new FakeDesk() },
      ],
    });
  });

  function open(id = 'LA0012345671'): void {
    fixture = TestBed.createComponent(RequestPage);
    fixture.componentRef.setInput('id', id);
    dom = new Dom(fixture);
  }
  function show(changes: Partial<RequestView>): void {
    gateway.request.and.returnValue(of(aRequest(changes)));
    open();
  }
  const lines = () => {
    const values = dom.texts('dd');
    return dom.texts('dt').map((label, at) => [label.replace('field.', ''), values[at]]);
  };

  it('reads the request that the address names', () => {
    open('LA1');
    expect(gateway.request.calls.allArgs()).toEqual([['LA1', 'borrower', true]]);
    expect(dom.one('h1').textContent).toBe('LA1');
    fixture.componentRef.setInput('id', 'LA2');
    dom.settle();
    expect(gateway.request.calls.mostRecent().args).toEqual(['LA2', 'borrower', true]);
  });

  it('says that it is on its way, and shows nothing of another one meanwhile', () => {
    show({ externalStatus: '未処理' });
    gateway.request.and.returnValue(new Subject<RequestView>());
    fixture.componentRef.setInput('id', 'LA2');
    dom.settle();
    expect([dom.text.includes('request.loading'), dom.text.includes('state.UNPROCESSED')]).toEqual([true, false]);
  });

  it('shows kind and state, and a state that the app does not know in the words of NACSIS', () => {
    show({ kind: 'loan', state: 'SHIPPED' });
    expect([dom.text.includes('kind.loan'), dom.text.includes('state.SHIPPED')]).toEqual([true, true]);
    show({ state: null, externalStatus: '外部依頼中' });
    expect(dom.text).toContain('外部依頼中');
  });

  it('shows whom it asks, in their order, and who is asked now', () => {
    const lenders = [{ memberId: memberIdOf(10), memberName: '館10' }, { memberId: memberIdOf(11) }];
    show({ fields: { lenders }, partner: { id: memberIdOf(11) } });
    const [asked, history] = [dom.texts('section:nth-of-type(1) li'), dom.texts('section:nth-of-type(3) li')];
    expect([
      asked[0]?.includes('館10'),
      asked[0]?.includes(memberIdOf(10)),
      asked[1]?.includes(memberIdOf(11)),
    ]).toEqual([true, true, true]);
    expect(asked.map((text) => text.includes('request.asked'))).toEqual([false, true]);
    expect(history).toEqual([]);
  });

  it('shows every field that has a value, and what was done', () => {
    show({
      fields: { volume: '12', payment: '', article: '論文 A', applicant: '利用者 001' },
      history: [
        { command: 'ORDER', memberId: memberIdOf(1), comment: 'お急ぎ' },
        { command: 'RECEIVE', memberId: memberIdOf(10) },
      ],
    });
    expect(lines()).toEqual(
      jasmine.arrayWithExactContents([
        ['volume', '12'],
        ['article', '論文 A'],
        ['applicant', '利用者 001'],
      ]),
    );
    expect(dom.texts('section:nth-of-type(3) li')).toEqual([
      `ORDER ${memberIdOf(1)} お急ぎ`,
      `RECEIVE ${memberIdOf(10)}`,
    ]);
  });

  it('says what is wrong when it cannot be had, and tries again', () => {
    gateway.request.and.returnValue(failing('not-found'));
    open();
    expect([dom.text.includes('error.not-found.title'), dom.all('section').length]).toEqual([true, 0]);
    gateway.request.and.returnValue(of(aRequest()));
    dom.click('action.again');
    expect([dom.text.includes('error.'), dom.text.includes('state.UNPROCESSED')]).toEqual([false, true]);
  });
});
