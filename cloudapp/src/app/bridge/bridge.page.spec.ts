import { DOCUMENT } from '@angular/common';
import { fakeAsync, discardPeriodicTasks, TestBed, tick } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { TranslateService } from '@ngx-translate/core';
import { of, Subject } from 'rxjs';
import type { BridgeMessage } from '../../domain/api/bridge';
import { GatewayClient } from '../core/gateway.client';
import { SessionService } from '../core/session.service';
import { Dom } from '../testing/dom';
import { failing, fakeGateway, type FakeGateway } from '../testing/fake-gateway';
import { FakeSession } from '../testing/fake-session';
import { provideMessages } from '../testing/messages-at-once';
import { aMe, aMessage, aQueue, BRANCH, LIBRARY } from '../testing/records';
import { groupsOf, QUEUE_LOOK } from './bridge-queue.store';
import { BridgePage } from './bridge.page';
import { FOLLOW_UP } from './message-actions.store';

const HELD = aMessage({ hold: { reason: 'ask-claim', since: '2026-11-24T01:00:00.000Z' } });
const REFUSED = aMessage({
  id: 'm2',
  name: 'Cancel',
  state: 'refused',
  hold: undefined,
  problem: { code: 'lender-works' },
  can: ['drop'],
});
const STOPPED = aMessage({
  id: 'm3',
  direction: 'out',
  name: 'RenewResponse',
  answer: 'N',
  state: 'stopped',
  hold: undefined,
  note: '予約があります',
  problem: { code: 'timeout' },
  attempts: 12,
  can: ['retry', 'drop'],
});
const UNSAVED = aMessage({
  id: 'm4',
  name: 'Request',
  state: 'waiting',
  hold: undefined,
  can: [],
  externalId: 'EXT-9',
});

describe('BridgePage', () => {
  let gateway: FakeGateway;
  let session: FakeSession;
  let hidden: boolean;
  let dom: Dom;

  beforeEach(() => {
    gateway = fakeGateway();
    session = new FakeSession();
    session.libraries.set([{ ...LIBRARY, writer: 'iso18626' }]);
    hidden = false;
    TestBed.configureTestingModule({
      providers: [
        provideRouter([]),
        provideMessages(),
        { provide: GatewayClient, useValue: gateway },
        { provide: SessionService, useValue: session },
        { provide: QUEUE_LOOK, useValue: 30_000 },
        { provide: FOLLOW_UP, useValue: 3_000 },
      ],
    });
    TestBed.inject(TranslateService).use('ja');
    spyOnProperty(TestBed.inject(DOCUMENT), 'hidden').and.callFake(() => hidden);
  });

  function open(...items: readonly BridgeMessage[]): void {
    gateway.bridgeMessages.and.returnValue(of(aQueue(items)));
    dom = new Dom(TestBed.createComponent(BridgePage));
  }
  const asked = () => gateway.bridgeMessages.calls.allArgs().map(([query]) => query);
  const acted = () => gateway.actOnMessage.calls.allArgs().map(([id, action]) => `${action} ${id}`);
  const chips = () => dom.texts('[role=group] button');
  const within = (group: string) => dom.one(`[data-group=${group}]`);

  it('shows the states with their numbers, and groups the messages by what needs staff most', () => {
    open(UNSAVED, REFUSED, STOPPED, HELD);
    expect(chips()).toEqual(['すべて 4', '保留 1', '停止 1', '拒否 1', '処理待ち 1']);
    expect(dom.all('[data-group]').map(({ dataset }) => dataset['group'])).toEqual([
      'held',
      'stopped',
      'refused',
      'waiting',
    ]);
    expect(asked()).toEqual([{ page: 1 }]);
  });

  it('says what was said, about which request, why it waits, since when, and what to do', () => {
    open(HELD);
    const text = within('held').textContent?.replace(/\s+/g, ' ') ?? '';
    for (const words of [
      'Alma から',
      '受領',
      '図書館情報学入門',
      '依頼館',
      'この依頼にはクレームへの回答が届いています。',
      '資料に問題がなければ受領してください。',
    ])
      expect(text).toContain(words);
    expect(text).toMatch(/11-24 \d\d:\d\d から（.+前）/);
    expect(within('held').querySelector('a')?.getAttribute('href')).toBe('/requests/borrower/LA0012345671');
  });

  it('says in both directions what was refused or has stopped, with its answer and note', () => {
    open(STOPPED, REFUSED);
    expect(within('stopped').textContent).toContain('Alma へ');
    for (const words of [
      '更新請求への回答',
      '不承諾',
      '予約があります',
      'Alma から時間内に応答がありませんでした。',
      '次の連絡も Alma に送られません',
    ])
      expect(within('stopped').textContent).toContain(words);
    expect(within('refused').textContent).toContain('受付館が処理中のため、取り消せません。');
  });

  it('names a request that is not saved yet by its id in Alma, without a link', () => {
    open(aMessage({ ...UNSAVED, requestId: undefined }));
    expect(within('waiting').textContent).toContain('NACSIS-ILL に未保存（Alma の外部 ID: EXT-9）');
    expect(within('waiting').querySelector('a')).toBeNull();
  });

  it('puts the messages of one request together, and those of two libraries apart', () => {
    const branch = aMessage({ id: 'm9', library: BRANCH.code });
    const groups = groupsOf([HELD, branch, aMessage({ id: 'm8', name: 'Notification' })]);
    expect(
      groups.map(({ state, requests }) => [state, requests.map(({ messages }) => messages.map(({ id }) => id))]),
    ).toEqual([['held', [['m1', 'm8'], ['m9']]]]);
    session.libraries.set([{ ...LIBRARY, writer: 'iso18626' }, BRANCH]);
    open(HELD, branch);
    expect(within('held').textContent).toContain(BRANCH.name);
  });

  it('reads one state when its chip is pressed, from its first page on', () => {
    gateway.bridgeMessages.and.returnValue(of(aQueue([HELD], { total: 120 })));
    dom = new Dom(TestBed.createComponent(BridgePage));
    dom.click('次へ');
    dom.one('[data-state=held]').click();
    dom.settle();
    expect(asked()).toEqual([{ page: 1 }, { page: 2 }, { state: 'held', page: 1 }]);
    expect(dom.one('[data-state=held]').getAttribute('aria-pressed')).toBe('true');
  });

  it('says what the page is for while there is nothing, for each state', () => {
    open();
    expect(dom.one('[data-testid=empty]').textContent).toContain('確認の必要な連絡はありません');
    dom.one('[data-state=stopped]').click();
    dom.settle();
    expect(dom.one('[data-testid=empty]').textContent).toContain('停止した連絡はありません');
  });

  it('says so where no library exchanges messages, and leads to the settings', () => {
    session.libraries.set([LIBRARY]);
    open();
    expect(dom.one('[data-testid=not-used] a').getAttribute('href')).toBe('/settings/integration');
  });

  it('carries out a held message at once, says what became of it, and reads again', fakeAsync(() => {
    open(HELD);
    gateway.actOnMessage.and.returnValue(of(aMessage({ state: 'waiting', hold: undefined, can: [] })));
    gateway.bridgeMessages.and.returnValue(of(aQueue()));
    dom.click('解決済みとして受領する');
    expect(acted()).toEqual(['apply m1']);
    expect(dom.one('[data-testid=result]').textContent).toContain('受け付けました。まもなく処理します。');
    expect(dom.all('[data-group]').length).toBe(0);
    tick(3_000);
    dom.settle();
    expect(asked().length).toBe(3);
    discardPeriodicTasks();
  }));

  it('asks before it drops a message, and names what is lost', () => {
    open(HELD, STOPPED);
    within('held').querySelector<HTMLButtonElement>('[data-act=drop]')?.click();
    dom.settle();
    expect(dom.one('dialog[open]').textContent).toContain('Alma での操作は、NACSIS-ILL に伝わらないままになります。');
    dom.click('取り下げない');
    expect(acted()).toEqual([]);
    within('stopped').querySelector<HTMLButtonElement>('[data-act=drop]')?.click();
    dom.settle();
    expect(dom.one('dialog[open]').textContent).toContain('この連絡は Alma に送られません。');
  });

  it('says that a question of Alma is answered when it is dropped, and drops it then', () => {
    open(aMessage({ name: 'Renew', can: ['drop'] }));
    dom.one('[data-act=drop]').click();
    dom.settle();
    expect(dom.one('dialog[open]').textContent).toContain('「不承諾」と回答します。');
    gateway.actOnMessage.and.returnValue(of(aMessage({ state: 'dropped', can: [] })));
    dom.one('dialog[open] [data-testid=drop-go]').click();
    // A browser sends the event of the dialog later.
    dom.one('dialog').dispatchEvent(new Event('close'));
    dom.settle();
    expect(acted()).toContain('drop m1');
    expect(dom.one('[data-testid=result]').textContent).toContain('取り下げました。');
    expect(dom.one('[data-testid=result] a').getAttribute('href')).toBe('/requests/borrower/LA0012345671');
  });

  it('undoes the drop of a held message', () => {
    open(HELD);
    gateway.actOnMessage.and.returnValue(of({ ...HELD, state: 'dropped', can: ['undo'] } as const));
    dom.one('[data-act=drop]').click();
    dom.settle();
    dom.one('dialog[open] [data-testid=drop-go]').click();
    dom.one('dialog').dispatchEvent(new Event('close'));
    dom.settle();
    gateway.actOnMessage.and.returnValue(of({ ...HELD, state: 'waiting', can: [] } as const));
    dom.click('元に戻す');
    expect(acted()).toEqual([`drop ${HELD.id}`, `undo ${HELD.id}`]);
    expect(dom.one('[data-testid=result]').textContent).toContain('まもなく処理します。');
  });

  it('says when a message is tried or sent again, and why', () => {
    const again = {
      state: 'waiting',
      hold: undefined,
      attempts: 3,
      nextAt: '2026-11-24T03:00:00.000Z',
      can: [],
    } as const;
    open(
      aMessage({ id: 'm7', ...again, can: [], problem: { code: 'nacsis-unavailable' } }),
      aMessage({ id: 'm8', ...again, can: [], direction: 'out', name: 'Loaned', problem: { code: 'unreachable' } }),
    );
    const text = within('waiting').textContent ?? '';
    for (const words of [
      'NACSIS-ILL が応答していません',
      '3回試みました',
      'Alma に接続できませんでした。',
      '3回送信済み',
    ])
      expect(text).toContain(words);
    expect(text).not.toContain('依頼を開き');
  });

  it('dismisses a refused message without a question', () => {
    open(REFUSED);
    gateway.actOnMessage.and.returnValue(of(aMessage({ ...REFUSED, state: 'dropped', can: [] })));
    dom.click('確認済みにする');
    expect(acted()).toEqual(['drop m2']);
  });

  it('does one thing at a time', () => {
    open(HELD, STOPPED);
    gateway.actOnMessage.and.returnValue(new Subject<BridgeMessage>());
    dom.click('解決済みとして受領する');
    const buttons = dom.all('[data-act]') as HTMLButtonElement[];
    expect(buttons.every(({ disabled }) => disabled)).toBeTrue();
    expect(acted().length).toBe(1);
  });

  it('says at the message why an action failed, repeats an unknown one under its key, and another under a new one', () => {
    open(HELD);
    gateway.actOnMessage.and.returnValue(failing('outcome-unknown'));
    dom.click('解決済みとして受領する');
    expect(within('held').textContent).toContain('NACSIS-ILL で処理されたかどうか確認できません');
    gateway.actOnMessage.and.returnValue(failing('nacsis-unavailable'));
    dom.click('解決済みとして受領する');
    dom.click('解決済みとして受領する');
    const keys = gateway.actOnMessage.calls.allArgs().map(([, , key]) => key);
    expect([keys[0] === keys[1], keys[1] === keys[2]]).toEqual([true, false]);
  });

  it('offers no button to who may only read', () => {
    session.session.set({
      state: 'ok',
      value: { ...session.loaded, me: aMe({ user: { id: 'r', mayRead: true, mayAct: false, mayManage: false } }) },
    });
    open(HELD, STOPPED);
    expect(dom.all('[data-act]')).toEqual([]);
  });

  it('reads again while it is visible, and keeps what it shows when that fails', fakeAsync(() => {
    open(HELD);
    hidden = true;
    tick(30_000);
    expect(asked().length).toBe(1);
    hidden = false;
    gateway.bridgeMessages.and.returnValue(failing('gateway-unreachable'));
    tick(30_000);
    dom.settle();
    expect([asked().length, dom.text.includes('ゲートウェイに接続できません'), dom.all('[data-group]').length]).toEqual(
      [2, true, 1],
    );
    gateway.bridgeMessages.and.returnValue(of(aQueue()));
    dom.click('再試行');
    expect([dom.text.includes('ゲートウェイに接続できません'), dom.all('[data-group]').length]).toEqual([false, 0]);
    discardPeriodicTasks();
  }));
});
