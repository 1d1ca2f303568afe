import { NO_FILTER, type ListFilter } from './list-filter';
import { shownBy, viewQuery } from './saved-view';

const FULL: ListFilter = {
  kind: 'copy',
  status: ['発送', '新着照会'],
  gone: true,
  partner: 'FA090010',
  from: '-6',
  to: '20261124',
  q: '心理学 研究',
  needsAction: true,
  onlyNew: false,
  open: false,
};

describe('a saved view', () => {
  it('shows again what was saved', () => {
    const query = viewQuery(FULL, { side: 'lender', sort: 'due' });
    expect(query).toEqual({
      side: 'lender',
      sort: 'due',
      kind: 'copy',
      status: '発送 新着照会',
      partner: 'FA090010',
      from: '-6',
      to: '20261124',
      q: '心理学 研究',
      needsAction: 'true',
      gone: 'true',
      open: 'false',
    });
    expect(shownBy(query)).toEqual({ side: 'lender', sort: 'due', filter: FULL });
  });

  it('keeps nothing that is not filtered by, and not what is new to one person only', () => {
    const query = viewQuery({ ...NO_FILTER, onlyNew: true }, { side: 'borrower', sort: 'needs' });
    expect(query).toEqual({ side: 'borrower', sort: 'needs' });
    expect(shownBy(query).filter).toEqual(NO_FILTER);
  });

  it('narrows nothing by what cannot be read', () => {
    const query = { side: 'both', sort: 'x', kind: 'map', from: 'yesterday', to: '2026', open: 'no', needsAction: '1' };
    expect(shownBy(query)).toEqual({ side: 'borrower', sort: 'needs', filter: NO_FILTER });
  });
});
