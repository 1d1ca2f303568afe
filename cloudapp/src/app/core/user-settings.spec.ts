import { DEFAULT_USER, readUser } from './user-settings';

const stored = {
  version: 1,
  library: 'MED',
  kind: 'loan',
  payment: 'pr',
  copyType: '電子複写',
  sendingMethod: '速達',
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
    expect(readUser({ ...stored, kind: 'other', payment: 5, library: 'x'.repeat(101) })).toEqual({
      ...stored,
      kind: 'copy',
      payment: '',
      library: '',
    });
  });
});
