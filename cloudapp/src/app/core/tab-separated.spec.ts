import { tabSeparated } from './tab-separated';

const cell = (text: string) => tabSeparated([[text]]);

describe('tabSeparated', () => {
  it('is a line for each row and a tab between its cells', () => {
    expect(
      tabSeparated([
        ['id', '結果', ''],
        ['LA0012345671', '完了', '心理学'],
      ]),
    ).toBe('id\t結果\t\nLA0012345671\t完了\t心理学');
  });

  it('leaves alone what no spreadsheet takes for anything else', () => {
    for (const text of ['', '心理学', 'a=b', '1-2', 'A "quoted" word', "it's", '（＝）', 'x@example.jp'])
      expect(cell(text)).toBe(text);
  });

  for (const sign of ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\u2212']) {
    it(`makes no formula of what begins with ${sign}, also behind blanks`, () => {
      expect(cell(`${sign}1+1`)).toBe(`'${sign}1+1`);
      for (const blank of [' ', '\u3000', '\ufeff', '\u200b'])
        expect(cell(`${blank}${sign}1`)).toBe(`'${blank}${sign}1`);
    });
  }

  it('quotes what begins with a quote, with the quotes in it doubled', () => {
    expect(cell('"心理学" 入門')).toBe('"""心理学"" 入門"');
    expect(cell(' "x"')).toBe('" ""x"""');
  });

  it('makes no formula of one within quotes', () => {
    expect(cell('"=HYPERLINK(1)"')).toBe('"""=HYPERLINK(1)"""');
  });

  it('keeps tabs and line breaks within their cell', () => {
    expect(cell('a\tb')).toBe('"a\tb"');
    expect(cell('a\r\nb "c"')).toBe('"a\r\nb ""c"""');
  });

  it('makes no formula of what a tab or a line break begins', () => {
    expect([cell('\t=1'), cell('\r1'), cell('\n=1\t"')]).toEqual([`"'\t=1"`, `"'\r1"`, `"'\n=1\t"""`]);
  });
});
