import { resultSetFrom, resultSetHeaders } from './result-set';

describe('the result set of an answer', () => {
  it('is written in the order of the lines and read back', () => {
    const result = { count: 12, returned: 5, next: 6 };
    expect(resultSetHeaders(result)).toEqual([
      ['Result-count', '12'],
      ['Number-of-records-returned', '5'],
      ['Next-result-set-position', '6'],
    ]);
    expect(resultSetFrom(resultSetHeaders(result))).toEqual(result);
  });

  it('is refused when a number is missing or wrong', () => {
    const bad = jasmine.objectContaining({ code: 'bad-header' });
    expect(() => resultSetFrom([])).toThrow(bad);
    expect(() =>
      resultSetFrom([
        ['Result-count', '-1'],
        ['Number-of-records-returned', '0'],
        ['Next-result-set-position', '0'],
      ]),
    ).toThrow(bad);
    expect(() => resultSetFrom(resultSetHeaders({ count: 1, returned: 2, next: 0 }))).toThrow(bad);
  });
});
