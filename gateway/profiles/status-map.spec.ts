import { statusesAgreeing } from '#domain/alma/alma-steps';
import { stateByWire } from '#domain/ill/states';
import { ConfigError } from '../config';
import { loadStatusMap, StatusMap } from './status-map';

describe('the status map', () => {
  const map = loadStatusMap();

  const faults = (make: () => unknown): readonly string[] => {
    try {
      make();
    } catch (error) {
      if (error instanceof ConfigError) return error.problems;
      throw error;
    }
    return [];
  };
  const read = (text: string) => () => loadStatusMap('map.json', () => text);

  it('has a row for every status of each side and kind', () => {
    expect(map.rows.length).toBe(58);
    expect(map.row('borrower', 'copy', '確認')?.alma).toBe('REQUEST_COMPLETED');
    expect(map.row('lender', 'loan', '未処理')).toEqual({
      ...{ side: 'lender', kind: 'loan', nacsis: '未処理', alma: 'REQUEST_CREATED_LEND', source: 'documented' },
    });
    expect(map.row('borrower', 'copy', '借用中')).toBeUndefined();
    expect(map.row('borrower', 'copy', '外部依頼中')).toBeUndefined();
  });

  it('names only codes that say the same as the state', () => {
    for (const { side, nacsis, alma } of map.rows) {
      const state = stateByWire(nacsis);
      if (state === undefined) fail(nacsis);
      else if (alma !== null) expect(statusesAgreeing(side, state)).withContext(`${side} ${nacsis}`).toContain(alma);
    }
  });

  it('applies nothing but the cancellation of the borrower', () => {
    const applied = map.rows.filter((row) => row.applied !== undefined);
    expect(applied.map(({ side, kind, nacsis }) => [side, kind, nacsis])).toEqual([
      ['borrower', 'copy', 'CANCEL'],
      ['borrower', 'loan', 'CANCEL'],
    ]);
  });

  it('names every fault of a wrong table', () => {
    const [first, second, ...rest] = map.rows;
    if (first === undefined || second === undefined) throw new Error('the table is empty');
    const wrong = [first, first, { ...first, nacsis: '保留' }, ...rest.map((row) => ({ ...row, applied: undefined }))];
    const cancel = { side: 'lender', kind: 'copy', nacsis: 'CANCEL', alma: null, source: 'inferred' } as const;
    const last = wrong.filter((row) => row.side !== 'lender' || row.kind !== 'copy' || row.nacsis !== 'CANCEL');
    const rows = [...last, { ...cancel, applied: 'cancel' }].map(({ applied, ...row }) =>
      applied === undefined ? row : { ...row, applied: 'cancel' as const },
    );
    expect(faults(() => new StatusMap(rows, 'map'))).toEqual([
      'map: borrower copy 未処理: missing',
      'map: borrower copy 保留: there is no such status',
      'map: borrower copy 準備中: stands there 2 times',
      "map: lender copy CANCEL: only the borrower's CANCEL can be told to Alma",
    ]);
  });

  it('says what is wrong with a file that is no table', () => {
    expect(faults(read('{'))[0]).toMatch(/^map\.json: cannot be read as JSON/);
    expect(faults(read('{}'))[0]).toMatch(/^map\.json: the file: /);
    const row = { side: 'borrower', kind: 'copy', nacsis: '未処理', alma: 1, source: 'guessed' };
    const found = faults(read(JSON.stringify([row]))).join('\n');
    expect(found).toContain('map.json: row 1 alma: ');
    expect(found).toContain('map.json: row 1 source: ');
  });
});
