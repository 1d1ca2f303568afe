import fc from 'fast-check';
import { comparable, decodeEntities, oneLine, withoutIsbd } from './printed-text';

describe('decodeEntities', () => {
  it('decodes names and numbers, also when escaped twice or three times', () => {
    expect(decodeEntities('A &amp; B &lt;i&gt; &quot;x&quot; &#39;y&apos; &#x56F3;&#22259;')).toBe(
      'A & B <i> "x" \'y\' 図図',
    );
    expect(decodeEntities('A &amp;amp; B')).toBe('A & B');
    expect(decodeEntities('A &amp;amp;lt; B')).toBe('A < B');
  });

  it('leaves alone what is no character', () => {
    expect(decodeEntities('R&D &unknown; &#0; &#xD800; &#9999999; &#x110000; &amp')).toBe(
      'R&D &unknown; &#0; &#xD800; &#9999999; &#x110000; &amp',
    );
  });
});

describe('oneLine', () => {
  it('leaves no control character, half character or double blank', () => {
    expect(oneLine(' a\u0000b\r\nc\u3000 d\u2028e\ud842f\u200bg\u0098The \u009ch ')).toBe('a b c d efgThe h');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(oneLine(text)).not.toMatch(/[\p{Cc}\p{Surrogate}\u2028\u2029]|\s\s|^\s|\s$/u);
      }),
    );
  });
});

describe('withoutIsbd', () => {
  it('takes off the signs before the next element', () => {
    expect(
      ['図書館情報学 /', 'Tokyo :', 'Iwanami,', 'Title =', 'Title ;', 'Title.', 'Title. /'].map(withoutIsbd),
    ).toEqual(['図書館情報学', 'Tokyo', 'Iwanami', 'Title', 'Title', 'Title', 'Title']);
  });

  it('keeps a full stop that belongs to the word', () => {
    expect(['2nd ed.', 'Wiley & Sons, Inc.', 'Smith, A.', 'and so on ...', 'C++'].map(withoutIsbd)).toEqual([
      '2nd ed.',
      'Wiley & Sons, Inc.',
      'Smith, A.',
      'and so on ...',
      'C++',
    ]);
  });

  it('is quick on long texts and leaves an empty text empty', () => {
    expect(withoutIsbd('/'.repeat(100_000))).toBe('');
    expect(withoutIsbd(`${' /'.repeat(50_000)}x`).endsWith('x')).toBeTrue();
    expect(withoutIsbd('')).toBe('');
  });
});

describe('comparable', () => {
  it('ignores width, case, punctuation and blanks, not the dakuten', () => {
    expect(comparable('Ｊａｖａ 入門 : ﾌﾟﾛｸﾞﾗﾐﾝｸﾞ!')).toBe(comparable('java入門・プログラミング'));
    expect(comparable('ハス')).not.toBe(comparable('バス'));
  });
});
