import { hasWords, inRanges, isbnKey, normalised } from './normalise';

describe('search keys', () => {
  it('are one for all spellings', () => {
    expect(normalised('Ｔōｋｙō・ﾆｲｶﾞﾀ「にいがた」')).toBe('tokyo ニイガタ ニイガタ');
    expect(normalised('髙𠮷國學')).toBe('高吉国学');
    expect(normalised('ガギグ')).toBe('ガギグ');
  });

  it('make an ISBN of either length one', () => {
    expect(isbnKey('4-99000-600-3')).toBe('9784990006006');
    expect(isbnKey('9784990006006')).toBe('9784990006006');
    expect(isbnKey('12-3')).toBe('123');
  });

  it('match words, the last one truncated; Japanese anywhere', () => {
    expect(hasWords('Readings in education', 'education readings', false)).toBeTrue();
    expect(hasWords('Readings in education', 'read', false)).toBeFalse();
    expect(hasWords('Readings in education', 'read', true)).toBeTrue();
    expect(hasWords('Readings in education', 'read education', true)).toBeFalse();
    expect(hasWords('新潟の民家', '民家', false)).toBeTrue();
    expect(hasWords('新潟の民家', '・', false)).toBeFalse();
  });

  it('read ranges of volumes and years', () => {
    expect(['1', '50', '52', '53', '60', '99'].map((number) => inRanges('1-50, 52,60-', number))).toEqual([
      true,
      true,
      true,
      false,
      true,
      true,
    ]);
    expect(inRanges('3(1-4)-5', '4')).toBeTrue();
    expect(inRanges('', '1')).toBeFalse();
    expect(inRanges('1-5', 'x')).toBeFalse();
  });
});
