import { NO_FILTER } from './holding-filter';
import { DEFAULT_USER, HOLDING_COLUMNS, readUser } from './user-settings';

const stored = {
  version: 1,
  library: 'MED',
  kinds: { book: 'copy', serial: 'loan' },
  payment: 'pr',
  copyType: '電子複写',
  sendingMethod: '速達',
  skipConfirm: true,
  noProposal: true,
  catpNames: true,
  language: 'en',
  filter: { ...NO_FILTER, region: '13', show: 'yes' },
  columns: ['region', 'memberId'],
  list: { side: 'lender', sort: 'due', pageSize: 100 },
  looks: { MED: { since: '2026-11-23T00:00:00.000Z', at: '2026-11-24T00:00:00.000Z' } },
} as const;

describe('readUser', () => {
  it('reads what was kept, and nothing else', () => {
    expect(readUser({ ...stored, extra: 1 })).toEqual(stored);
  });

  it('has chosen nothing where nothing can be read', () => {
    for (const raw of [undefined, null, {}, [], 'x', 7, { ...stored, version: 2 }, { ...stored, version: undefined }]) {
      expect(readUser(raw)).toEqual(DEFAULT_USER);
    }
  });

  it('leaves out a single choice that has not its form', () => {
    expect(
      readUser({
        ...stored,
        kinds: { book: 'other', serial: 'loan', map: 'copy' },
        payment: 5,
        library: 'x'.repeat(101),
      }),
    ).toEqual({
      ...stored,
      kinds: { serial: 'loan' },
      payment: '',
      library: '',
    });
  });

  it('shows what is sent and proposes lenders unless the user has clearly said otherwise', () => {
    for (const value of [undefined, null, 'true', 1, {}, false]) {
      const { skipConfirm, noProposal } = readUser({ ...stored, skipConfirm: value, noProposal: value });
      expect([skipConfirm, noProposal]).withContext(JSON.stringify(value)).toEqual([false, false]);
    }
  });

  it("has Alma's language where no language of ours was chosen", () => {
    for (const language of [undefined, 'fr', 7]) expect(readUser({ ...stored, language }).language).toBe('');
  });

  it('has the filter that was kept, but for what is no text in it', () => {
    expect(readUser({ ...stored, filter: { region: '13', offset: 7, invented: 'x' } }).filter).toEqual({
      ...NO_FILTER,
      region: '13',
    });
    for (const filter of [undefined, null, 'x', 7, []])
      expect(readUser({ ...stored, filter }).filter).toEqual(NO_FILTER);
  });

  describe('columns', () => {
    const columnsOf = (columns: unknown) => readUser({ ...stored, columns }).columns;

    it('are those that were chosen, each once, in the order of the table', () => {
      expect(columnsOf(['memberId', 'region', 'region'])).toEqual(['region', 'memberId']);
    });

    it('may be none', () => {
      expect(columnsOf([])).toEqual([]);
    });

    it('are none that the table does not have', () => {
      expect(columnsOf(['name', 'invented', 7, 'asked'])).toEqual(['asked']);
    });

    it('are those of the beginning where nothing can be read', () => {
      for (const raw of [undefined, null, 'region', { 0: 'region' }])
        expect(columnsOf(raw)).toEqual(DEFAULT_USER.columns);
      expect(DEFAULT_USER.columns.every((column) => HOLDING_COLUMNS.includes(column))).toBeTrue();
    });
  });
});
