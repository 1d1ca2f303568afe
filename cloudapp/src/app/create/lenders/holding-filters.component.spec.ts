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
  const boxes = (name: string) => dom.all(`[data-filter=${name}] input`).map((box) => box as HTMLInputElement);
  const choices = (name: string) => boxes(name).map(({ value }) => value);
  const chosen = (name: string) => dom.texts(`[data-filter=${name}] summary`)[0];
  function toggle(name: string, value: string): void {
    boxes(name)
      .find((box) => box.value === value)
      ?.click();
    dom.settle();
  }
  const isClear = () => dom.controls('create.filter.clear').length === 0;

  const TEXTS: Readonly<Partial<HoldingFilter>> = {
    text: '東都',
    show: 'yes',
    volume: '12',
    year: '2019',
    location: '分館',
  };
  const LISTS: Readonly<Partial<HoldingFilter>> = {
    region: 'area:kanto,13',
    establisher: '1,2',
    institutionType: '2,3',
    participates: 'A,N',
    service: 'N,A',
    copyService: 'C,A',
    loanService: 'A,C',
    faxService: 'N,C',
  };

  it('narrows by each of its parts, by several values where it has a list of them', () => {
    for (const [name, value] of Object.entries(TEXTS)) {
      dom.fill(`create.filter.${name}`, value);
      expect(filter)
        .withContext(name)
        .toEqual({ ...NO_FILTER, [name]: value });
      dom.click('create.filter.clear');
      expect(filter).toEqual(NO_FILTER);
    }
    for (const [name, values] of Object.entries(LISTS)) {
      for (const value of values.split(',')) toggle(name, value);
      expect(filter)
        .withContext(name)
        .toEqual({ ...NO_FILTER, [name]: values });
      dom.click('create.filter.clear');
      expect(filter).toEqual(NO_FILTER);
    }
    dom.check('create.filter.offsetOnly', true);
    expect(filter).toEqual({ ...NO_FILTER, offset: 'N' });
    expect(Object.keys({ ...TEXTS, ...LISTS, offset: '' }).sort()).toEqual(Object.keys(NO_FILTER).sort());
  });

  it('narrows by several together, and gives up one of them', () => {
    toggle('region', '13');
    toggle('region', '14');
    dom.check('create.filter.offsetOnly', true);
    toggle('copyService', 'A');
    expect(filter).toEqual({ ...NO_FILTER, region: '13,14', offset: 'N', copyService: 'A' });
    expect(chosen('region')).toBe('code.region.13・code.region.14');
    dom.check('create.filter.offsetOnly', false);
    toggle('region', '13');
    expect(filter).toEqual({ ...NO_FILTER, region: '14', copyService: 'A' });
    toggle('region', '14');
    expect([filter.region, chosen('region')]).toEqual(['', 'create.filter.any']);
  });

  it('shows what the user left last time', () => {
    shown.set({ ...NO_FILTER, region: '13,area:kinki', offset: 'N', show: 'mine', location: '分館' });
    dom.settle();
    expect(['show', 'location'].map((name) => dom.labelled(`create.filter.${name}`).value)).toEqual(['mine', '分館']);
    expect(
      boxes('region')
        .filter(({ checked }) => checked)
        .map(({ value }) => value),
    ).toEqual(['area:kinki', '13']);
    expect(dom.labelled('create.filter.offsetOnly').checked).toBeTrue();
  });

  it('can be cleared as soon as anything is asked', () => {
    expect(isClear()).toBeTrue();
    dom.fill('create.filter.year', '2019');
    expect(isClear()).toBeFalse();
    dom.click('create.filter.clear');
    expect([filter, isClear(), dom.labelled('create.filter.year').value]).toEqual([NO_FILTER, true, '']);
  });

  it('offers nine areas and all prefectures', () => {
    const regions = choices('region');
    expect(regions.length).toBe(9 + 47);
    expect([regions[0], regions.at(-1)]).toEqual([`area:${Object.keys(AREAS)[0] ?? ''}`, '47']);
  });

  it('offers each code, and each flag that can be asked for', () => {
    expect(choices('establisher')).toEqual(ESTABLISHERS.map(({ wire }) => wire));
    expect(choices('institutionType')).toEqual(INSTITUTION_TYPES.map(({ wire }) => wire));
    for (const name of ['copyService', 'loanService', 'faxService']) expect(choices(name)).toEqual(['A', 'C', 'N']);
    expect(choices('participates')).toEqual(['A', 'N']);
  });
});
