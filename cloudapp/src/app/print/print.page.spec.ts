import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { provideTranslateService } from '@ngx-translate/core';
import { of, Subject } from 'rxjs';
import type { RequestView } from '../../domain/api/requests';
import { ChosenRequestsService } from '../core/chosen-requests.service';
import { SessionService } from '../core/session.service';
import { GatewayClient } from '../core/gateway.client';
import { Dom } from '../testing/dom';
import { FakeSession } from '../testing/fake-session';
import { failing, fakeGateway, type FakeGateway } from '../testing/fake-gateway';
import { aRequest, aSummary } from '../testing/records';
import { PrintPage } from './print.page';
import { PrinterService } from './printer.service';

describe('PrintPage', () => {
  let gateway: FakeGateway;
  let print: jasmine.Spy<PrinterService['print']>;
  let fixture: ComponentFixture<PrintPage>;
  let dom: Dom;

  beforeEach(() => {
    gateway = fakeGateway();
    gateway.request.and.callFake((id, side) => of(aRequest({ id, side, kind: 'loan' })));
    print = jasmine.createSpy<PrinterService['print']>('print').and.returnValue(of(true));
    TestBed.configureTestingModule({
      providers: [
        provideRouter([]),
        provideTranslateService(),
        { provide: GatewayClient, useValue: gateway },
        { provide: SessionService, useValue: new FakeSession() },
        { provide: PrinterService, useValue: { print } },
      ],
    });
  });

  function open(slip: string, query: { readonly side?: string; readonly ids?: string } = {}): void {
    fixture = TestBed.createComponent(PrintPage);
    for (const [name, value] of Object.entries({ slip, ...query })) fixture.componentRef.setInput(name, value);
    dom = new Dom(fixture);
  }
  const many = (count: number) => Array.from({ length: count }, (_, at) => `LA${String(at)}`).join(',');
  const counted = (testId: string) => dom.all(`[data-testid=${testId}]`).length;
  const barcodes = () => dom.texts('[data-testid=barcode-text]');

  it('prints what the address names, each once', () => {
    open('pull', { side: 'lender', ids: 'LA1, LA2,LA1,' });
    expect(gateway.request.calls.allArgs()).toEqual([
      ['LA1', 'lender'],
      ['LA2', 'lender'],
    ]);
    expect([barcodes(), counted('sheet')]).toEqual([['LA1', 'LA2'], 1]);
    dom.one('[data-testid=print]').click();
    expect(print).toHaveBeenCalledTimes(1);
  });

  it('prints the rows chosen in the work list, of their side', () => {
    TestBed.inject(ChosenRequestsService).choose([aSummary({ id: 'LA7', side: 'lender' })]);
    open('shipping');
    expect([gateway.request.calls.allArgs(), barcodes()]).toEqual([[['LA7', 'lender']], ['LA7']]);
  });

  it('says that there is nothing, and what to do', () => {
    open('pull');
    expect([dom.text.includes('print.nothing'), dom.all('[data-testid=print]').length]).toEqual([true, 0]);
  });

  it('takes the side that has the slip where nothing names one', () => {
    open('return', { ids: 'LA1' });
    expect(gateway.request.calls.allArgs()).toEqual([['LA1', 'borrower']]);
  });

  it('puts two or four pull slips on a sheet', () => {
    open('pull', { ids: many(5) });
    expect([counted('slip'), counted('sheet')]).toEqual([5, 3]);
    dom.choose('[data-testid=per-sheet]', '4');
    expect([counted('slip'), counted('sheet')]).toEqual([5, 2]);
  });

  it('puts labels on their sheet from the first free one', () => {
    open('label', { side: 'lender', ids: many(12) });
    expect([counted('slip'), counted('sheet')]).toEqual([12, 1]);
    dom.choose('input', '3');
    expect(counted('sheet')).toBe(2);
    const [first] = dom.all('[data-testid=slip]');
    expect([first?.style.left, first?.style.width]).toEqual(['18.6mm', '86.4mm']);
    dom.choose('[data-testid=format]', 'a4-24');
    expect(counted('sheet')).toBe(1);
    dom.choose('[data-testid=format]', 'single');
    expect([counted('sheet'), dom.all('input').length]).toEqual([12, 0]);
  });

  it('shows how far it is, and the sheets when all is there', () => {
    const late = new Subject<RequestView>();
    gateway.request.and.callFake((id) => (id === 'LA1' ? late : of(aRequest({ id, side: 'lender' }))));
    open('pull', { ids: many(3) });
    const progress = dom.one('progress') as HTMLProgressElement;
    expect([progress.value, progress.max, counted('sheet')]).toEqual([2, 3, 0]);
    late.next(aRequest({ id: 'LA1', side: 'lender' }));
    late.complete();
    dom.settle();
    expect([dom.all('progress').length, counted('slip')]).toEqual([0, 3]);
  });

  it('names what cannot be printed and why, prints the rest, and tries again', () => {
    gateway.request.and.callFake((id) => {
      if (id === 'LA1') return failing('not-found');
      return of(aRequest({ id, side: id === 'LA2' ? 'borrower' : 'lender' }));
    });
    open('pull', { ids: many(4) });
    expect(dom.texts('[data-testid=left] li')).toEqual(['LA1: error.not-found.title', 'LA2: print.unfit.lender-only']);
    expect(barcodes()).toEqual(['LA0', 'LA3']);
    gateway.request.and.callFake((id) => of(aRequest({ id, side: 'lender' })));
    dom.click('action.again');
    expect([counted('slip'), counted('left')]).toEqual([4, 0]);
  });

  it('prints 200 at once, and says how many are left', () => {
    open('label', { side: 'lender', ids: many(203) });
    expect([counted('slip'), gateway.request.calls.count(), dom.text.includes('print.leftOut')]).toEqual([
      200,
      200,
      true,
    ]);
  });

  it('tells the way by the menu when the browser does not print', () => {
    print.and.returnValue(of(false));
    open('pull', { ids: 'LA1' });
    expect(dom.text).not.toContain('print.byMenu');
    dom.one('[data-testid=print]').click();
    dom.settle();
    expect(dom.text).toContain('print.byMenu');
  });

  it('offers the other slips of the same requests', () => {
    open('pull', { side: 'lender', ids: 'LA1' });
    expect(dom.all('nav a').map((link) => [link.getAttribute('href'), link.getAttribute('aria-current')])).toEqual([
      ['/print/pull?side=lender&ids=LA1', 'page'],
      ['/print/shipping?side=lender&ids=LA1', null],
      ['/print/label?side=lender&ids=LA1', null],
      ['/print/return?side=lender&ids=LA1', null],
      ['/print/pickup?side=lender&ids=LA1', null],
    ]);
  });
});
