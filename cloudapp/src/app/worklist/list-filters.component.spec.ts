import { fakeAsync, TestBed, tick } from '@angular/core/testing';
import { of } from 'rxjs';
import { Dom } from '../testing/dom';
import { ListTestBed } from '../testing/list-test-bed';
import { aList, aSummary } from '../testing/records';
import { ListFilterStore } from './list-filter.store';
import { ListFiltersComponent } from './list-filters.component';
import { ListPlace } from './list-place';
import { WorkListStore } from './work-list.store';

const YESTERDAY = '2026-11-23T08:00:00.000Z';

describe('ListFiltersComponent', () => {
  let at: ListTestBed;
  let dom: Dom;
  beforeEach(() => {
    at = new ListTestBed();
    const page = aList([aSummary()], { newCount: 3 });
    const facets = { ...page.facets, kind: [], partner: [{ value: 'FA1', name: '館 A', count: 2 }] };
    at.gateway.requests.and.returnValue(
      of({ ...page, facets: { ...facets, kind: [{ value: 'copy' as const, count: 7 }] } }),
    );
    at.session.user({ looks: { MAIN: { since: YESTERDAY, at: YESTERDAY } } });
  });
  function open(isUnfolded = true): Dom {
    TestBed.inject(WorkListStore).show();
    TestBed.inject(ListPlace).isUnfolded.set(isUnfolded);
    dom = new Dom(TestBed.createComponent(ListFiltersComponent));
    dom.settle();
    return dom;
  }

  it('asks for a text when nothing more is typed, or at once with Enter', fakeAsync(() => {
    open();
    dom.type('input[type=search]', '心理');
    dom.type('input[type=search]', ' 心理学 ');
    expect(at.asked.q).toBeUndefined();
    tick(300);
    dom.settle();
    expect(at.asked.q).toBe('心理学');
    dom.type('input[type=search]', '地誌');
    dom.one('input[type=search]').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    dom.settle();
    expect(at.asked.q).toBe('地誌');
    tick(300);
  }));

  it('asks for nothing that is still being converted from kana, nor by the Enter that confirms it', fakeAsync(() => {
    open();
    const field = dom.field('input[type=search]');
    field.value = 'しんり';
    field.dispatchEvent(new InputEvent('input', { isComposing: true }));
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true }));
    tick(1_000);
    expect(at.asked.q).toBeUndefined();
    field.value = '心理';
    field.dispatchEvent(new CompositionEvent('compositionend'));
    tick(300);
    dom.settle();
    expect(at.asked.q).toBe('心理');
  }));

  it('shows folded what is filtered, and takes it all back', () => {
    const store = TestBed.inject(ListFilterStore);
    open(false);
    const words = () => dom.texts('.words');
    expect([words(), dom.all('select').length]).toEqual([['workList.fold'], 0]);
    store.narrow({ status: ['発送', '?'], kind: 'copy', partner: 'FA1', q: '地誌', needsAction: true });
    dom.settle();
    expect(words()).toEqual([
      'workList.fold: state.SHIPPED・?・地誌・kind.copy・館 A・workList.filterName.needsAction',
    ]);
    dom.one('[aria-label="workList.clearAll"]').click();
    dom.settle();
    expect([words(), at.asked.kind]).toEqual([['workList.fold'], undefined]);
    dom.one('[data-testid=fold-filters]').click();
    dom.settle();
    expect(dom.one('[data-testid=fold-filters]').getAttribute('aria-expanded')).toBe('true');
    expect(dom.all('select').length).toBeGreaterThan(2);
  });

  it('filters by kind and by partner, with their counts', () => {
    open();
    expect(dom.text).toContain('kind.copy (7)');
    expect(dom.text).toContain('館 A (2)');
    dom.fill('workList.filterName.kind', 'loan');
    dom.fill('workList.filterName.partner', 'FA1');
    expect([at.asked.kind, at.asked.partner]).toEqual(['loan', 'FA1']);
    dom.fill('workList.filterName.kind', '');
    expect(at.asked.kind).toBeUndefined();
  });

  it('still shows a partner that has no request any more', () => {
    TestBed.inject(ListFilterStore).narrow({ partner: 'FA9' });
    expect(open().labelled('workList.filterName.partner').value).toBe('FA9');
  });

  it('filters by a quick period, and by days that go on from it', () => {
    open();
    dom.fill('workList.filterName.period', '-6');
    expect([at.asked.from, at.asked.to]).toEqual(['20261118', undefined]);
    dom.fill('workList.filterName.period', 'range');
    expect(dom.labelled('workList.from').value).toBe('2026-11-18');
    dom.choose('input[type=date]:last-of-type', '2026-11-01');
    dom.labelled('workList.to').value = '2026-11-20';
    dom.labelled('workList.to').dispatchEvent(new Event('change'));
    dom.settle();
    expect([at.asked.from, at.asked.to]).toEqual(['20261101', '20261120']);
    dom.fill('workList.filterName.period', '');
    expect([at.asked.from, at.asked.to, dom.all('input[type=date]').length]).toEqual([undefined, undefined, 0]);
  });

  it('shows only what needs action, or also what has ended', () => {
    open();
    const press = (name: string) => {
      dom
        .all('button.chip[aria-pressed]')
        .find((chip) => chip.textContent?.includes(`filterName.${name}`))
        ?.click();
      dom.settle();
    };
    press('needsAction');
    press('ended');
    expect([at.asked.needsAction, at.asked.open]).toEqual([true, undefined]);
    press('needsAction');
    press('ended');
    expect([at.asked.needsAction, at.asked.open]).toEqual([undefined, true]);
  });

  it('shows only what is new, and lets it be seen', () => {
    open();
    expect(dom.text).toContain('workList.filterName.onlyNew 3');
    dom.click('workList.filterName.onlyNew');
    expect([at.asked.onlyNew, at.asked.newSince]).toEqual([true, YESTERDAY]);
    dom.click('workList.allSeen');
    expect(at.asked.newSince).toBe(at.now.toISOString());
  });

  it('does not offer what is new where nothing is', () => {
    at.gateway.requests.and.returnValue(of(aList([aSummary()])));
    open();
    expect((dom.controls('workList.filterName.onlyNew')[0] as HTMLButtonElement).disabled).toBeTrue();
    expect(dom.controls('workList.allSeen')).toEqual([]);
  });
});
