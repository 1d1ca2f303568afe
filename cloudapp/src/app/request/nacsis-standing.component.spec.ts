import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { TranslateService } from '@ngx-translate/core';
import actionsMessages from '../../i18n/actions.json';
import requestMessages from '../../i18n/request.json';
import type { RequestView } from '../../domain/api/requests';
import { KINDS, SIDES } from '../../domain/ill/kinds';
import { STATE_IDS, STATES } from '../../domain/ill/states';
import { Dom } from '../testing/dom';
import { aRequest } from '../testing/records';
import { provideMessages } from '../testing/messages-at-once';
import { NacsisStandingComponent } from './nacsis-standing.component';
import type { News } from './request.store';

/** In the browser's own zone. */
const NOW = new Date(2026, 10, 24, 12, 0);

describe('NacsisStandingComponent', () => {
  let fixture: ComponentFixture<NacsisStandingComponent>;

  beforeEach(() => {
    TestBed.configureTestingModule({
      providers: [provideMessages(actionsMessages, requestMessages)],
    });
    TestBed.inject(TranslateService).use('ja');
  });

  function show(changes: Partial<RequestView>, news?: News): Dom {
    fixture = TestBed.createComponent(NacsisStandingComponent);
    const seenAt = new Date(2026, 10, 24, 10, 42).toISOString();
    fixture.componentRef.setInput('request', aRequest({ seenAt, ...changes }));
    fixture.componentRef.setInput('now', NOW);
    fixture.componentRef.setInput('news', news);
    return new Dom(fixture);
  }

  it('says the status, what it means for this side, whose turn it is, and how old that is', () => {
    const { text } = show({ state: 'UNPROCESSED' });
    for (const words of ['未処理', '受付館がまだ受け付けていません', '相手館の処理待ち', '10:42 現在'])
      expect(text).toContain(words);
    const lender = show({ state: 'UNPROCESSED', side: 'lender' });
    for (const words of ['新しい依頼が届いています', '自館の処理待ち']) expect(lender.text).toContain(words);
  });

  it('asks the borrower to act on a loan in use only near its due date', () => {
    const due = (dueDate: string) => show({ state: 'ON_LOAN', kind: 'loan', fields: { dueDate } }).text;
    expect(due('20261224')).toContain('返却期限が近づくまで処理不要');
    expect(due('20261125')).toContain('自館の処理待ち');
  });

  it('has a meaning in both languages for every state and side', () => {
    for (const language of ['ja', 'en']) {
      TestBed.inject(TranslateService).use(language);
      for (const state of STATE_IDS)
        for (const side of SIDES)
          for (const kind of KINDS)
            if (kind === STATES[state].kinds[0])
              expect(show({ state, side, kind }).text)
                .withContext(`${language} ${state} ${side}`)
                .not.toMatch(/stateMeaning|request\.\w/);
    }
  });

  it("shows a state that the app does not know in NACSIS' words, and says so", () => {
    const { text } = show({ state: null, externalStatus: '外部依頼中' });
    for (const words of ['外部依頼中', 'このアプリの知らない状態']) expect(text).toContain(words);
  });

  it('names the day of what is older than today', () => {
    expect(show({ seenAt: new Date(2026, 10, 22, 9, 5).toISOString() }).text).toContain('11-22 09:05 現在');
  });

  it('says in words that it is gone, and asks nobody to act then', () => {
    const passedOn = show({ gone: 'passed-on', side: 'lender' });
    expect(passedOn.one('[data-testid=gone]').textContent).toContain('別の受付館');
    expect(passedOn.text).not.toContain('処理待ち');
    expect(show({ gone: 'not-delivered' }).one('[data-testid=gone]').textContent).toContain(
      'NACSIS-ILL から自館に配信されなくなりました',
    );
  });

  it('says that the state changed in a way that is not in the table', () => {
    const at = new Date(2026, 10, 24, 10, 42).toISOString();
    expect(show({ jump: { from: 'PROCESSING', to: null, at } }).texts('[data-testid=jump]')).toEqual([
      '11-24 10:42 に、処理中 から 不明な状態 へ、通常の操作によらない状態の変更がありました。NACSIS-ILL による強制遷移か、確認できていない操作の可能性があります。',
    ]);
  });

  it('marks what should be back', () => {
    const loan = { kind: 'loan', state: 'ON_LOAN' } as const;
    expect(show({ ...loan, fields: { dueDate: '20261120' } }).texts('[data-testid=overdue]')).toEqual([
      '⚠ 返却期限（2026-11-20）を過ぎています。',
    ]);
    expect(show({ ...loan, fields: { dueDate: '20261124' } }).all('[data-testid=overdue]')).toEqual([]);
  });

  it('tells what is new, aloud', () => {
    const from = { state: 'UNPROCESSED', externalStatus: '未処理' } as const;
    const to = { state: 'PROCESSING', externalStatus: '処理中' } as const;
    const at = NOW.toISOString();
    expect(show({}, { from, to, at }).texts('[role=status]')).toEqual([
      'NACSIS-ILL で 未処理 から 処理中 に変わりました。',
    ]);
    expect(show({}, { from, to: from, at }).texts('[role=status]')).toEqual(['NACSIS-ILL で内容が更新されました。']);
    expect(show({}).texts('[role=status]')).toEqual(['']);
  });

  it('is read again on wish, once at a time', () => {
    const dom = show({});
    let wishes = 0;
    fixture.componentInstance.reload.subscribe(() => (wishes += 1));
    dom.click('最新の状態を取得');
    expect(wishes).toBe(1);
    fixture.componentRef.setInput('isReading', true);
    dom.settle();
    expect((dom.one('[data-testid=reload]') as HTMLButtonElement).disabled).toBeTrue();
  });
});
