import type { StatusMapRow } from '../../domain/api/imports';
import { statusRows } from './status-row';

const row = (changes: Partial<StatusMapRow> = {}): StatusMapRow => ({
  side: 'borrower',
  kind: 'copy',
  nacsis: '発送',
  alma: 'SHIPPED_PHYSICALLY',
  source: 'inferred',
  ...changes,
});

describe('statusRows', () => {
  it('puts on one line what copies and loans have in common', () => {
    expect(statusRows([row({ kind: 'loan' }), row()], 'borrower')).toEqual([
      { nacsis: '発送', alma: 'SHIPPED_PHYSICALLY', source: 'inferred', kinds: ['copy', 'loan'], state: 'SHIPPED' },
    ]);
  });

  it("follows a request's life, with what is unknown at the end", () => {
    const rows = ['外部依頼中', 'CANCEL', '発送', '未処理'].map((nacsis) => row({ nacsis }));
    expect(statusRows(rows, 'borrower').map(({ nacsis }) => nacsis)).toEqual([
      '未処理',
      '発送',
      'CANCEL',
      '外部依頼中',
    ]);
  });

  it('keeps apart what differs in anything', () => {
    const rows = [row(), row({ kind: 'loan', alma: null }), row({ kind: 'loan', source: 'documented' })];
    expect(statusRows(rows, 'borrower').map(({ kinds, alma, source }) => [kinds, alma, source])).toEqual([
      [['copy'], 'SHIPPED_PHYSICALLY', 'inferred'],
      [['loan'], null, 'inferred'],
      [['loan'], 'SHIPPED_PHYSICALLY', 'documented'],
    ]);
  });

  it('is of one side, and takes a status that nobody knows', () => {
    const rows = [row({ side: 'lender', nacsis: '外部依頼中' }), row()];
    expect(statusRows(rows, 'lender').map(({ nacsis, state }) => [nacsis, state])).toEqual([['外部依頼中', undefined]]);
  });
});
