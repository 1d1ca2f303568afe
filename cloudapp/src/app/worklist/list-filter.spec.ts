import { dayOf, isEnded, isFiltering, narrows, NO_FILTER, periodOf, queryOf, type ListFilter } from './list-filter';

const TODAY = '20261124';
const ASKED = { library: 'MAIN', side: 'borrower', sort: 'needs', page: 1, pageSize: 50, today: TODAY } as const;
const asked = (filter: Partial<ListFilter> = {}, newSince?: string) =>
  queryOf({ ...NO_FILTER, ...filter }, { ...ASKED, ...(newSince !== undefined && { newSince }) });

describe('the query of the list', () => {
  it('asks for what goes on, and for nothing that is not filtered by', () => {
    expect(asked()).toEqual({ library: 'MAIN', side: 'borrower', sort: 'needs', page: 1, pageSize: 50, open: true });
  });

  it('has every filter that is on', () => {
    const filter = { kind: 'loan', partner: 'FA090010', from: '20261101', to: '20261110', q: '地誌' } as const;
    expect(asked({ ...filter, status: ['発送'], gone: true, needsAction: true })).toEqual(
      jasmine.objectContaining({ ...filter, status: ['発送'], gone: true, needsAction: true, open: true }),
    );
  });

  it('counts days from today', () => {
    expect(asked({ from: '-0' }).from).toBe(TODAY);
    expect(asked({ from: '-29' }).from).toBe('20261026');
    expect(dayOf('x', TODAY)).toBe('');
  });

  it('puts the days in order', () => {
    const { from, to } = asked({ from: '20261110', to: '20261101' });
    expect([from, to]).toEqual(['20261101', '20261110']);
  });

  it('has what has ended where it is asked for, or such a status is chosen', () => {
    expect('open' in asked({ open: false })).toBeFalse();
    expect('open' in asked({ status: ['発送', '確認'] })).toBeFalse();
    expect(asked({ status: ['発送'] }).open).toBeTrue();
  });

  it('asks what is new only where somebody has looked before', () => {
    const since = '2026-11-23T00:00:00.000Z';
    expect(asked({ onlyNew: true }, since)).toEqual(jasmine.objectContaining({ newSince: since, onlyNew: true }));
    expect('onlyNew' in asked({}, since)).toBeFalse();
    expect('onlyNew' in asked({ onlyNew: true })).toBeFalse();
  });
});

describe('a filter', () => {
  it('narrows by everything but the status and what has ended', () => {
    const on: readonly Partial<ListFilter>[] = [
      { kind: 'copy' },
      { partner: 'x' },
      { from: '-6' },
      { to: '20261101' },
      { q: 'x' },
      { needsAction: true },
      { onlyNew: true },
    ];
    for (const each of on) expect(narrows({ ...NO_FILTER, ...each })).toBeTrue();
    for (const each of [{ status: ['発送'] }, { gone: true }, { open: false }]) {
      expect([narrows({ ...NO_FILTER, ...each }), isFiltering({ ...NO_FILTER, ...each })]).toEqual([false, true]);
    }
    expect(isFiltering(NO_FILTER)).toBeFalse();
  });

  it('knows its period', () => {
    expect(periodOf({ from: '', to: '' })).toBe('');
    expect(periodOf({ from: '-6', to: '' })).toBe('-6');
    for (const days of [
      { from: '-6', to: '20261101' },
      { from: '20261101', to: '' },
      { from: '', to: '20261101' },
      { from: '-5', to: '' },
    ])
      expect(periodOf(days)).toBe('range');
  });

  it('knows which statuses are an end', () => {
    expect(['確認', '返却確認', 'CANCEL', '発送', '外部依頼中'].map(isEnded)).toEqual([true, true, true, false, false]);
  });
});
