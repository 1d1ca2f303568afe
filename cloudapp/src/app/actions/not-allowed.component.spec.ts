import { TestBed } from '@angular/core/testing';
import { TranslateService } from '@ngx-translate/core';
import type { RequestView } from '../../domain/api/requests';
import actionsMessages from '../../i18n/actions.json';
import japanese from '../../i18n/ja.json';
import { AppError } from '../core/app-error';
import { Dom } from '../testing/dom';
import { PARTNER, requestIn } from '../testing/offers';
import { provideMessages } from '../testing/messages-at-once';
import { NotAllowedComponent } from './not-allowed.component';

const SHOWN = requestIn('UNPROCESSED', 'borrower', 'copy', { history: [{ command: 'ORDER' }] });
const at = new Date(new Date().setHours(10, 42, 0, 0)).toISOString();
const FRESH = requestIn('NEW_INQUIRY', 'borrower', 'copy', {
  version: 3,
  history: [
    { command: 'ORDER' },
    { command: 'RECEIVE', memberId: PARTNER.id },
    { command: 'INQUIRE', memberId: PARTNER.id, at },
  ],
});

describe('NotAllowedComponent', () => {
  let dom: Dom;
  let chosen: string[];

  beforeEach(() => {
    TestBed.configureTestingModule({ providers: [provideMessages(actionsMessages)] });
    TestBed.inject(TranslateService).use('ja');
  });

  function show(
    error: AppError,
    action: 'callback' | 'cancel' = 'callback',
    fresh: RequestView = FRESH,
  ): NotAllowedComponent {
    const fixture = TestBed.createComponent(NotAllowedComponent);
    for (const [name, value] of Object.entries({ error, action, shown: SHOWN, fresh }))
      fixture.componentRef.setInput(name, value);
    chosen = [];
    fixture.componentInstance.act.subscribe((offer) => chosen.push(offer.action));
    fixture.componentInstance.dismissed.subscribe(() => chosen.push('dismissed'));
    dom = new Dom(fixture);
    return fixture.componentInstance;
  }
  const refused = new AppError('action-not-allowed', { reason: 'wrong-state', requestId: 'req-1' });

  it('says so in these words, in either language', () => {
    show(refused);
    expect(dom.one('strong').textContent).toBe('この操作は NACSIS-ILL の現在の状態（新着照会）では行えません');
    TestBed.inject(TranslateService).use('en');
    dom.settle();
    expect(dom.one('strong').textContent).toContain('NACSIS action not allowed');
  });

  it('says why, who did what when, and what it is now', () => {
    show(refused);
    for (const words of [
      '相手館が 受付・確認（RECEIVE）を行いました',
      '相手館が 10:42 に 照会（INQUIRE）を行いました',
      '現在は「新着照会」です',
      '何も行われていません',
    ])
      expect(dom.text).toContain(words);
    for (const words of ['現在の状態では行えない操作です', 'req-1']) expect(dom.text).not.toContain(words);
  });

  it('has what is allowed now, one click away', () => {
    show(refused);
    expect(dom.texts('[data-testid=allowed-now]')).toEqual(['照会を確認（RECEIVE）', '取消（CANCEL）']);
    dom.click('照会を確認');
    dom.click('閉じる');
    expect(chosen).toEqual(['accept', 'dismissed']);
  });

  it('says so where nothing is', () => {
    show(refused, 'callback', requestIn('PROCESSING'));
    expect([dom.text.includes('いま行える操作はありません'), dom.all('[data-testid=allowed-now]').length]).toEqual([
      true,
      0,
    ]);
  });

  it('says of a request that has only changed that it has changed', () => {
    const stale = new AppError('stale-version', { request: FRESH });
    show(stale, 'cancel');
    expect(dom.one('strong').textContent).toBe('表示してから、この依頼が更新されました（現在の状態：新着照会）');
    show(stale, 'callback');
    expect(dom.one('strong').textContent).toContain('現在の状態（新着照会）では行えません');
  });

  it('says why by the table where the gateway does not say', () => {
    show(new AppError('stale-version', { request: FRESH }), 'callback', requestIn('PROCESSING'));
    expect(dom.text).toContain(japanese.refusal['other-side-must-act']);
  });

  it('names a state that it does not know in the words of NACSIS-ILL, and passes on what NACSIS-ILL says', () => {
    const error = new AppError('action-not-allowed', { nacsis: { status: '409', message: '遷移不可' } });
    show(error, 'callback', { ...FRESH, state: null, externalStatus: '外部依頼中' });
    expect([dom.text.includes('現在の状態（外部依頼中）'), dom.text.includes('遷移不可')]).toEqual([true, true]);
  });

  it('shows the day where it was another one', () => {
    const history = [...SHOWN.history, { command: 'RECEIVE', memberId: PARTNER.id, at: '2020-02-03T03:00:00.000Z' }];
    show(refused, 'callback', { ...FRESH, history });
    expect(dom.text).toContain('相手館が 02-03 ');
  });

  it('takes the keyboard to it', () => {
    show(refused).focus();
    expect(document.activeElement).toBe(dom.one('[data-testid=not-allowed]'));
  });
});
