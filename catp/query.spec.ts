import fc from 'fast-check';
import { and, or, parseQuery, prefixTerm, printQuery, term, type Query } from './query';

/** A fixed seed: the same inputs in every run. */
const RUNS = { seed: 20251124, numRuns: 200 };

const refusal = (code: string) => jasmine.objectContaining({ name: 'CatpError', code });

describe('printQuery', () => {
  const cases: readonly (readonly [query: Query, text: string])[] = [
    [term('ISBNKEY', '4398120580'), 'ISBNKEY="4398120580"'],
    [and(term('TITLEKEY', '新潟'), term('YEARKEY', '2019')), 'TITLEKEY="新潟" AND YEARKEY="2019"'],
    [or(term('A', '1'), and(term('B', '2'), term('C', '3'))), 'A="1" OR (B="2" AND C="3")'],
    [prefixTerm('TITLEKEY', '新'), 'TITLEKEY="新*"'],
    [term('TITLEKEY', 'a "b" \\ c*'), 'TITLEKEY="a \\"b\\" \\\\ c\\*"'],
    [and(term('A', '')), 'A=""'],
  ];
  for (const [query, text] of cases) {
    it(text, () => {
      expect(printQuery(query)).toBe(text);
      expect(parseQuery(text)).toEqual(query);
    });
  }

  it('refuses a search without a term, an index that is none and a value with a line end', () => {
    expect(() => and()).toThrow(refusal('bad-query'));
    expect(() => or()).toThrow(refusal('bad-query'));
    expect(() => printQuery(term('A B', 'x'))).toThrow(refusal('unencodable'));
    expect(() => printQuery(term('A', 'x\r\nB="y"'))).toThrow(refusal('unencodable'));
  });

  it('cannot be broken out of by a value', () => {
    const value = '" OR ID="*';
    expect(parseQuery(printQuery(term('TITLEKEY', value)))).toEqual(term('TITLEKEY', value));
  });
});

describe('parseQuery', () => {
  it('binds AND closer than OR', () => {
    expect(parseQuery('A="1" OR B="2" AND C="3"')).toEqual(or(term('A', '1'), and(term('B', '2'), term('C', '3'))));
  });

  it('requires all lines', () => {
    expect(parseQuery('A="1"\nB="2"\r\n\r\nC="3"\n')).toEqual(and(term('A', '1'), term('B', '2'), term('C', '3')));
    expect(parseQuery('A="1" OR B="2"\nC="3"')).toEqual(and(or(term('A', '1'), term('B', '2')), term('C', '3')));
  });

  it('takes a line end beside an operator or a parenthesis as a blank', () => {
    expect(parseQuery('(\nA="1"\nOR\nB="2"\n) AND C="3"')).toEqual(
      and(or(term('A', '1'), term('B', '2')), term('C', '3')),
    );
  });

  it('takes blanks around `=`', () => {
    expect(parseQuery(' A = "1" ')).toEqual(term('A', '1'));
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
    'A="1" B="2"',
    'A="1" AND',
    'OR A="1"',
    '(A="1"',
    'A="1")',
    '()',
    'A="1" and B="2"',
    'A="1\n2"',
    'A="\u0007"',
    '題="1"',
  ];
  for (const text of malformed) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(() => parseQuery(text)).toThrow(refusal('bad-query'));
    });
  }

  it('refuses nesting and length that would exhaust it', () => {
    expect(() => parseQuery('('.repeat(5000) + 'A="1"' + ')'.repeat(5000))).toThrow(refusal('bad-query'));
    expect(parseQuery(`A="${'\\*x'.repeat(200000)}"`)).toEqual(term('A', '*x'.repeat(200000)));
  });
});

describe('queries, for any content', () => {
  const index = fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,7}$/);
  const value = fc
    .string({
      unit: fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom('"', '\\', '*', '(', ' ', 'AND', '新') },
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
