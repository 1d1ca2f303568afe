import { STATES } from '#domain/ill/states';
import { decodeIndexList, encodeIndexList, statusInKey, statusKey } from './index-list';

describe('the index list', () => {
  it('is read as it was written, for every state', () => {
    const entries = Object.values(STATES).map(({ wire }, at) => ({ key: statusKey('FA090007', wire), count: at }));
    expect(decodeIndexList(encodeIndexList(entries))).toEqual(entries);
    expect(entries.map(({ key }) => statusInKey('FA090007', key))).toEqual(
      Object.values(STATES).map(({ wire }) => wire),
    );
  });

  it('may be empty', () => {
    expect(encodeIndexList([])).toBe('');
    expect(decodeIndexList('')).toEqual([]);
  });

  it('is refused when an entry has no key or no number', () => {
    const bad = jasmine.objectContaining({ code: 'bad-record' });
    expect(() => decodeIndexList('<INDEX>\nCOUNT=1\n</INDEX>')).toThrow(bad);
    expect(() => decodeIndexList('<INDEX>\nKEY=a\nCOUNT=x\n</INDEX>')).toThrow(bad);
  });

  it('does not take the key of another member for the own one', () => {
    expect(statusInKey('FA090007', 'FA090018未処理')).toBeUndefined();
  });
});
