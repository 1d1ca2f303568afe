import { code128, code128Values, QUIET_ZONE } from './code-128';

/** Dark modules as 1, without the quiet zones. */
function modules(text: string): string {
  const { bars, width } = code128(text);
  const all = Array.from({ length: width }, (_, at) =>
    bars.some((bar) => at >= bar.at && at < bar.at + bar.width) ? '1' : '0',
  );
  return all.slice(QUIET_ZONE, -QUIET_ZONE).join('');
}

describe('code128', () => {
  it('has the check character of the published examples', () => {
    // "Wikipedia": example of the encyclopedia's article, check character 88.
    expect(code128Values('Wikipedia')).toEqual([104, 55, 73, 75, 73, 80, 69, 68, 73, 65, 88, 106]);
    // "PJJ123C" has check character 54 after start A (103), and therefore 55 after start B.
    expect(code128Values('PJJ123C').at(-2)).toBe(55);
  });

  it('begins and ends as the standard draws it', () => {
    const drawn = modules('A');
    expect([drawn.slice(0, 11), drawn.slice(11, 22), drawn.slice(-13)]).toEqual([
      '11010010000',
      '10100011000',
      '1100011101011',
    ]);
  });

  it('draws every character of the set in eleven modules, each differently, with an even number of dark ones', () => {
    const drawn = Array.from({ length: 95 }, (_, at) => modules(String.fromCharCode(at + 32)).slice(11, 22));
    expect(new Set(drawn).size).toBe(95);
    for (const each of drawn)
      expect([each.length, each[0], each.at(-1), each.replaceAll('0', '').length % 2]).toEqual([11, '1', '0', 0]);
  });

  it('leaves ten modules white on either side', () => {
    const { bars, width } = code128('LA0012345671');
    const last = bars.at(-1);
    expect([bars[0]?.at, width - ((last?.at ?? 0) + (last?.width ?? 0))]).toEqual([10, 10]);
    expect(width).toBe(10 + 11 * (1 + 12 + 1) + 13 + 10);
  });

  it('refuses what it cannot write', () => {
    for (const text of ['', '依頼', 'A\n']) expect(() => code128(text)).toThrowError(RangeError);
  });
});
