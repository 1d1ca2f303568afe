import { TestBed } from '@angular/core/testing';
import { Dom } from '../testing/dom';
import { ListDesk } from '../testing/list-desk';
import { ListFilterStore } from './list-filter.store';
import { ListSortComponent } from './list-sort.component';

describe('ListSortComponent', () => {
  it('offers every order, and keeps the chosen one', () => {
    new ListDesk();
    const dom = new Dom(TestBed.createComponent(ListSortComponent));
    expect(dom.texts('option').length).toBe(6);
    dom.choose('select', 'due');
    expect(TestBed.inject(ListFilterStore).choices().sort).toBe('due');
    dom.choose('select', '?');
    expect(TestBed.inject(ListFilterStore).choices().sort).toBe('due');
  });
});
