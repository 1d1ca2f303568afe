import { ApplicationRef } from '@angular/core';
import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { provideTranslateService } from '@ngx-translate/core';
import { of, Subject } from 'rxjs';
import type { ActionParam } from '../../domain/api/requests';
import type { RequestSummary } from '../../domain/api/work-list';
import { addDays, today } from '../../domain/ill/dates';
import { AppError } from '../core/app-error';
import { BatchClient } from './batch.client';
import type { RowResult } from './batch.client';
import { ChosenRequestsService } from '../core/chosen-requests.service';
import { GatewayClient } from '../core/gateway.client';
import { Dom } from '../testing/dom';
import { failing, fakeGateway, type FakeGateway } from '../testing/fake-gateway';
import { leave } from '../testing/leave';
import { PARTNER, requestIn } from '../testing/offers';
import { aList, aRequest, aSummary } from '../testing/records';
import { BatchPage } from './batch.page';
import { TAB_STORAGE } from './unfinished-batch.service';

const [A, B, C] = ['LA0000000011', 'LA0000000022', 'LA0000000033'] as const;
const SUBMIT = 'app-batch-params [type=submit]';
const done = (id: string): RowResult => ({
  id,
  ok: true,
  from: 'SHIPPED',
  to: 'ARRIVED',
  externalStatus: '到着処理中',
  version: 2,
});
const refused = (id: string): RowResult => ({
  id,
  ok: false,
  error: new AppError('nacsis-rejected', {
    nacsis: { status: '422', message: 'NG' },
    fieldErrors: [{ field: 'lenders[2].memberId', code: 'duplicate' }],
  }),
});

describe('BatchPage', () => {
  let gateway: FakeGateway;
  let client: jasmine.SpyObj<BatchClient>;
  let answer: Subject<RowResult>;
  let storage: jasmine.SpyObj<Storage>;
  let fixture: ComponentFixture<BatchPage>;
  let dom: Dom;

  beforeEach(() => {
    gateway = fakeGateway();
    storage = jasmine.createSpyObj<Storage>('Storage', ['getItem', 'setItem', 'removeItem']);
    client = jasmine.createSpyObj<BatchClient>('BatchClient', ['run']);
    client.run.and.callFake(() => (answer = new Subject()));
    TestBed.configureTestingModule({
      providers: [
        provideRouter([]),
        provideTranslateService(),
        { provide: TAB_STORAGE, useValue: storage },
        { provide: GatewayClient, useValue: gateway },
        { provide: BatchClient, useValue: client },
      ],
    });
    asking();
  });

  /** Makes the gateway return requests whose action asks for these params. */
  function asking(params: readonly ActionParam[] = [{ name: 'comment', required: false }]): void {
    gateway.request.and.callFake((id) => {
      const offer = { action: 'accept', command: [], allowed: true, primary: true, params: [...params] } as const;
      return of(aRequest({ id, actions: [{ ...offer, command: [], params: [...params] }] }));
    });
  }
  const shipped = (id: string, changes: Partial<RequestSummary> = {}) =>
    aSummary({ id, state: 'SHIPPED', allowed: ['accept'], ...changes });
  function open(...rows: readonly RequestSummary[]): void {
    if (rows.length > 0) TestBed.inject(ChosenRequestsService).choose(rows);
    fixture = TestBed.createComponent(BatchPage);
    dom = new Dom(fixture);
    document.body.append(dom.root);
  }
  afterEach(() => {
    dom.root.remove();
  });
  function submit(): void {
    dom.one(SUBMIT).click();
    dom.settle();
  }
  function run(): void {
    submit();
    dom.one('[data-testid=batch-run]').click();
    dom.settle();
  }
  function comes(...results: readonly RowResult[]): void {
    for (const result of results) answer.next(result);
    dom.settle();
  }
  function ends(...results: readonly RowResult[]): void {
    comes(...results);
    answer.complete();
    dom.settle();
  }
  const later = async () => {
    await new Promise((resolve) => setTimeout(resolve));
    dom.settle();
  };
  function scan(text: string): void {
    const field = dom.field('[data-testid=batch-scan]');
    field.value = text;
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', cancelable: true }));
    dom.settle();
  }
  /** Runs callbacks that wait for the application's rendering. */
  function rendered(): void {
    TestBed.inject(ApplicationRef).tick();
  }
  const listed = () => dom.texts('[data-testid=batch-rows] strong');

  it('shows the rows that were chosen, and the one thing that may be done with all', () => {
    open(shipped(A), shipped(B));
    expect(listed()).toEqual([B, A]);
    expect(dom.texts('fieldset.stack label')).toEqual(['actionIn.borrower.accept.SHIPPED']);
    expect(dom.all(SUBMIT).length).toBe(1);
  });

  it('takes nothing by the Enter that confirms a conversion of kana', () => {
    open();
    const field = dom.field('[data-testid=batch-scan]');
    field.value = B;
    for (const more of [{ isComposing: true }, { keyCode: 229 }])
      field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ...more }));
    field.dispatchEvent(new CompositionEvent('compositionend'));
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    dom.settle();
    expect([field.value, listed()]).toEqual([B, []]);
    scan(B);
    expect(listed()).toEqual([B]);
  });

  it('takes scanned ids, one after the other, ready for the next', () => {
    open();
    gateway.requests.and.callFake(({ ids = [] }) => of(aList(ids.map((id) => shipped(id)))));
    scan(`*${A.toLowerCase()}*`);
    scan(B);
    expect(listed()).toEqual([B, A]);
    expect(dom.field('[data-testid=batch-scan]').value).toBe('');
    expect(document.activeElement).toBe(dom.one('[data-testid=batch-scan]'));
  });

  it('takes a pasted list, and says of each id that has no request why', () => {
    open();
    gateway.requests.and.returnValue(of(aList([shipped(A)])));
    gateway.request.and.returnValue(failing('not-found'));
    dom.type('[data-testid=batch-paste]', `${A}\n${B}\n資料名`);
    dom.click('batch.add');
    expect(listed()).toEqual([A]);
    const missing = dom.one('[data-testid=batch-missing]').textContent;
    expect([missing?.includes(B), missing?.includes('error.not-found.title')]).toEqual([true, true]);
    expect(dom.one('[data-testid=batch-addition]').textContent).toContain('batch.unreadable');
  });

  it('says when no action is possible for all, and keeps those for which one is', () => {
    open(shipped(A), shipped(B, { state: 'INQUIRY', allowed: ['answer'] }));
    expect(dom.text).toContain('batch.noneCommon');
    expect(dom.all('[data-testid=batch-partial] li').length).toBe(2);
    dom.click('batch.keepOnly');
    expect(listed()).toEqual([A]);
    expect(dom.all(SUBMIT).length).toBe(1);
  });

  it('takes the action that is wanted already', () => {
    TestBed.inject(ChosenRequestsService).choose([shipped(A, { allowed: ['accept', 'callback'] })]);
    fixture = TestBed.createComponent(BatchPage);
    fixture.componentRef.setInput('action', 'accept');
    dom = new Dom(fixture);
    expect(dom.field('input[value=accept]').checked).toBeTrue();
  });

  it('says what is missing, leads there, and sends nothing', async () => {
    asking([{ name: 'comment', required: true }]);
    open(shipped(A));
    expect(dom.all('app-field-error').length).toBe(0);
    submit();
    await later();
    expect([dom.all('app-field-error').length, document.activeElement?.id]).toEqual([1, 'action-comment']);
    dom.type('#action-comment', '欠号');
    run();
    expect(client.run.calls.mostRecent().args[0].params).toEqual({ comment: '欠号' });
  });

  it('does not send a due date that has passed', async () => {
    const request = requestIn('PROCESSING', 'lender', 'loan');
    gateway.request.and.callFake((id) => of({ ...request, id }));
    open(shipped(A, { side: 'lender', kind: 'loan', state: 'PROCESSING', allowed: ['ship'] }));
    dom.type('app-charge-calculator .sums label:nth-child(2) input', '0');
    dom.type('#action-dueDate', addDays(today(), -1).replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3'));
    submit();
    await later();
    expect(dom.text).toContain('fieldError.date-past');
    expect(dom.one('app-confirm-batch dialog').hasAttribute('open')).toBeFalse();
    expect(document.activeElement?.id).toBe('action-dueDate');
  });

  it('says the action and the number of rows on the button, and takes nobody away from where they are', () => {
    open(shipped(A), shipped(B));
    expect(dom.one(SUBMIT).textContent).toContain('batch.ask');
    expect(dom.one('app-action-form h2').textContent).toContain('actionIn.borrower.accept.SHIPPED');
    expect(dom.all('app-action-form button').length).toBe(1);
    expect(dom.root.contains(document.activeElement)).toBeFalse();
  });

  it('asks why with one click, and calculates the charges once for all', () => {
    const request = requestIn('PROCESSING', 'lender', 'copy');
    gateway.request.and.callFake((id) => of({ ...request, id }));
    open(...[A, B].map((id) => shipped(id, { side: 'lender', state: 'PROCESSING', allowed: ['ship', 'reject'] })));
    dom.one('input[value=reject]').dispatchEvent(new Event('change'));
    dom.settle();
    dom.click('reason.not-held');
    expect(dom.field('#action-comment').value).toBe('未所蔵');
    dom.one('input[value=ship]').dispatchEvent(new Event('change'));
    dom.settle();
    expect(dom.one('[data-testid=same-charges]').textContent).toContain('actions.charges.many');
    dom.type('app-charge-calculator .sums label:nth-child(2) input', '140');
    submit();
    expect(dom.one('app-confirm-batch').textContent).toContain('¥140');
    dom.one('[data-testid=batch-run]').click();
    const { params, items } = client.run.calls.mostRecent().args[0];
    expect([params?.total, params?.postage, items.length]).toEqual(['140', '140', 2]);
  });

  it('takes up what a reload has cut off', () => {
    storage.getItem.and.returnValue(JSON.stringify({ side: 'borrower', action: 'accept', ids: [A, B] }));
    gateway.requests.and.returnValue(of(aList([shipped(A), shipped(B, { state: 'ARRIVED', allowed: ['callback'] })])));
    open();
    dom.click('batch.unfinished.look');
    expect([listed(), dom.all('[data-testid=batch-unfinished]').length]).toEqual([[B, A], 0]);
    dom.click('batch.keepOnly');
    run();
    expect(client.run.calls.mostRecent().args[0].items).toEqual([{ id: A, version: jasmine.any(Number) as never }]);
  });

  it('asks once with all that will be sent, and Enter is enough', () => {
    open(shipped(A));
    dom.type('#action-comment', 'ありがとうございました');
    submit();
    expect(dom.one('app-confirm-batch dialog').textContent).toContain('ありがとうございました');
    expect(document.activeElement).toBe(dom.one('[data-testid=batch-run]'));
    expect(client.run).not.toHaveBeenCalled();
    dom.click('batch.back');
    expect(client.run).not.toHaveBeenCalled();
  });

  it('shows each result as it comes, with the state that came of it or the reason', () => {
    open(shipped(A), shipped(B), shipped(C));
    run();
    rendered();
    expect(document.activeElement).toBe(dom.one('app-batch-progress h2'));
    comes(done(A), refused(B));
    const bar = dom.one('progress') as HTMLProgressElement;
    expect([bar.value, bar.max, dom.texts('[data-testid=batch-progress]')]).toEqual([2, 3, ['2 / 3']]);
    expect(dom.texts('[data-testid=result-done]')[0]).toContain('state.ARRIVED');
    const [reason = ''] = dom.texts('[data-testid=result-failed]');
    for (const words of [
      'error.nacsis-rejected.title',
      'message.nacsisSays',
      'error.nacsis-rejected.wayOut',
      'field.lenders',
    ])
      expect(reason).toContain(words);
    expect(dom.one('[data-testid=result-failed] a').getAttribute('href')).toBe(`/requests/borrower/${B}`);
    expect(dom.texts('[aria-live=polite]')).toEqual(['batch.quarter']);
  });

  it('says of a refused row who acted meanwhile, why not, and where it stands now', () => {
    open(shipped(A));
    run();
    const request = requestIn('PROCESSING', 'borrower', 'copy', { id: A, version: 9, gone: 'passed-on' });
    const changes = [{ command: 'CALLBACK', memberId: PARTNER.id, at: new Date().toISOString() }];
    comes({ id: A, ok: false, error: new AppError('stale-version', { request, changes, reason: 'wrong-state' }) });
    const [text = ''] = dom.texts('[data-testid=result-failed]');
    for (const words of ['actions.change.otherAt', 'refusal.wrong-state', 'state.PROCESSING', 'request.gone.passed-on'])
      expect(text).toContain(words);
  });

  it('ends with a summary, what failed first', () => {
    open(shipped(A), shipped(B));
    run();
    ends(done(A), refused(B));
    rendered();
    expect(document.activeElement).toBe(dom.one('app-batch-summary h2'));
    expect(dom.texts('li a')).toEqual([B, A]);
    expect(dom.controls('batch.retry').length).toBe(1);
    expect(dom.controls('batch.goOn').length + dom.controls('batch.findOut').length).toBe(0);
  });

  it('tries only those again that failed', () => {
    open(shipped(A), shipped(B));
    run();
    ends(done(A), refused(B));
    gateway.requests.and.returnValue(of(aList([shipped(B, { version: 5 })])));
    dom.click('batch.retry');
    expect(client.run.calls.mostRecent().args[0].items).toEqual([{ id: B, version: 5 }]);
    ends(done(B));
    expect(dom.one('[data-testid=batch-summary]').classList).toContain('good');
  });

  it('lets those that failed be sent with something else', () => {
    open(shipped(A), shipped(B));
    run();
    ends(done(A), refused(B));
    dom.click('batch.change');
    expect(listed()).toEqual([B]);
    expect(dom.all('app-batch-summary').length).toBe(0);
  });

  it('stops between two rows, and goes on with the rest', () => {
    open(shipped(A), shipped(B));
    run();
    comes(done(A));
    dom.click('batch.stop');
    expect(answer.observed).toBeFalse();
    expect(dom.texts('[data-testid=result-unknown]')[0]).toContain('batch.notSeen');
    // Commands that may have been executed cannot be changed.
    expect(dom.controls('batch.change').length).toBe(0);
    dom.click('batch.goOn');
    expect(client.run.calls.allArgs().map(([{ items }]) => items.length)).toEqual([2, 1]);
  });

  it('says when it broke off, and finds out about the rest', () => {
    open(shipped(A), shipped(B));
    run();
    comes(done(A));
    answer.error(new AppError('outcome-unknown'));
    dom.settle();
    expect(dom.all('app-batch-summary')).toEqual([]);
    expect(dom.one('[data-testid=batch-asked]').textContent).toContain('batch.askedCount');
    dom.one('[data-testid=ask-stop]').click();
    dom.settle();
    expect(dom.one('[data-testid=asking-end]').textContent).toContain('asking.end.stopped');
    expect(dom.one('app-batch-summary [role=alert]').textContent).toContain('error.outcome-unknown.title');
    expect(dom.controls('batch.findOut').length).toBe(1);
  });

  it('copies the result, and shows it where it cannot', async () => {
    open(shipped(A));
    run();
    ends(done(A));
    const write = spyOn(navigator.clipboard, 'writeText').and.resolveTo();
    dom.click('batch.copy');
    await later();
    expect(write.calls.mostRecent().args[0]).toContain(A);
    expect(dom.controls('create.copied').length).toBe(1);
  });

  it('is still there when one comes back to it, until other rows are chosen', () => {
    open(shipped(A), shipped(B));
    run();
    ends(done(A), refused(B));
    dom.root.remove();
    open();
    expect(dom.all('app-batch-summary').length).toBe(1);
    dom.root.remove();
    open(shipped(C));
    expect([dom.all('app-batch-summary').length, listed()]).toEqual([0, [C]]);
  });

  it('begins anew on request', () => {
    open(shipped(A));
    run();
    ends(done(A));
    dom.click('batch.another');
    expect(dom.all('app-batch-summary, [data-testid=batch-rows]').length).toBe(0);
  });

  describe('being left', () => {
    it('asks nothing while nothing runs', () => {
      open(shipped(A));
      expect(fixture.componentInstance.mayLeave()).toBeTrue();
    });

    it('asks while it runs; to stay lets it run', async () => {
      open(shipped(A));
      run();
      const left = leave(fixture.componentInstance);
      dom.click('batch.leave.stay');
      expect([await left, answer.observed]).toEqual([false, true]);
    });

    it('ends it when one goes', async () => {
      open(shipped(A));
      run();
      const left = leave(fixture.componentInstance);
      expect(answer.observed).toBeTrue();
      dom.click('batch.leave.go');
      expect([await left, answer.observed]).toEqual([true, false]);
    });

    it('asks no more when it has ended meanwhile', async () => {
      open(shipped(A));
      run();
      const left = leave(fixture.componentInstance);
      ends(done(A));
      expect([await left, dom.controls('batch.leave.go').length]).toEqual([true, 0]);
    });
  });
});
