import { hasWords, isbnKey, normalised } from './normalise';

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
});
