import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideTranslateService } from '@ngx-translate/core';
import { of, Subject } from 'rxjs';
import type { Page } from '../../../domain/api/catalog';
import type { Holding } from '../../../domain/catalog/catalog';
import { SessionService } from '../../core/session.service';
import { GatewayClient } from '../../core/gateway.client';
import { Dom } from '../../testing/dom';
import { FakeSession } from '../../testing/fake-session';
import { failing, fakeGateway, type FakeGateway } from '../../testing/fake-gateway';
import { aHolding, aMember, aPage, holdings, memberIdOf, ncidOf } from '../../testing/records';
import { ViewportService } from '../../ui/viewport.service';
import { HoldingsPanelComponent } from './holdings-panel.component';
import { HoldingsStore } from './holdings.store';
import { OrderFormStore } from '../form/order-form.store';
import { RotaStore } from './rota.store';

describe('HoldingsPanelComponent', () => {
  let gateway: FakeGateway;
  let rota: RotaStore;
  let dom: Dom;
  const isWide = signal(false);

  beforeEach(() => {
    gateway = fakeGateway();
    isWide.set(false);
    TestBed.configureTestingModule({
      providers: [
        provideTranslateService(),
        HoldingsStore,
        OrderFormStore,
        RotaStore,
        { provide: GatewayClient, useValue: gateway },
        { provide: SessionService, useValue: new FakeSession() },
        { provide: ViewportService, useValue: { isWide } },
      ],
    });
    rota = TestBed.inject(RotaStore);
  });

  function show(ncid: string | null = ncidOf(1)): void {
    TestBed.inject(HoldingsStore).show(ncid ?? undefined);
    dom = new Dom(TestBed.createComponent(HoldingsPanelComponent));
  }
  function showPage(items: readonly Holding[], changes: Partial<Page<Holding>> = {}): void {
    gateway.holdings.and.returnValue(of(aPage(items, changes)));
    show();
  }
  /** Opens or folds the list like a click on its summary. */
  function toggle(isOpen: boolean): void {
    const list = dom.one('details') as HTMLDetailsElement;
    list.open = isOpen;
    list.dispatchEvent(new Event('toggle'));
    dom.settle();
  }
  const rows = () => dom.all('app-holding-row').length;
  const list = () => dom.one('details') as HTMLDetailsElement;

  it('asks for a record first', () => {
    show(null);
    expect(dom.text).toContain('create.recordFirst');
  });

  it('says that the holdings are on their way', () => {
    gateway.holdings.and.returnValue(new Subject<Page<Holding>>());
    show();
    expect(dom.text).toContain('create.loadingHoldings');
  });

  it('says what went wrong, which is not that there are none, and tries again', () => {
    gateway.holdings.and.returnValue(failing('nacsis-unavailable'));
    show();
    expect([dom.text.includes('error.nacsis-unavailable.title'), dom.text.includes('create.noHoldings')]).toEqual([
      true,
      false,
    ]);
    gateway.holdings.and.returnValue(of(aPage([aHolding(10)])));
    dom.click('action.again');
    expect([rows(), dom.text.includes('error.')]).toEqual([1, false]);
  });

  it('says that nobody holds it', () => {
    showPage([]);
    expect(dom.text).toContain('create.noHoldings');
  });

  it('says that nobody of those who hold it can be asked', () => {
    showPage([aHolding(10, { member: aMember({ service: 'N' }) })]);
    expect(dom.text).toContain('create.nobodyServes');
    expect(dom.controls('create.pick')).toEqual([]);
  });

  it('does not say so where somebody can be', () => {
    showPage([aHolding(10)]);
    expect(dom.text).not.toContain('create.nobodyServes');
  });

  describe('while further pages come', () => {
    it('says how far it has come, in words and as a bar', () => {
      gateway.holdings.and.returnValues(of(aPage(holdings(2), { total: 300 })), new Subject<Page<Holding>>());
      show();
      const bar = dom.one('progress') as HTMLProgressElement;
      expect([dom.text.includes('create.loadedOf'), bar.value, bar.max, rows()]).toEqual([true, 2, 300, 2]);
    });

    it('keeps what has come when the next page fails, says so, and tries again', () => {
      gateway.holdings.and.returnValues(of(aPage(holdings(2), { total: 300 })), failing('nacsis-unavailable'));
      show();
      expect([rows(), dom.text.includes('error.nacsis-unavailable.title'), dom.all('progress').length]).toEqual([
        2,
        true,
        0,
      ]);
      gateway.holdings.and.returnValue(of(aPage(holdings(3))));
      dom.click('action.again');
      expect([rows(), dom.text.includes('error.'), dom.all('progress').length]).toEqual([3, false, 0]);
    });
  });

  describe('the list', () => {
    it('is open where nobody is proposed', () => {
      showPage([aHolding(10)]);
      expect([list().open, rows()]).toEqual([true, 1]);
    });

    it('is folded where the proposal does the work, and opens when it is wanted', () => {
      gateway.holdings.and.returnValue(of(aPage(holdings(2))));
      TestBed.inject(HoldingsStore).show(ncidOf(1));
      TestBed.flushEffects();
      rota.follow(TestBed.inject(HoldingsStore).all());
      dom = new Dom(TestBed.createComponent(HoldingsPanelComponent));
      expect([list().open, rows()]).toEqual([false, 0]);
      toggle(true);
      expect([list().open, rows()]).toEqual([true, 2]);
    });

    it('stays as the user has left it, whatever is picked', () => {
      showPage(holdings(2));
      toggle(false);
      toggle(true);
      dom.click('create.pick');
      dom.click('create.pick');
      expect([list().open, rota.picks().length]).toEqual([true, 2]);
      toggle(false);
      rota.clear();
      dom.settle();
      expect(list().open).toBeFalse();
    });

    it('stays open while lenders are picked from it', () => {
      showPage(holdings(3));
      dom.click('create.pick');
      expect(list().open).toBeTrue();
      dom.click('create.pick');
      expect(rota.picks().length).toBe(2);
    });

    it('says so when the filter leaves nobody', () => {
      showPage([aHolding(10)]);
      dom.type('input[type=search]', 'なし');
      expect([dom.text.includes('create.noneMatches'), rows()]).toEqual([true, 0]);
    });

    it('draws fifty at first, and fifty more each time', () => {
      showPage(holdings(120));
      const drawn = [rows()];
      for (const _ of [1, 2]) {
        dom.click('create.showMore');
        drawn.push(rows());
      }
      expect([drawn, dom.controls('create.showMore')]).toEqual([[50, 100, 120], []]);
    });

    it('picks a library and drops it again', () => {
      showPage(holdings(2));
      toggle(false);
      toggle(true);
      dom.click('create.pick');
      expect(rota.picks().map(({ lender }) => lender.memberId)).toEqual([memberIdOf(10)]);
      dom.click('create.unpick');
      expect(rota.picks()).toEqual([]);
    });
  });

  describe('at full screen', () => {
    beforeEach(() => isWide.set(true));

    it('is a table of all of them', async () => {
      showPage(holdings(120));
      await dom.loaded();
      expect([rows(), dom.all('app-holdings-table tbody tr').length, dom.controls('create.showMore')]).toEqual([
        0,
        120,
        [],
      ]);
    });

    it('picks and drops just so', async () => {
      showPage(holdings(2));
      toggle(false);
      toggle(true);
      await dom.loaded();
      dom.click('create.pick');
      expect(rota.picks().length).toBe(1);
      dom.click('create.unpick');
      expect(rota.picks()).toEqual([]);
    });

    it('becomes a list when Alma closes the full screen', () => {
      showPage(holdings(2));
      isWide.set(false);
      dom.settle();
      expect([rows(), dom.all('app-holdings-table').length]).toEqual([2, 0]);
    });
  });
});
