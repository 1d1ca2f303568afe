import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideTranslateService } from '@ngx-translate/core';
import { AREAS, ESTABLISHERS, INSTITUTION_TYPES } from '../../../domain/ill/codes';
import { Dom } from '../../testing/dom';
import { NO_FILTER, type HoldingFilter } from '../../core/holding-filter';
import { HoldingFiltersComponent } from './holding-filters.component';
import { HoldingsStore } from './holdings.store';

describe('HoldingFiltersComponent', () => {
  let filter: HoldingFilter;
  let dom: Dom;
  const shown = signal<HoldingFilter>(NO_FILTER);

  beforeEach(() => {
    shown.set(NO_FILTER);
    const store = {
      filter: shown,
      narrow: (change: Partial<HoldingFilter>) => {
        filter = { ...filter, ...change };
        shown.set(filter);
      },
    };
    filter = NO_FILTER;
    TestBed.configureTestingModule({
      providers: [provideTranslateService(), { provide: HoldingsStore, useValue: store }],
    });
    dom = new Dom(TestBed.createComponent(HoldingFiltersComponent));
  });
  const choices = (words: string) =>
    Array.from(dom.labelled(words).querySelectorAll('option')).map(({ value }) => value);
  const isClear = () => dom.controls('create.filter.clear').length === 0;

  it('narrows by each of its parts', () => {
    const values: Readonly<Partial<Record<keyof HoldingFilter, string>>> = {
      text: '東都',
      region: 'area:kanto',
      show: 'yes',
      volume: '12',
      year: '2019',
      location: '分館',
      establisher: '1',
      institutionType: '2',
      participates: 'A',
      service: 'N',
      copyService: 'C',
      loanService: 'A',
      faxService: 'N',
    };
    for (const [name, value] of Object.entries(values)) {
      dom.fill(`create.filter.${name}`, value);
      expect(filter)
        .withContext(name)
        .toEqual({ ...NO_FILTER, [name]: value });
      dom.click('create.filter.clear');
      expect(filter).toEqual(NO_FILTER);
    }
    dom.check('create.filter.offsetOnly', true);
    expect(filter).toEqual({ ...NO_FILTER, offset: 'N' });
    expect(Object.keys({ ...values, offset: '' }).sort()).toEqual(Object.keys(NO_FILTER).sort());
  });

  it('narrows by several together, and gives up one of them', () => {
    dom.fill('create.filter.region', '13');
    dom.check('create.filter.offsetOnly', true);
    dom.fill('create.filter.copyService', 'A');
    expect(filter).toEqual({ ...NO_FILTER, region: '13', offset: 'N', copyService: 'A' });
    dom.check('create.filter.offsetOnly', false);
    dom.fill('create.filter.region', '');
    expect(filter).toEqual({ ...NO_FILTER, copyService: 'A' });
  });

  it('shows what the user left last time', () => {
    shown.set({ ...NO_FILTER, region: '13', offset: 'N', show: 'mine', establisher: '1', location: '分館' });
    dom.settle();
    expect(
      ['region', 'show', 'establisher', 'location'].map((name) => dom.labelled(`create.filter.${name}`).value),
    ).toEqual(['13', 'mine', '1', '分館']);
    expect(dom.labelled('create.filter.offsetOnly').checked).toBeTrue();
  });

  it('can be cleared as soon as anything is asked', () => {
    expect(isClear()).toBeTrue();
    dom.fill('create.filter.year', '2019');
    expect(isClear()).toBeFalse();
    dom.click('create.filter.clear');
    expect([filter, isClear(), dom.labelled('create.filter.year').value]).toEqual([NO_FILTER, true, '']);
  });

  it('offers nine areas, all prefectures, and everywhere', () => {
    const regions = choices('create.filter.region');
    expect(regions.length).toBe(1 + 9 + 47);
    expect(regions.slice(0, 2)).toEqual(['', `area:${Object.keys(AREAS)[0] ?? ''}`]);
    expect(regions.at(-1)).toBe('47');
  });

  it('offers each code, and each flag that can be asked for', () => {
    expect(choices('create.filter.establisher')).toEqual(['', ...ESTABLISHERS.map(({ wire }) => wire)]);
    expect(choices('create.filter.institutionType')).toEqual(['', ...INSTITUTION_TYPES.map(({ wire }) => wire)]);
    for (const name of ['copyService', 'loanService', 'faxService'])
      expect(choices(`create.filter.${name}`)).toEqual(['', 'A', 'C', 'N']);
    expect(choices('create.filter.participates')).toEqual(['', 'A', 'N']);
    expect(choices('create.filter.show')).toEqual(['', 'yes', 'mine']);
  });
});
