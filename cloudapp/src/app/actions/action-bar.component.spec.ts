import { ApplicationRef } from '@angular/core';
import { discardPeriodicTasks, fakeAsync, TestBed, tick, type ComponentFixture } from '@angular/core/testing';
import { TranslateService } from '@ngx-translate/core';
import { of, Subject } from 'rxjs';
import type { ActionAnswer, PerformAction, RequestView } from '../../domain/api/requests';
import { today } from '../../domain/ill/dates';
import actionsMessages from '../../i18n/actions.json';
import japanese from '../../i18n/ja.json';
import { SessionService } from '../core/session.service';
import { GatewayClient } from '../core/gateway.client';
import { Dom } from '../testing/dom';
import { FakeSession } from '../testing/fake-session';
import { failing, fakeGateway, type FakeGateway } from '../testing/fake-gateway';
import { aMe, LIBRARY } from '../testing/records';
import { offerOf, requestIn } from '../testing/offers';
import { provideMessages } from '../testing/messages-at-once';
import { ActionBarComponent } from './action-bar.component';
import { ChainMemoryService } from './chain-memory.service';

const SHIPPED = requestIn('SHIPPED', 'borrower', 'copy', { version: 3 });
const ARRIVED = requestIn('ARRIVED', 'borrower', 'copy', { version: 4 });
const CONFIRMED = requestIn('CONFIRMED', 'borrower', 'copy', { version: 5 });
const PROCESSING = requestIn('PROCESSING', 'lender', 'copy', { version: 3 });
const answer = (request: RequestView): ActionAnswer => ({ from: null, to: request.state, request });

describe('ActionBarComponent', () => {
  let gateway: FakeGateway;
  let session: FakeSession;
  let fixture: ComponentFixture<ActionBarComponent>;
  let dom: Dom;
  let told: RequestView[];

  beforeEach(() => {
    gateway = fakeGateway();
    session = new FakeSession();
    TestBed.configureTestingModule({
      providers: [
        provideMessages(actionsMessages),
        { provide: GatewayClient, useValue: gateway },
        { provide: SessionService, useValue: session },
      ],
    });
    TestBed.inject(TranslateService).use('ja');
  });

  /** Shows the request and, like the panel, passes each changed request back in. */
  function show(request: RequestView): void {
    fixture = TestBed.createComponent(ActionBarComponent);
    give(request);
    told = [];
    fixture.componentInstance.changed.subscribe((changed) => {
      told.push(changed);
      fixture.componentRef.setInput('request', changed);
    });
    dom = new Dom(fixture);
  }
  const give = (request: RequestView) => fixture.componentRef.setInput('request', request);
  const sent = (): readonly PerformAction[] => gateway.act.calls.allArgs().map(([, body]) => body);
  const keys = () => gateway.act.calls.allArgs().map(([, , key]) => key);
  const answers = (...requests: readonly RequestView[]) =>
    gateway.act.and.returnValues(...requests.map((request) => of(answer(request))));
  const press = (selector: string) => {
    dom.one(selector).click();
    render();
  };
  /** Renders the component and runs after-render callbacks, such as setting the focus. */
  const render = () => {
    dom.settle();
    TestBed.inject(ApplicationRef).tick();
  };
  const primary = () => dom.one('[data-testid=action-primary]') as HTMLButtonElement;
  const goOn = () => {
    const box = dom.field('input[type=checkbox]');
    box.checked = true;
    box.dispatchEvent(new Event('change'));
    dom.settle();
  };

  describe('an action to begin with', () => {
    const begin = (request: RequestView, action: string) => {
      show(request);
      fixture.componentRef.setInput('begin', action);
      render();
    };

    it('opens its form, once', () => {
      const unprocessed = requestIn('UNPROCESSED', 'lender', 'copy', { version: 3 });
      begin(unprocessed, 'accept');
      expect(dom.all('app-action-form').length).toBe(1);
      dom.click('やめる');
      give({ ...unprocessed, version: 4 });
      render();
      expect(dom.all('app-action-form').length).toBe(0);
    });

    it('takes the keyboard to its button when it needs no form', () => {
      begin(SHIPPED, 'accept');
      expect([dom.all('app-action-form').length, document.activeElement]).toEqual([0, primary()]);
      expect(sent()).toEqual([]);
    });

    it('does nothing when the request does not allow it', () => {
      begin(SHIPPED, 'ship');
      expect([dom.all('app-action-form').length, sent()]).toEqual([0, []]);
    });
  });

  describe('one click', () => {
    it('does what needs nothing, with the day of today, and says where the request is now', () => {
      answers(ARRIVED);
      show(SHIPPED);
      expect(primary().textContent?.trim()).toBe('到着処理（RECEIVE）');
      press('[data-testid=action-primary]');
      expect(sent()).toEqual([{ side: 'borrower', action: 'accept', params: { arrivalDate: today() }, version: 3 }]);
      expect([dom.one('[data-testid=action-done]').textContent?.includes('「到着処理中」になりました'), told]).toEqual([
        true,
        [ARRIVED],
      ]);
      expect(primary().textContent?.trim()).toBe('確認（OK）');
    });

    it('twice is one call, and everything waits meanwhile', () => {
      const later = new Subject<ActionAnswer>();
      gateway.act.and.returnValue(later);
      show(SHIPPED);
      press('[data-testid=action-primary]');
      expect([primary().disabled, dom.text.includes('処理しています：到着処理（RECEIVE）')]).toEqual([true, true]);
      primary().disabled = false;
      press('[data-testid=action-primary]');
      later.next(answer(ARRIVED));
      later.complete();
      dom.settle();
      expect(sent().length).toBe(1);
    });

    it('takes the keyboard to what is said', () => {
      answers(ARRIVED);
      show(SHIPPED);
      press('[data-testid=action-primary]');
      expect(document.activeElement).toBe(dom.one('[data-testid=action-status]'));
      expect(dom.one('[data-testid=action-status]').getAttribute('role')).toBe('status');
    });

    it('does two where that is wanted, each under its own key', () => {
      answers(ARRIVED, CONFIRMED);
      show(SHIPPED);
      expect(dom.text).toContain('続けて 確認（OK） まで進める');
      goOn();
      press('[data-testid=action-primary]');
      expect(sent().map(({ action, version }) => [action, version])).toEqual([
        ['accept', 3],
        ['receive', 4],
      ]);
      expect([new Set(keys()).size, told, dom.text.includes('「確認」になりました')]).toEqual([
        2,
        [ARRIVED, CONFIRMED],
        true,
      ]);
    });

    it('remembers for the next request that it goes on', () => {
      show(SHIPPED);
      goOn();
      show({ ...SHIPPED, id: 'LA0000000002' });
      expect(dom.field('input[type=checkbox]').checked).toBeTrue();
    });
  });

  describe('a chain that stops', () => {
    beforeEach(() => {
      gateway.act.and.returnValues(of(answer(ARRIVED)), failing('nacsis-unavailable'), of(answer(CONFIRMED)));
      show(SHIPPED);
      goOn();
      press('[data-testid=action-primary]');
    });

    it('says where, and offers what is allowed now', () => {
      expect(dom.text).toContain('到着処理（RECEIVE）は済みました。確認（OK）は行われていません。');
      expect([told, primary().textContent?.trim(), primary().disabled]).toEqual([[ARRIVED], '確認（OK）', false]);
    });

    it('goes on where it stopped', () => {
      dom.click('再試行');
      expect([sent().length, sent()[2]?.action, dom.text.includes('「確認」になりました')]).toEqual([
        3,
        'receive',
        true,
      ]);
    });
  });

  it('says of a chain that was refused after its first half that this half is done', () => {
    const fresh = requestIn('CONFIRMED', 'borrower', 'copy', { version: 9 });
    gateway.act.and.returnValues(of(answer(ARRIVED)), failing('action-not-allowed', { request: fresh }));
    show(SHIPPED);
    goOn();
    press('[data-testid=action-primary]');
    const said = dom.one('[data-testid=not-allowed]').textContent ?? '';
    expect(said).toContain('到着処理（RECEIVE）は済みました。確認（OK）は行われていません。');
    expect([said.includes(actionsMessages.ja.actions.nothingDone), told]).toEqual([false, [ARRIVED, fresh]]);
  });

  it('receives and refuses, or inquires, in one form', () => {
    const request = requestIn('UNPROCESSED', 'lender', 'copy', { version: 3 });
    const received = requestIn('PROCESSING', 'lender', 'copy', { version: 4 });
    answers(received, requestIn('NEW_INQUIRY', 'lender', 'copy', { version: 5 }));
    show(request);
    expect(dom.texts('[data-testid=action-chains] button')).toEqual(['受付して照会', '受付して謝絶']);
    press('[data-chain=reject]');
    expect(dom.field('[data-testid=go-on] input:checked').parentElement?.textContent?.trim()).toBe('謝絶（PARDON）');
    dom.click('欠号');
    press('[data-testid=action-submit]');
    expect(sent().map(({ action, params }) => [action, params])).toEqual([
      ['accept', { acceptDate: today() }],
      ['reject', { comment: '欠号' }],
    ]);
    expect(TestBed.inject(ChainMemoryService).nextOf('lender', offerOf(request, 'accept'))).toBeUndefined();
  });

  describe('a form', () => {
    it('opens for what has to be filled in, stands in for the buttons, and closes when it has served', () => {
      answers(requestIn('NEW_INQUIRY', 'lender', 'copy', { version: 4 }));
      show(PROCESSING);
      press('[data-testid=action-more]');
      press('[data-action=inquiry]');
      expect([dom.all('app-action-form').length, dom.all('[data-testid=action-primary]').length]).toEqual([1, 0]);
      dom.click('巻号・ページをご確認ください');
      press('[data-testid=action-submit]');
      expect(sent()[0]).toEqual(
        jasmine.objectContaining({ action: 'inquiry', params: { comment: '巻号・ページをご確認ください' } }),
      );
      expect(dom.all('app-action-form')).toEqual([]);
      expect(dom.text).toContain('「新着照会」になりました');
    });

    it('gives the keyboard back to the button that opened it', () => {
      show(PROCESSING);
      press('[data-testid=action-primary]');
      dom.click('やめる');
      render();
      expect(document.activeElement).toBe(primary());
      expect(sent()).toEqual([]);
    });

    it('shows what the gateway found at the fields, keeps what was typed, and is sent under a new key then', () => {
      gateway.act.and.returnValues(
        failing('invalid-fields', { fieldErrors: [{ field: 'comment', code: 'line-break' }] }),
        of(answer(requestIn('NEW_INQUIRY', 'lender', 'copy', { version: 4 }))),
      );
      show(PROCESSING);
      press('[data-testid=action-more]');
      press('[data-action=inquiry]');
      dom.type('#action-comment', '巻号は');
      press('[data-testid=action-submit]');
      expect([dom.text.includes(japanese.fieldError['line-break']), dom.field('#action-comment').value]).toEqual([
        true,
        '巻号は',
      ]);
      press('[data-testid=action-submit]');
      expect([sent().length, new Set(keys()).size]).toEqual([2, 2]);
    });

    it('closes when another request is shown', () => {
      show(PROCESSING);
      press('[data-testid=action-primary]');
      give({ ...PROCESSING, id: 'LA0000000002' });
      dom.settle();
      expect(dom.all('app-action-form')).toEqual([]);
    });
  });

  describe('what is not allowed', () => {
    const fresh = requestIn('CANCELLED', 'borrower', 'copy', {
      version: 9,
      history: [{ command: 'CANCEL', memberId: LIBRARY.memberId }],
    });

    it('is said with the reason and what is allowed now, which acts on the request as it is now', () => {
      gateway.act.and.returnValues(
        failing('action-not-allowed', { request: fresh, reason: 'final-state' }),
        of(answer(requestIn('PREPARING', 'borrower', 'copy', { version: 10 }))),
      );
      show(SHIPPED);
      press('[data-testid=action-primary]');
      expect(dom.text).toContain('この操作は NACSIS-ILL の現在の状態（CANCEL）では行えません');
      expect(dom.text).toContain(japanese.refusal['final-state']);
      expect([told, dom.all('[data-testid=action-primary]').length]).toEqual([[fresh], 0]);
      expect(document.activeElement).toBe(dom.one('[data-testid=not-allowed]'));
      press('[data-testid=allowed-now]');
      press('[data-testid=action-submit]');
      expect(sent()[1]).toEqual(jasmine.objectContaining({ action: 'reactivate', version: 9 }));
    });

    it('is over when it was read', () => {
      gateway.act.and.returnValue(failing('action-not-allowed', { request: fresh }));
      show(SHIPPED);
      press('[data-testid=action-primary]');
      dom.click('閉じる');
      expect([dom.all('app-not-allowed').length, primary().dataset['action']]).toEqual([0, 'reactivate']);
    });

    it('because the request has changed leaves the form with what was typed, for the request as it is now', () => {
      const newer = { ...PROCESSING, version: 8 };
      gateway.act.and.returnValues(
        failing('stale-version', { request: newer }),
        of(answer(requestIn('NEW_INQUIRY', 'lender', 'copy', { version: 9 }))),
      );
      show(PROCESSING);
      press('[data-testid=action-more]');
      press('[data-action=inquiry]');
      dom.type('#action-comment', '巻号は');
      press('[data-testid=action-submit]');
      expect([dom.text.includes('表示してから、この依頼が更新されました'), dom.field('#action-comment').value]).toEqual(
        [true, '巻号は'],
      );
      press('[data-testid=action-submit]');
      expect(sent().map(({ version }) => version)).toEqual([3, 8]);
      expect(dom.all('app-not-allowed')).toEqual([]);
    });
  });

  describe('an unknown outcome', () => {
    beforeEach(() => {
      gateway.act.and.returnValue(failing('outcome-unknown'));
      show(SHIPPED);
      press('[data-testid=action-primary]');
    });

    it('is asked about under the same key, and nothing else is begun', () => {
      expect([primary().disabled, dom.all('[data-testid=asking]').length]).toEqual([true, 1]);
      answers(ARRIVED);
      press('[data-testid=ask-now]');
      expect([sent()[0], new Set(keys()).size]).toEqual([sent()[1], 1]);
      expect(dom.text).toContain('「到着処理中」になりました');
    });

    it('is asked about without a click, and said so meanwhile, once', fakeAsync(() => {
      show(SHIPPED);
      press('[data-testid=action-primary]');
      tick(1_500);
      dom.settle();
      expect(dom.text).toContain(japanese.asking.title);
      expect(dom.text).toContain('問い合わせを始めてから 1秒');
      expect(dom.one('[data-testid=asking] [role=status]').textContent).not.toContain('秒');
      expect(dom.all('[role=alert]')).toEqual([]);
      const other = dom.one('[data-testid=ask-stop]');
      other.focus();
      tick(1_000);
      dom.settle();
      expect([sent().length, document.activeElement === other]).toEqual([3, true]);
      answers(ARRIVED);
      tick(3_000);
      dom.settle();
      expect(dom.text).toContain('「到着処理中」になりました');
      discardPeriodicTasks();
    }));

    it('is unknown still when it is asked about no more, with a button that asks again', () => {
      press('[data-testid=ask-stop]');
      expect(dom.one('[data-testid=asking-end]').textContent).toContain(japanese.asking.end.stopped);
      expect([primary().disabled, dom.text.includes(actionsMessages.ja.actions.unknown)]).toEqual([true, true]);
      answers(ARRIVED);
      press('[data-testid=action-check]');
      expect([sent()[0], new Set(keys()).size]).toEqual([sent()[1], 1]);
    });

    it('is none any more once the request itself is seen to have changed', () => {
      give(ARRIVED);
      dom.settle();
      expect([dom.all('[data-testid=action-check]').length, primary().disabled]).toEqual([0, false]);
      answers(CONFIRMED);
      press('[data-testid=action-primary]');
      expect([sent()[1]?.action, new Set(keys()).size]).toEqual(['receive', 2]);
    });
  });

  it('says beside the new state what had been done to the request that was not on screen', () => {
    const changes = [{ command: 'ANSWER', memberId: SHIPPED.fields.lenderId ?? '', at: '2026-11-24T01:42:00.000Z' }];
    gateway.act.and.returnValue(of({ ...answer(ARRIVED), changes }));
    show(SHIPPED);
    press('[data-testid=action-primary]');
    const said = dom.one('[data-testid=action-done] [data-testid=action-meanwhile]').textContent ?? '';
    expect([said.includes(actionsMessages.ja.actions.meanwhile), said.includes('ANSWER')]).toEqual([true, true]);
    answers(CONFIRMED);
    press('[data-testid=action-primary]');
    expect(dom.all('[data-testid=action-meanwhile]')).toEqual([]);
  });

  it('says what else went wrong, and tries again where that may help', () => {
    gateway.act.and.returnValue(failing('nacsis-unavailable'));
    show(SHIPPED);
    press('[data-testid=action-primary]');
    expect([dom.text.includes(japanese.error['nacsis-unavailable'].title), dom.controls('再試行').length]).toEqual([
      true,
      1,
    ]);
    gateway.act.and.returnValue(failing('forbidden'));
    dom.click('再試行');
    expect([dom.text.includes(japanese.error.forbidden.title), dom.controls('再試行').length]).toEqual([true, 0]);
  });

  describe('undo', () => {
    const SENT = requestIn('SHIPPED', 'lender', 'copy', { version: 4 });
    const ship = () => {
      show(PROCESSING);
      press('[data-testid=action-primary]');
      dom.type('.sums input', '0');
      press('[data-testid=action-submit]');
    };

    it('is offered where the other side has not acted, and names what it leads back to', () => {
      answers(SENT, requestIn('PROCESSING', 'lender', 'copy', { version: 5 }));
      ship();
      expect(dom.one('[data-testid=action-undo]').textContent).toContain('元に戻す（処理中へ）');
      press('[data-testid=action-undo]');
      expect(sent()[1]).toEqual({ side: 'lender', action: 'callback', params: {}, version: 4 });
      expect([
        dom.text.includes('元に戻しました。現在は「処理中」です'),
        dom.all('[data-testid=action-undo]').length,
      ]).toEqual([true, 0]);
    });

    it('goes when the other side acts', () => {
      answers(SENT);
      ship();
      give(requestIn('ARRIVED', 'lender', 'copy', { version: 5 }));
      dom.settle();
      expect(dom.all('[data-testid=action-done], [data-testid=action-undo]')).toEqual([]);
    });

    it('is not offered for what cannot be taken back', () => {
      answers(ARRIVED);
      show(SHIPPED);
      press('[data-testid=action-primary]');
      expect(dom.all('[data-testid=action-undo]')).toEqual([]);
    });
  });

  it('says whose turn it is where nothing stands out, and lists what can be done', () => {
    show(requestIn('UNPROCESSED'));
    expect([
      dom.text.includes(actionsMessages.ja.actions.waiting),
      dom.all('[data-testid=action-primary]').length,
    ]).toEqual([true, 0]);
    expect(dom.all('[data-action]').map(({ dataset }) => dataset['action'])).toEqual(['cancel', 'callback']);
  });

  it('says that a passed-on request went on', () => {
    answers({ ...requestIn('UNPROCESSED', 'lender', 'copy', { version: 4 }), gone: 'passed-on', actions: [] });
    show(PROCESSING);
    press('[data-testid=action-more]');
    press('[data-action=reject]');
    dom.click('欠号');
    press('[data-testid=action-submit]');
    expect(dom.text).toContain(actionsMessages.ja.actions.done.passedOn);
  });

  it('lets those only look who may not act', () => {
    const me = aMe();
    session.session.update((now) =>
      'value' in now ? { ...now, value: { ...now.value, me: { ...me, user: { ...me.user, mayAct: false } } } } : now,
    );
    show(SHIPPED);
    expect([primary().disabled, dom.text.includes(actionsMessages.ja.actions.readOnly)]).toEqual([true, true]);
  });

  it('opens the form for a date of one’s own', () => {
    show(SHIPPED);
    press('[data-testid=action-more]');
    press('[data-testid=action-fill]');
    expect(dom.field('#action-arrivalDate').type).toBe('date');
  });

  describe('while the panel reads NACSIS-ILL again', () => {
    it('keeps what was done, and undo', () => {
      show(requestIn('SHIPPED', 'borrower', 'copy', { version: 3 }));
      answers(ARRIVED);
      primary().click();
      render();
      give({ ...ARRIVED, seenAt: new Date().toISOString() });
      render();
      expect(dom.all('[data-testid=action-done]').length).toBe(1);
    });

    it('keeps a form with what was typed in it', () => {
      show(PROCESSING);
      press('[data-testid=action-primary]');
      const field = () => dom.one('app-action-form textarea') as HTMLTextAreaElement;
      field().value = '別送します';
      field().dispatchEvent(new Event('input'));
      give({ ...PROCESSING, seenAt: new Date().toISOString() });
      render();
      expect(field().value).toBe('別送します');
      give({ ...PROCESSING, version: 4 });
      render();
      expect(field().value).toBe('別送します');
    });
  });
});
