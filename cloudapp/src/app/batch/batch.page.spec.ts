import { ApplicationRef } from '@angular/core';
import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { provideTranslateService } from '@ngx-translate/core';
import { of, Subject } from 'rxjs';
import type { ActionParam } from '../../domain/api/requests';
import type { Tariff } from '../../domain/api/profile';
import type { RequestSummary } from '../../domain/api/work-list';
import { addDays, formatDay, today } from '../../domain/ill/dates';
import type { Kind } from '../../domain/ill/kinds';
import { AppError } from '../core/app-error';
import { BatchClient } from './batch.client';
import type { RowResult } from './batch.client';
import { ChosenRequestsService } from '../core/chosen-requests.service';
import { GatewayClient } from '../core/gateway.client';
import { Dom } from '../testing/dom';
import { failing, fakeGateway, type FakeGateway } from '../testing/fake-gateway';
import { leave } from '../testing/leave';
import { PARTNER, requestIn } from '../testing/offers';
import { aList, aProfile, aRequest, aSummary } from '../testing/records';
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
  function choose(action: string): void {
    dom.one(`input[value=${action}]`).dispatchEvent(new Event('change'));
    dom.settle();
  }
  /** Opens these requests of the lender's side and chooses to ship them. */
  function toShip(ids: readonly string[], kind: Kind = 'copy'): void {
    const request = requestIn('PROCESSING', 'lender', kind);
    gateway.request.and.callFake((id) => of({ ...request, id }));
    open(...ids.map((id) => shipped(id, { side: 'lender', kind, state: 'PROCESSING', allowed: ['ship', 'reject'] })));
    choose('ship');
    rendered();
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

  it('is ready for the reader when it opens, and an empty Enter leads to the form', () => {
    open();
    rendered();
    expect(document.activeElement).toBe(dom.one('[data-testid=batch-scan]'));
    gateway.requests.and.callFake(({ ids = [], side }) =>
      of(aList(side === 'borrower' ? ids.map((id) => shipped(id)) : [])),
    );
    scan(A);
    scan('');
    expect(document.activeElement).toBe(dom.one(SUBMIT));
  });

  it('says of what was read what it is, and that the batch has changed to the other side', () => {
    open();
    gateway.requests.and.callFake(({ ids = [], side, q }) =>
      of(aList(side === 'lender' && q === undefined && ids[0] === A ? [shipped(A, { side })] : [])),
    );
    gateway.request.and.returnValue(failing('not-found'));
    scan(A);
    expect([listed(), dom.one('[data-testid=batch-turned]').textContent?.includes('batch.turned')]).toEqual([
      [A],
      true,
    ]);
    scan(B);
    scan('9784000000017');
    const missing = dom.texts('[data-testid=batch-missing] li');
    expect(missing[0]).toContain('batch.number.unknown');
    expect(missing[1]).toContain('batch.number.isbn');
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
    dom.type('[data-cell=postage]', '0');
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

  it('asks why with one click, and keeps what was typed while another action is looked at', () => {
    toShip([A, B]);
    choose('reject');
    dom.click('reason.not-held');
    expect(dom.field('#action-comment').value).toBe('未所蔵');
    choose('ship');
    expect(dom.field('#action-comment').value).toBe('');
    choose('reject');
    expect(dom.field('#action-comment').value).toBe('未所蔵');
  });

  describe('shipping', () => {
    const TARIFF: Tariff = { name: '学外', kind: 'copy', lines: [{ item: 'A4', unitPrice: 35 }], postage: 140 };
    const LOAN_TARIFF: Tariff = { name: '貸借', kind: 'loan', lines: [], postage: 520 };
    const cell = (at: number, name: string) => dom.all(`[data-cell=${name}]`)[at] as HTMLInputElement;
    const cells = (name: string) => dom.all(`[data-cell=${name}]`).map((each) => (each as HTMLInputElement).value);
    const press = (at: number, name: string, key: string) => {
      cell(at, name).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    };
    function fill(at: number, name: string, value: string): void {
      cell(at, name).value = value;
      cell(at, name).dispatchEvent(new Event('input'));
      dom.settle();
    }
    const sent = () => client.run.calls.mostRecent().args[0];

    beforeEach(() => {
      gateway.profile.and.returnValue(of(aProfile([], { tariffs: [TARIFF, LOAN_TARIFF], loanDays: 14 })));
    });

    it('has a row per request with the prices of the sole tariff, its total, and a key to the next row', () => {
      toShip([A, B]);
      expect([cells('unitPrice-0'), cells('postage')]).toEqual([
        ['35', '35'],
        ['140', '140'],
      ]);
      expect(document.activeElement).toBe(cell(0, 'quantity-0'));
      fill(0, 'quantity-0', '10');
      press(0, 'quantity-0', 'Enter');
      expect(document.activeElement).toBe(cell(1, 'quantity-0'));
      fill(1, 'quantity-0', '２');
      fill(1, 'unitPrice-0', '50');
      expect(dom.texts('[data-testid=row-total]')).toEqual(['¥490', '¥240']);
      expect(dom.one('[data-testid=ship-sum]').textContent).toBe('¥730');
      press(1, 'quantity-0', 'ArrowUp');
      expect(document.activeElement).toBe(cell(0, 'quantity-0'));
      press(1, 'quantity-0', 'Enter');
      expect(document.activeElement).toBe(dom.one(SUBMIT));
      submit();
      expect(dom.texts('[data-testid=confirm-rows] tr').slice(1)).toEqual([
        `${A}¥490`,
        `${B}¥240`,
        'batch.ship.sum ¥730',
      ]);
      dom.one('[data-testid=batch-run]').click();
      const line = { item: 'A4', quantity: '10', unitPrice: '35', amount: '350' };
      const other = { item: 'A4', quantity: '2', unitPrice: '50', amount: '100' };
      expect(sent().items.map(({ params }) => params)).toEqual([
        jasmine.objectContaining({ charges: [line], postage: '140', total: '490' }),
        jasmine.objectContaining({ charges: [other], postage: '140', total: '240' }),
      ]);
    });

    it('sends equal charges once', () => {
      toShip([A, B]);
      fill(0, 'quantity-0', '1');
      fill(1, 'quantity-0', '1');
      submit();
      expect([
        dom.one('app-confirm-batch').textContent?.includes('¥175'),
        dom.all('[data-testid=confirm-rows]'),
      ]).toEqual([true, []]);
      dom.one('[data-testid=batch-run]').click();
      expect([sent().params?.total, sent().items.length]).toEqual(['175', 2]);
    });

    it('says at its row what is missing, and sends nothing: postage alone is no copy', async () => {
      toShip([A, B]);
      fill(1, 'quantity-0', '1');
      expect(dom.all('[data-testid=row-faults]')).toEqual([]);
      submit();
      await later();
      expect(dom.texts('[data-testid=ship-row] [data-testid=row-faults]')).toEqual(['actions.charges.noQuantity']);
      expect([document.activeElement, dom.one('app-confirm-batch dialog').hasAttribute('open')]).toEqual([
        cell(0, 'quantity-0'),
        false,
      ]);
      fill(0, 'quantity-0', 'x');
      expect(dom.texts('[data-testid=row-faults]')).toEqual(['chargeFault.not-a-number']);
      fill(0, 'quantity-0', '0');
      fill(0, 'postage', '');
      submit();
      expect(dom.one('app-confirm-batch dialog').hasAttribute('open')).toBeTrue();
    });

    it('gives loans the date of the form, which a row may change', async () => {
      toShip([A, B], 'loan');
      const day = (days: number) => formatDay(addDays(today(), days));
      expect([cells('dueDate'), cells('postage')]).toEqual([
        [day(14), day(14)],
        ['520', '520'],
      ]);
      dom.type('#action-dueDate', day(20));
      expect(cells('dueDate')).toEqual([day(20), day(20)]);
      fill(1, 'dueDate', day(-1));
      submit();
      await later();
      expect(dom.texts('[data-testid=row-faults]')[0]).toContain('fieldError.date-past');
      fill(1, 'dueDate', day(7));
      submit();
      dom.one('[data-testid=batch-run]').click();
      expect(sent().items.map(({ params }) => params?.dueDate)).toEqual([addDays(today(), 20), addDays(today(), 7)]);
    });

    it('takes the prices of another tariff, and keeps the quantities', () => {
      const other: Tariff = { name: '学内', kind: 'copy', lines: [{ item: 'A4', unitPrice: 20 }] };
      gateway.profile.and.returnValue(of(aProfile([], { tariffs: [TARIFF, other] })));
      toShip([A, B]);
      expect(cells('unitPrice-0')).toEqual(['', '']);
      fill(0, 'quantity-0', '10');
      dom.choose('[data-testid=tariff-copy]', '1');
      expect([cells('quantity-0'), cells('unitPrice-0')]).toEqual([
        ['10', ''],
        ['20', '20'],
      ]);
      expect(dom.texts('[data-testid=row-total]')).toEqual(['¥200', '—']);
    });

    it('opens the whole calculation of a row', () => {
      toShip([A]);
      dom.click('batch.ship.parts');
      dom.click('actions.charges.add');
      expect(cells('quantity-1')).toEqual(['']);
    });

    it('returns refused rows with what was typed and the reason, and nothing is lost', () => {
      toShip([A, B]);
      fill(0, 'quantity-0', '10');
      fill(1, 'quantity-0', '2');
      dom.type('#action-comment', '別送');
      run();
      const request = requestIn('PROCESSING', 'lender', 'copy', { id: B, version: 9 });
      const error = new AppError('stale-version', { request, reason: 'wrong-state' });
      const done: RowResult = {
        id: A,
        ok: true,
        from: 'PROCESSING',
        to: 'SHIPPED',
        externalStatus: '発送',
        version: 2,
      };
      ends(done, { id: B, ok: false, error });
      dom.click('batch.change');
      expect([cells('quantity-0'), dom.field('#action-comment').value]).toEqual([['2'], '別送']);
      expect(dom.texts('[data-testid=row-faults]')[0]).toContain('error.stale-version.title');
      run();
      expect([sent().items.map(({ id }) => id), sent().params?.total]).toEqual([[B], '210']);
    });
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

  it('leads to the slips that the completed rows need now', () => {
    open(shipped(A), shipped(B), shipped(C));
    run();
    ends(done(A), refused(B), done(C));
    const links = dom.all('app-batch-summary a').map((link) => link.getAttribute('href'));
    expect(links).toEqual([`/print/pickup?side=borrower&ids=${A},${C}`]);
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
    expect(listed()).toEqual([B, 'error.nacsis-rejected.title']);
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
