import { TestBed } from '@angular/core/testing';
import { TranslateService } from '@ngx-translate/core';
import bridgeMessages from '../../i18n/bridge.json';
import requestMessages from '../../i18n/request.json';
import type { BridgeMessage } from '../../domain/api/bridge';
import type { RequestView } from '../../domain/api/requests';
import { SessionService } from '../core/session.service';
import { Dom } from '../testing/dom';
import { FakeSession } from '../testing/fake-session';
import { aMessage, aRequest, LIBRARY, memberIdOf } from '../testing/records';
import { provideMessages } from '../testing/messages-at-once';
import { HistoryListComponent, linesOf } from './history-list.component';

/** Warnings that name no field. */
const CODES = ['number-invalid', 'ncid-invalid', 'need-by-past', 'need-by-unreadable'] as const;

describe('HistoryListComponent', () => {
  function show(history: RequestView['history'], messages: readonly BridgeMessage[] = []): Dom {
    TestBed.configureTestingModule({
      providers: [
        provideMessages(bridgeMessages, requestMessages),
        { provide: SessionService, useValue: new FakeSession() },
      ],
    });
    TestBed.inject(TranslateService).use('ja');
    const fixture = TestBed.createComponent(HistoryListComponent);
    fixture.componentRef.setInput('request', aRequest({ history }));
    fixture.componentRef.setInput('messages', messages);
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

  it('shows the messages of both directions among the commands, with state, answer and note', () => {
    const at = (minute: number) => new Date(2026, 10, 24, 10, minute).toISOString();
    const dom = show(
      [
        { command: 'ORDER', memberId: LIBRARY.memberId, at: at(1) },
        { command: 'RENEW', memberId: LIBRARY.memberId, at: at(11) },
      ],
      [
        aMessage({ id: 'a', name: 'Renew', state: 'done', at: at(10), note: '2週間お願いします' }),
        aMessage({ id: 'b', direction: 'out', name: 'RenewResponse', answer: 'N', state: 'stopped', at: at(30) }),
      ],
    );
    expect(dom.texts('li')).toEqual([
      '11-24 10:30Alma へ更新請求への回答不承諾停止',
      '11-24 10:11更新請求（RENEW） 自館',
      '11-24 10:10Alma から更新請求2週間お願いします',
      '11-24 10:01依頼（ORDER） 自館',
    ]);
    expect(dom.one('summary').textContent).toContain('履歴 2 / 50');
  });

  it('says what a request of Alma has that is not in the record', () => {
    const warnings = [{ code: 'cut', field: 'bibNote' } as const, ...CODES.map((code) => ({ code }))];
    const dom = show([], [aMessage({ name: 'Request', state: 'done', warnings })]);
    expect(dom.texts('[data-testid="message-warnings"] li')).toEqual([
      '⚠ 「書誌事項」は長いため、途中までを入れました。全文は Alma のリクエストにあります。',
      '⚠ ISBN または ISSN が正しくないため、入れていません。',
      '⚠ NCID が正しくないため、使っていません。',
      '⚠ 希望期日を過ぎているため、入れていません。',
      '⚠ 希望期日を読み取れないため、入れていません。',
    ]);
  });

  it('leaves the order of the commands, and puts a message before the first that is later', () => {
    const at = (hour: number) => `2026-11-24T0${String(hour)}:00:00.000Z`;
    const commands = [{ place: 0 }, { place: 1, at: at(3) }, { place: 2, at: at(3) }, { place: 3, at: at(5) }];
    const messages = [at(1), at(3), at(4), at(6)].map((time, nth) => aMessage({ id: `m${String(nth)}`, at: time }));
    expect(linesOf(commands, messages).map(({ key }) => key)).toEqual([
      'command 0',
      'm0',
      'm1',
      'command 1',
      'command 2',
      'm2',
      'command 3',
      'm3',
    ]);
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
