import { isStorable, onOneLine, textFault } from './sendable-text';

/** All refused code points and unpaired surrogates, as ranges. */
function rangesOf(isIn: (text: string) => boolean): readonly string[] {
  const ranges: string[] = [];
  let from: number | undefined;
  const hex = (point: number) => point.toString(16).padStart(4, '0');
  for (let point = 0; point <= 0x110000; point += 1) {
    const isMatch = point <= 0x10ffff && isIn(`a${String.fromCodePoint(point)}`);
    if (isMatch) from ??= point;
    else if (from !== undefined) {
      ranges.push(from === point - 1 ? hex(from) : `${hex(from)}-${hex(point - 1)}`);
      from = undefined;
    }
  }
  return ranges;
}

describe('a text that comes in', () => {
  it('holds no control character and no line end of whatever kind', () => {
    expect(rangesOf((text) => textFault(text) === 'line-break')).toEqual(['0000-001f', '007f-009f', '2028-2029']);
  });

  it('holds no half pair, and nothing that Unicode keeps from being a character', () => {
    const last = Array.from({ length: 17 }, (_, plane) => (plane * 0x10000 + 0xfffe).toString(16).padStart(4, '0'));
    const ends = last.map((from) => `${from}-${from.slice(0, -1)}f`);
    expect(rangesOf((text) => textFault(text) === 'bad-format')).toEqual(['d800-dfff', 'fdd0-fdef', ...ends]);
  });

  it('may hold everything else', () => {
    for (const text of [
      '',
      ' ',
      '髙𠮷',
      '\ufeff',
      '\ufffd',
      '\u200b',
      '\u00ad',
      '\ue000',
      '\u{e0100}',
      '\u00a0',
      '\u3000',
    ])
      expect(textFault(text)).toBeUndefined();
  });

  it('can be stored when it has no U+0000 and no half pair', () => {
    expect(rangesOf((text) => !isStorable(text))).toEqual(['0000', 'd800-dfff']);
  });

  it('comes on one line with a blank for what cannot be sent', () => {
    expect(onOneLine('a\r\nb\u0000\u0085c\u2028d\ud800e\uffff𠮷\ufeff')).toBe('a b c d e 𠮷\ufeff');
    expect(rangesOf((text) => textFault(onOneLine(text)) !== undefined)).toEqual([]);
  });
});
