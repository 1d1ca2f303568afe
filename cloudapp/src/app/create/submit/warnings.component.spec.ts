import { computed, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { provideTranslateService, TranslateService } from '@ngx-translate/core';
import type { OwnHolding } from '../../alma/own-holdings.service';
import { AppError } from '../../core/app-error';
import { Dom } from '../../testing/dom';
import { aSummary } from '../../testing/records';
import { WarningsComponent } from './warnings.component';
import { WarningsStore } from './warnings.store';

describe('WarningsComponent', () => {
  const open = signal<readonly ReturnType<typeof aSummary>[]>([]);
  const own = signal<readonly OwnHolding[]>([]);
  const patronCount = signal<number | undefined>(undefined);
  const unread = signal<readonly AppError[]>([]);
  let dom: Dom;

  beforeEach(() => {
    open.set([]);
    own.set([]);
    patronCount.set(undefined);
    unread.set([]);
    const store = { open, own, patronCount, unread, watched: computed(() => ({ patronLimit: 3 })) };
    TestBed.configureTestingModule({
      providers: [provideRouter([]), provideTranslateService(), { provide: WarningsStore, useValue: store }],
    });
    const translate = TestBed.inject(TranslateService);
    translate.setTranslation('ja', {
      warnings: { open: '依頼が{{count}}件', own: '自館にあり: {{places}}', patron: '{{count}}件 上限{{limit}}' },
    });
    translate.use('ja');
    dom = new Dom(TestBed.createComponent(WarningsComponent));
  });
  const is = (name: string) => dom.all(`[data-testid=warning-${name}]`).length > 0;

  it('says nothing when there is nothing to say', () => {
    expect(dom.text.trim()).toBe('');
  });

  it('names the open requests of the same record, and leads to each', () => {
    open.set([
      aSummary(),
      aSummary({ id: 'LA 2', kind: 'loan', state: null, externalStatus: '外部依頼中', partner: {} }),
    ]);
    dom.settle();
    expect(dom.one('[data-testid=warning-open]').textContent).toContain('依頼が2件');
    expect(dom.texts('li')).toEqual(['LA0012345671 kind.copy state.UNPROCESSED 館10', 'LA 2 kind.loan 外部依頼中']);
    expect(dom.all('li a').map((link) => link.getAttribute('href'))).toEqual([
      '/requests/LA0012345671',
      '/requests/LA%202',
    ]);
  });

  it('names the places where the own library has it', () => {
    own.set([
      { library: '中央図書館', location: '書庫' },
      { library: '医学図書館', location: '' },
    ]);
    dom.settle();
    expect(dom.text).toContain('自館にあり: 中央図書館 書庫、医学図書館');
  });

  it('says nothing of places without a name', () => {
    own.set([{ library: '', location: '' }]);
    dom.settle();
    expect(is('own')).toBeFalse();
  });

  it("says how many requests the patron has, and the institution's limit", () => {
    patronCount.set(5);
    dom.settle();
    expect(dom.one('[data-testid=warning-patron]').textContent).toContain('5件 上限3');
  });

  it('says once that something could not be read, however much it was', () => {
    unread.set([new AppError('nacsis-unavailable'), new AppError('host-timeout')]);
    dom.settle();
    expect(dom.text.split('warnings.unread').length).toBe(2);
    expect(['open', 'own', 'patron'].filter(is)).toEqual([]);
  });
});
