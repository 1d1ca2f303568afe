import { activeFilters } from './active-filters';
import { NO_FILTER, type ListFilter } from './list-filter';

const active = (filter: Partial<ListFilter>) =>
  activeFilters(
    { ...NO_FILTER, ...filter },
    (id) => `館 ${id}`,
    (text) => `日${text}`,
  );

describe('the active filters', () => {
  it('are none at the beginning; a chosen status is shown by its chip', () => {
    expect([active({}), active({ status: ['発送'] }), active({ gone: true })]).toEqual([[], [], []]);
  });

  it('say what each filters by, and take away just that', () => {
    const filter: ListFilter = {
      kind: 'copy',
      status: [],
      gone: false,
      partner: 'FA1',
      from: '20261101',
      to: '20261110',
      q: '地誌',
      needsAction: true,
      onlyNew: true,
      open: false,
    };
    const all = active(filter);
    expect(all.map(({ name, value, word }) => [name, value ?? word])).toEqual([
      ['q', '地誌'],
      ['kind', 'kind.copy'],
      ['partner', '館 FA1'],
      ['period', '日20261101–日20261110'],
      ['needsAction', undefined],
      ['onlyNew', undefined],
      ['ended', undefined],
    ]);
    expect(all.reduce((left, { without }) => ({ ...left, ...without }), filter)).toEqual(NO_FILTER);
  });

  it('name a quick choice of the period by its word', () => {
    expect(active({ from: '-6' }).map(({ word }) => word)).toEqual(['workList.period.-6']);
  });
});
