import { closureFaults } from './closure';

describe('the days of a closure', () => {
  const at = { today: '20261220', others: [] };
  const codes = (from: string, to: string, part: object = {}) =>
    closureFaults({ from, to }, { ...at, ...part }).map(({ field, code }) => `${field} ${code}`);

  it('may begin today, and end on the day when they begin', () => {
    expect([codes('20261220', '20261220'), codes('20261228', '20270104')]).toEqual([[], []]);
  });

  it('are days of the calendar, in order, from today on, and no more than a year', () => {
    expect(codes('', '20261301')).toEqual(['from bad-date', 'to bad-date']);
    expect(codes('20261219', '20261222')).toEqual(['from date-past']);
    expect(codes('20261222', '20261221')).toEqual(['to ends-before-begin']);
    expect([codes('20261220', '20271220'), codes('20261220', '20271221')]).toEqual([[], ['to closure-too-long']]);
  });

  it('do not touch those of another closure, which is named', () => {
    const others = [{ from: '20261228', to: '20270104' }];
    for (const [from, to] of [
      ['20261227', '20261228'],
      ['20270104', '20270110'],
      ['20261230', '20261231'],
      ['20261221', '20270201'],
    ] as const)
      expect(closureFaults({ from, to }, { ...at, others })).toEqual([
        { field: 'from', code: 'closure-overlaps', params: { from: '2026-12-28', to: '2027-01-04' } },
      ]);
    expect([codes('20261221', '20261227', { others }), codes('20270105', '20270110', { others })]).toEqual([[], []]);
  });

  it('keep their beginning once it has passed, and do not end before today', () => {
    const begun = { begun: '20261215' };
    expect(codes('20261215', '20261224', begun)).toEqual([]);
    expect(codes('20261216', '20261224', begun)).toEqual(['from not-editable-now']);
    expect(codes('20261215', '20261219', begun)).toEqual(['to date-past']);
  });
});
