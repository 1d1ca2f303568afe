import fc from 'fast-check';
import { and, andNot, or, parseQuery, parseScan, prefixTerm, printQuery, term, termsOf, type Query } from './query';

/** A fixed seed, so that every run has the same inputs. */
const RUNS = { seed: 20251124, numRuns: 200 };

const refusal = (code: string) => jasmine.objectContaining({ name: 'CatpError', code });

describe('printQuery', () => {
  const cases: readonly (readonly [query: Query, text: string])[] = [
    [term('ISBNKEY', '4398120580'), 'ISBNKEY="4398120580"'],
    [and(term('TITLEKEY', '新潟'), term('YEARKEY', '2019')), 'TITLEKEY="新潟" YEARKEY="2019" AND'],
    [
      and(term('_TITLE_', 'a'), term('_AUTH_', 'b'), term('PUBLKEY', 'c')),
      '_TITLE_="a" _AUTH_="b" AND PUBLKEY="c" AND',
    ],
    [or(term('ID', 'a'), term('ID', 'b'), term('ID', 'c')), 'ID="a" ID="b" OR ID="c" OR'],
    [
      andNot(term('_TITLE_', 'a'), or(term('_TITLE_', 'b'), term('_TITLE_', 'c'))),
      '_TITLE_="a" _TITLE_="b" _TITLE_="c" OR AND-NOT',
    ],
    [or(term('A', '1'), and(term('B', '2'), term('C', '3'))), 'A="1" B="2" C="3" AND OR'],
    [andNot(andNot(term('A', '1'), term('B', '2')), term('C', '3')), 'A="1" B="2" AND-NOT C="3" AND-NOT'],
    [prefixTerm('TITLEKEY', '新'), 'TITLEKEY="新*"'],
    [term('TITLEKEY', 'a "b" \\ c*'), 'TITLEKEY="a \\"b\\" \\\\ c\\*"'],
    [and(term('A', '')), 'A=""'],
    [and(term('A', 'AND'), term('B', '" OR')), 'A="AND" B="\\" OR" AND'],
  ];
  for (const [query, text] of cases) {
    it(text, () => {
      expect(printQuery(query)).toBe(text);
      expect(parseQuery(text)).toEqual(query);
    });
  }

  it('writes a list of lists as one chain', () => {
    const nested = and(and(term('A', '1'), term('B', '2')), and(term('C', '3'), term('D', '4')));
    expect(printQuery(nested)).toBe('A="1" B="2" AND C="3" AND D="4" AND');
  });

  it('refuses a search without a term, an index that is none and a value with a line end or a control character', () => {
    expect(() => and()).toThrow(refusal('bad-query'));
    expect(() => or()).toThrow(refusal('bad-query'));
    expect(() => printQuery(term('A B', 'x'))).toThrow(refusal('unencodable'));
    for (const wrong of ['x\r\nB="y"', 'x\ty', 'x\u0085y', 'x\u009f'])
      expect(() => printQuery(term('A', wrong))).toThrow(refusal('unencodable'));
  });

  it('cannot be broken out of by a value', () => {
    const value = '" ID="*" OR';
    expect(parseQuery(printQuery(term('TITLEKEY', value)))).toEqual(term('TITLEKEY', value));
  });
});

describe('parseQuery', () => {
  it('joins the two operands before an operator, wherever it stands', () => {
    expect(parseQuery('A="1" B="2" OR C="3" AND')).toEqual(and(or(term('A', '1'), term('B', '2')), term('C', '3')));
    expect(parseQuery('A="1" B="2" C="3" AND AND')).toEqual(and(term('A', '1'), term('B', '2'), term('C', '3')));
    expect(parseQuery('A="1" B="2" C="3" AND-NOT OR')).toEqual(
      or(term('A', '1'), andNot(term('B', '2'), term('C', '3'))),
    );
  });

  it('requires all operands that no operator joins, on one line or on several', () => {
    expect(parseQuery('A="1"\nB="2"\r\n\r\nC="3"\n')).toEqual(and(term('A', '1'), term('B', '2'), term('C', '3')));
    expect(parseQuery('A="1" B="2" OR\nC="3"')).toEqual(and(or(term('A', '1'), term('B', '2')), term('C', '3')));
    expect(parseQuery('A="1" B="2"')).toEqual(and(term('A', '1'), term('B', '2')));
  });

  it('takes any number of blanks and line ends between its words, and blanks around `=`', () => {
    expect(parseQuery('\n A = "1" \t\r\n  B="2"\n OR\n')).toEqual(or(term('A', '1'), term('B', '2')));
  });

  const malformed = [
    '',
    ' ',
    'A',
    'A=',
    'A=1',
    'A="1',
    'A="1\\"',
    '="1"',
    'A="1"B="2"',
    'A="1" AND',
    'A="1" AND B="2"',
    'AND A="1" B="2"',
    'A="1" B="2" ANDOR',
    'A="1" B="2"AND',
    'A="1" B="2" NOT',
    'A="1" B="2" AND NOT',
    '(A="1" B="2" AND)',
    'A="1" B="2" and',
    'A="1\n2"',
    'A="\u0007"',
    'A="\u0081"',
    '題="1"',
  ];
  for (const text of malformed) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(() => parseQuery(text)).toThrow(refusal('bad-query'));
    });
  }

  it('refuses more terms than a search form makes, and reads a long value', () => {
    const chain = (length: number): string => `A="0"${' A="1" AND A="2" OR'.repeat(length)}`;
    expect(() => parseQuery(chain(200_000))).toThrow(refusal('bad-query'));
    expect(() => parseQuery('A="1" '.repeat(100_000))).toThrow(refusal('bad-query'));
    expect(printQuery(parseQuery(chain(400)))).toBe(chain(400));
    expect(parseQuery(`A="${'\\*x'.repeat(200000)}"`)).toEqual(term('A', '*x'.repeat(200000)));
  });
});

describe('parseScan', () => {
  it('leaves a regular expression as it is, but for the escaped quotation mark', () => {
    expect(parseScan('TRD="^新.*\\d\\.\\\\$" VOL="a\\"b*" AND')).toEqual(
      and(term('TRD', '^新.*\\d\\.\\\\$'), term('VOL', 'a"b*')),
    );
  });

  it('refuses what is no expression', () => {
    for (const text of ['', 'TRD=x', 'TRD="a" AND', 'TRD="\u0000"'])
      expect(() => parseScan(text)).toThrow(refusal('bad-query'));
  });
});

describe('termsOf', () => {
  it('lists the terms in their order', () => {
    const query = parseQuery('A="1" B="2" OR C="3" AND-NOT D="4" AND');
    expect(termsOf(query).map(({ index }) => index)).toEqual(['A', 'B', 'C', 'D']);
  });
});

describe('queries, for any content', () => {
  const index = fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,7}$/);
  const value = fc
    .string({
      unit: fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom('"', '\\', '*', ' ', 'AND', '新') },
        fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
      ),
    })
    .map((raw) => raw.replace(/\p{Cc}/gu, ''));
  const leaf = fc
    .tuple(index, value, fc.boolean())
    .map(([name, text, prefix]) => (prefix ? prefixTerm(name, text) : term(name, text)));
  const query = fc.letrec<{ query: Query }>((tie) => ({
    query: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      fc.array(tie('query'), { minLength: 1, maxLength: 3 }).map((items) => and(...items)),
      fc.array(tie('query'), { minLength: 1, maxLength: 3 }).map((items) => or(...items)),
      fc.tuple(tie('query'), tie('query')).map(([from, except]) => andNot(from, except)),
    ),
  })).query;

  it('an expression is read as it was printed', () => {
    fc.assert(
      fc.property(query, (original) => {
        expect(parseQuery(printQuery(original))).toEqual(original);
      }),
      RUNS,
    );
  });
});
