import { TestBed } from '@angular/core/testing';
import { TranslateService } from '@ngx-translate/core';
import requestMessages from '../../i18n/request.json';
import type { RequestView } from '../../domain/api/requests';
import { SessionService } from '../core/session.service';
import { Dom } from '../testing/dom';
import { FakeSession } from '../testing/fake-session';
import { aRequest, LIBRARY, memberIdOf } from '../testing/records';
import { provideMessages } from '../testing/messages-at-once';
import { HistoryListComponent } from './history-list.component';

describe('HistoryListComponent', () => {
  function show(history: RequestView['history']): Dom {
    TestBed.configureTestingModule({
      providers: [provideMessages(requestMessages), { provide: SessionService, useValue: new FakeSession() }],
    });
    TestBed.inject(TranslateService).use('ja');
    const fixture = TestBed.createComponent(HistoryListComponent);
    fixture.componentRef.setInput('request', aRequest({ history }));
    return new Dom(fixture);
  }
  const entries = (count: number) =>
    Array.from({ length: count }, () => ({ command: 'CLAIM', memberId: LIBRARY.memberId, comment: '' }));

  it('says what was done, by whom and with which words, newest first', () => {
    const at = new Date(2026, 10, 24, 10, 42).toISOString();
    const dom = show([
      { command: 'ORDER', memberId: LIBRARY.memberId },
      { command: 'RECEIVE', memberId: memberIdOf(10), comment: '承知しました', at },
      { command: 'NEWCMD', memberId: memberIdOf(30) },
    ]);
    expect(dom.texts('li')).toEqual([
      `NEWCMD ${memberIdOf(30)}`,
      '11-24 10:42受付・確認（RECEIVE） 館10 承知しました',
      '依頼（ORDER） 自館',
    ]);
    expect(dom.one('summary').textContent).toContain('履歴 3 / 50');
  });

  it('warns when it is nearly full', () => {
    expect(show(entries(44)).all('.warn')).toEqual([]);
  });

  it('warns from the 45th entry on, and says how many are left', () => {
    expect(show(entries(45)).texts('.warn')).toEqual([
      '⚠ 履歴は残り 5 件です。50件に達すると、NACSIS-ILL では以後の操作ができなくなります。',
    ]);
  });
});
