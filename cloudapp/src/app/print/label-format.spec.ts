import { LABEL_FORMATS, LABEL_SHEETS, labelSheets, labelsOf } from './label-format';

const items = (count: number) => Array.from({ length: count }, (_, at) => at);

describe('label sheets', () => {
  it('have the usual measures and lie within A4', () => {
    expect(LABEL_SHEETS['a4-12']).toEqual({ columns: 2, rows: 6, width: 86.4, height: 42.3, left: 18.6, top: 21.6 });
    expect(LABEL_SHEETS['a4-24']).toEqual({ columns: 3, rows: 8, width: 66, height: 33.9, left: 6, top: 12.9 });
    expect(LABEL_FORMATS.map(labelsOf)).toEqual([12, 24, 1]);
  });

  it('take a label for each, row by row', () => {
    const sheets = labelSheets(items(13), 'a4-12', 1);
    expect(sheets.map(({ length }) => length)).toEqual([12, 1]);
    const size = { width: 86.4, height: 42.3 };
    expect(sheets[0]?.slice(0, 3)).toEqual([
      { item: 0, left: 18.6, top: 21.6, ...size },
      { item: 1, left: 105, top: 21.6, ...size },
      { item: 2, left: 18.6, top: 63.9, ...size },
    ]);
    expect(sheets[1]?.[0]).toEqual({ item: 12, left: 18.6, top: 21.6, ...size });
  });

  it('begin at the first free label of a used sheet', () => {
    const sheets = labelSheets(items(3), 'a4-24', 23);
    expect(sheets.map((sheet) => sheet.map(({ item }) => item))).toEqual([[0, 1], [2]]);
    expect(sheets[0]?.[0]).toEqual({ item: 0, left: 72, top: 12.9 + 7 * 33.9, width: 66, height: 33.9 });
  });

  it('take a start that is none for the nearest one', () => {
    for (const [start, first] of [
      [0, 12],
      [-3, 12],
      [Number.NaN, 12],
      [99, 1],
    ] as const)
      expect(labelSheets(items(12), 'a4-12', start)[0]?.length)
        .withContext(String(start))
        .toBe(first);
  });
});
