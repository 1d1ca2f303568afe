import { ApplicationRef, signal } from '@angular/core';
import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { By } from '@angular/platform-browser';
import { Router } from '@angular/router';
import { of, Subject } from 'rxjs';
import { ChosenRequestsService } from '../core/chosen-requests.service';
import { RequestPanelComponent } from '../request/request-panel.component';
import { Dom } from '../testing/dom';
import { failing } from '../testing/fake-gateway';
import { ListTestBed } from '../testing/list-test-bed';
import { aList, aRequest, aSummary } from '../testing/records';
import { ViewportService } from '../ui/viewport.service';
import { ListFilterStore } from './list-filter.store';
import type { RequestStore } from '../request/request.store';
import { WorkListComponent } from './work-list.component';

const ROWS = [aSummary({ id: 'LA1' }), aSummary({ id: 'LA2' }), aSummary({ id: 'LA3' })];

describe('WorkListComponent', () => {
  const isWide = signal(false);
  let at: ListTestBed;
  let fixture: ComponentFixture<WorkListComponent>;
  let dom: Dom;
  let navigate: jasmine.Spy;

  beforeEach(() => {
    isWide.set(false);
    at = new ListTestBed();
    at.gateway.requests.and.callFake(({ page = 1 }) => of(aList(ROWS, { total: 120, page })));
    TestBed.configureTestingModule({ providers: [{ provide: ViewportService, useValue: { isWide } }] });
    navigate = spyOn(TestBed.inject(Router), 'navigateByUrl').and.resolveTo(true);
  });
  function open(): void {
    fixture = TestBed.createComponent(WorkListComponent);
    document.body.append(fixture.nativeElement as HTMLElement);
    dom = new Dom(fixture);
    dom.settle();
  }
  afterEach(() => fixture.destroy());
  const close = () => {
    fixture.destroy();
    at.settle();
  };
  const chosen = () =>
    TestBed.inject(ChosenRequestsService)
      .chosen()
      .map(({ id }) => id);
  const press = (key: string) => {
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    dom.settle();
  };

  it('keeps the place of the rows until they come', () => {
    at.gateway.requests.and.returnValue(new Subject());
    open();
    expect([dom.all('.skeleton').length > 0, dom.text.includes('workList.loading')]).toEqual([true, true]);
  });

  it('shows how many wait for us on each side', () => {
    at.gateway.requests.and.returnValue(of(aList(ROWS, { waiting: { borrower: 12, lender: 31 } })));
    open();
    expect(dom.texts('[role=tab]')).toEqual([
      'workList.side.borrower 12 workList.waiting',
      'workList.side.lender 31 workList.waiting',
    ]);
    dom.click('workList.side.lender');
    expect(at.asked.side).toBe('lender');
  });

  it('offers every order, and keeps the chosen one', () => {
    open();
    expect(dom.texts('.sort option').length).toBe(6);
    dom.choose('.sort select', 'due');
    expect(TestBed.inject(ListFilterStore).choices().sort).toBe('due');
    dom.choose('.sort select', '?');
    expect(TestBed.inject(ListFilterStore).choices().sort).toBe('due');
  });

  it('shows cards in the sidebar, a table at full screen', () => {
    open();
    expect([dom.all('.card').length, dom.all('table').length]).toEqual([3, 0]);
    isWide.set(true);
    dom.settle();
    expect([dom.all('.card').length, dom.all('tbody tr').length]).toEqual([0, 3]);
  });

  it('says why there is no row', () => {
    at.gateway.requests.and.returnValue(of(aList()));
    open();
    expect(dom.text).toContain('workList.empty.none-open');
  });

  it('shows a failure as one, with a way to try again, and never as an empty list', () => {
    at.gateway.requests.and.returnValue(failing('gateway-unreachable'));
    open();
    expect([dom.text.includes('error.gateway-unreachable.title'), dom.text.includes('workList.empty')]).toEqual([
      true,
      false,
    ]);
    at.gateway.requests.and.returnValue(of(aList(ROWS)));
    dom.click('action.again');
    expect([dom.all('.card').length, dom.text.includes('error.')]).toEqual([3, false]);
  });

  it('keeps the list where NACSIS-ILL does not answer, and says that it is an older one', () => {
    at.gateway.refresh.and.returnValue(failing('nacsis-unavailable'));
    open();
    dom.one('[data-testid=refresh]').click();
    dom.settle();
    expect([dom.all('.card').length, dom.text.includes('workList.notFresh')]).toEqual([3, true]);
    expect(dom.text).toContain('error.nacsis-unavailable.title');
  });

  it('chooses all rows of the page, and none again, beside those of other pages', () => {
    const elsewhere = aSummary({ id: 'LA9' });
    TestBed.inject(ChosenRequestsService).choose([elsewhere]);
    open();
    dom.choose('.total input', 'on');
    expect(chosen()).toEqual(['LA9', 'LA1', 'LA2', 'LA3']);
    dom.choose('.total input', 'on');
    expect(chosen()).toEqual(['LA9']);
  });

  it('is used by keys: rows, choice and pages', () => {
    open();
    dom.one('.list a').focus();
    press('j');
    expect(document.activeElement?.textContent).toBe('LA2');
    press('x');
    expect(chosen()).toEqual(['LA2']);
    press('n');
    expect(at.asked.page).toBe(2);
    press('n');
    press('n');
    expect(at.asked.page).toBe(3);
  });

  describe('in the sidebar', () => {
    it('goes from the next step of a row to the panel that begins with it', () => {
      at.gateway.requests.and.returnValue(of(aList([aSummary({ id: 'LA1', waitsForUs: true, next: 'accept' })])));
      open();
      dom.click('action.borrower.accept');
      expect(navigate.calls.allArgs()).toEqual([['/requests/borrower/LA1?action=accept']]);
    });

    it('gives its place to the panel, and is the same when it comes back', () => {
      TestBed.inject(ListFilterStore).narrow({ kind: 'copy' });
      open();
      dom.click('LA2');
      expect(navigate.calls.allArgs()).toEqual([['/requests/borrower/LA2']]);
      close();
      const scroll = spyOn(window, 'scrollTo');
      open();
      expect(scroll.calls.count()).toBe(1);
      expect([at.asked.kind, document.activeElement?.textContent]).toEqual(['copy', 'LA2']);
      close();
      open();
      expect(scroll.calls.count()).toBe(1);
    });
  });

  describe('at full screen', () => {
    beforeEach(() => isWide.set(true));
    const panel = () => {
      const [found] = fixture.debugElement.queryAll(By.directive(RequestPanelComponent));
      return found?.componentInstance as RequestPanelComponent | undefined;
    };
    const openPanel = async () => {
      open();
      dom.click('LA2');
      // The panel is loaded on first use.
      for (let round = 0; round < 100 && panel() === undefined; round += 1) {
        await new Promise((resolve) => setTimeout(resolve, 10));
        dom.settle();
      }
    };

    it('shows the panel beside the list', async () => {
      await openPanel();
      expect(navigate).not.toHaveBeenCalled();
      const shown = panel();
      expect([shown?.side(), shown?.requestId(), dom.all('tbody tr').length]).toEqual(['borrower', 'LA2', 3]);
      expect(dom.all('[aria-current=true]').length).toBe(1);
    });

    it('reads the list again when the request has changed', async () => {
      const seenAt = new Date().toISOString();
      at.gateway.request.and.returnValue(of(aRequest({ id: 'LA2', seenAt, version: 1 })));
      await openPanel();
      const lists = at.gateway.requests.calls.count();
      const { store } = panel() as unknown as { readonly store: RequestStore };
      at.gateway.request.and.returnValue(of(aRequest({ id: 'LA2', seenAt, version: 2 })));
      store.reload();
      dom.settle();
      expect(at.gateway.requests.calls.count() - lists).toBe(1);
    });

    it('closes the panel, and goes on at its row', async () => {
      await openPanel();
      dom.click('workList.closePanel');
      expect([dom.all('aside').length, document.activeElement?.textContent]).toEqual([0, 'LA2']);
    });

    it('leads into the panel, and back to its row by Escape', async () => {
      await openPanel();
      TestBed.inject(ApplicationRef).tick();
      expect(document.activeElement?.tagName).toBe('ASIDE');
      press('Escape');
      expect([dom.all('aside').length, document.activeElement?.textContent]).toEqual([0, 'LA2']);
    });

    it('stays open when Escape ends a conversion of kana', async () => {
      await openPanel();
      TestBed.inject(ApplicationRef).tick();
      const ends = { key: 'Escape', bubbles: true, isComposing: true };
      dom.one('aside').dispatchEvent(new KeyboardEvent('keydown', ends));
      dom.settle();
      expect(dom.all('aside').length).toBe(1);
    });

    it('stays open when Escape is pressed where something is being typed', async () => {
      await openPanel();
      const field = document.createElement('textarea');
      dom.one('aside').append(field);
      field.focus();
      press('Escape');
      expect(dom.all('aside').length).toBe(1);
    });

    it('has no panel of the other side', async () => {
      await openPanel();
      dom.click('workList.side.lender');
      expect(dom.all('aside').length).toBe(0);
    });
  });
});
