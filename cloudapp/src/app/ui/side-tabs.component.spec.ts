import { ChangeDetectionStrategy, Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideTranslateService } from '@ngx-translate/core';
import type { Side } from '../../domain/ill/kinds';
import { Dom } from '../testing/dom';
import { SideTabsComponent } from './side-tabs.component';

@Component({
  standalone: true,
  imports: [SideTabsComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <app-side-tabs name="test" words="of." [side]="side()" [waiting]="waiting()" (chosen)="side.set($event)" />
  `,
})
class HostComponent {
  readonly side = signal<Side>('borrower');
  readonly waiting = signal<(side: Side) => number | undefined>(() => undefined);
}

describe('SideTabsComponent', () => {
  let host: HostComponent;
  let dom: Dom;

  beforeEach(() => {
    TestBed.configureTestingModule({ providers: [provideTranslateService()] });
    const fixture = TestBed.createComponent(HostComponent);
    host = fixture.componentInstance;
    dom = new Dom(fixture);
  });

  const selected = () => dom.all('[role=tab]').map((tab) => tab.getAttribute('aria-selected'));
  const press = (key: string) => {
    dom.one('[role=tab][tabindex="0"]').dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true }));
    dom.settle();
  };

  it('shows how many wait for us on each side, and no number where nothing waits or nothing is known', () => {
    expect(dom.texts('[role=tab]')).toEqual(['of.borrower', 'of.lender']);
    host.waiting.set((side) => (side === 'borrower' ? 12 : 0));
    dom.settle();
    expect(dom.texts('[role=tab]')).toEqual(['of.borrower 12 workList.waiting', 'of.lender']);
  });

  it('is a list of tabs, and names the panel of each', () => {
    expect(dom.texts('[role=tablist] > [role=tab]').length).toBe(2);
    expect(dom.all('[role=tab]').map((tab) => [tab.id, tab.getAttribute('aria-controls')])).toEqual([
      ['test-tab-borrower', 'test-panel'],
      ['test-tab-lender', 'test-panel'],
    ]);
  });

  it('changes the side by a click', () => {
    expect(selected()).toEqual(['true', 'false']);
    dom.click('of.lender');
    expect([selected(), host.side()]).toEqual([['false', 'true'], 'lender']);
  });

  it('changes the side by the keys of a tab list, and stops at its ends', () => {
    for (const [key, isLender] of [
      ['ArrowLeft', false],
      ['ArrowRight', true],
      ['ArrowRight', true],
      ['Home', false],
      ['End', true],
      ['x', true],
    ] as const) {
      press(key);
      expect(selected())
        .withContext(key)
        .toEqual([String(!isLender), String(isLender)]);
    }
    expect(dom.all('[role=tab]').map(({ tabIndex }) => tabIndex)).toEqual([-1, 0]);
  });
});
