import fc from 'fast-check';
import { CatpError } from './errors';
import { decodeRecord, decodeRecords, encodeRecord, encodeRecords, groups, text, texts } from './record';
import type { CatpRecord } from './types';

/** A fixed seed, so that every run has the same inputs. */
const RUNS = { seed: 20251124, numRuns: 200 };

const refusal = (code: string) => jasmine.objectContaining({ name: 'CatpError', code });

describe('encodeRecord', () => {
  it('writes fields, repeated fields and groups as lines', () => {
    const record: CatpRecord = {
      ID: 'LA1',
      POLICY: ['a', 'b'],
      HMLG: [{ HMLID: 'FA090018', LOC: '本館' }, { HMLID: 'FA090029' }],
      ADATE: '',
    };
    expect(encodeRecord(record)).toBe(
      'ID=LA1\r\nPOLICY=a\r\nPOLICY=b\r\n<HMLG>\r\nHMLID=FA090018\r\nLOC=本館\r\n</HMLG>\r\n<HMLG>\r\nHMLID=FA090029\r\n</HMLG>\r\nADATE=\r\n',
    );
  });

  it('deletes a group by an empty field of its name', () => {
    expect(encodeRecord({ HMLG: [] })).toBe('HMLG=\r\n');
  });

  for (const value of ['a\nb', 'a\r', 'a\tb', '\u0000', '\u0085', '\u007f', '\u0080', '\u009f']) {
    it(`refuses the control character in ${JSON.stringify(value)}`, () => {
      expect(() => encodeRecord({ CLNT: value })).toThrow(refusal('unencodable'));
      expect(() => encodeRecord({ HMLG: [{ LOC: value }] })).toThrow(refusal('unencodable'));
    });
  }

  it('refuses names that no line can carry', () => {
    for (const name of ['', 'A=B', '<A>', 'A B', '1A', '題']) {
      expect(() => encodeRecord({ [name]: 'x' }))
        .withContext(name)
        .toThrow(refusal('unencodable'));
      expect(() => encodeRecord({ [name]: [{ A: 'x' }] }))
        .withContext(name)
        .toThrow(refusal('unencodable'));
    }
  });

  it('does not repeat the value in its message', () => {
    expect(() => encodeRecord({ CLNT: '利用者 001\n' })).toThrow(
      jasmine.objectContaining({ message: jasmine.stringMatching(/^field CLNT holds/) }),
    );
  });
});

describe('what was read with control characters', () => {
  it('is refused where they part lines or stand for nothing, and kept as it is where they come out of old conversions', () => {
    for (const value of ['a\rb', 'a\tb', 'a\u0000', '\u001f', '\u007f'])
      expect(() => decodeRecord(`CLNT=${value}\r\n`))
        .withContext(JSON.stringify(value))
        .toThrow(refusal('bad-record'));
    for (const value of ['a\u0080b', '\u0085', 'b\u009f'])
      expect(decodeRecord(`CLNT=${value}\r\n`)).toEqual({ CLNT: value });
  });
});

describe('decodeRecord', () => {
  it('takes LF, keeps `=` and blanks in values, and a last line without its end', () => {
    expect(decodeRecord('ID=1\nNOTE= a = b \nX=y')).toEqual({ ID: '1', NOTE: ' a = b ', X: 'y' });
  });

  it('makes a list of what stands twice, and always of a group', () => {
    expect(decodeRecord('A=1\r\nB=2\r\nA=3\r\n<G>\r\nP=1\r\n</G>\r\n')).toEqual({
      A: ['1', '3'],
      B: '2',
      G: [{ P: '1' }],
    });
  });

  it('keeps the first of the parts that may repeat in a group', () => {
    expect(decodeRecord('<VOLG>\nISBN=1\nXISBN=2\nXISBN=3\n</VOLG>')).toEqual({ VOLG: [{ ISBN: '1', XISBN: '2' }] });
  });

  const malformed: readonly (readonly [what: string, body: string])[] = [
    ['a line without `=`', 'ID=1\r\nnonsense\r\n'],
    ['an empty line', 'ID=1\r\n\r\nA=2\r\n'],
    ['a lone CR in a value', 'ID=1\rA=2\r\n'],
    ['a group that is not closed', '<HMLG>\r\nHMLID=1\r\n'],
    ['a group that is not opened', 'HMLID=1\r\n</HMLG>\r\n'],
    ['a group in a group', '<A>\r\n<B>\r\nX=1\r\n</B>\r\n</A>\r\n'],
    ['a group closed by another name', '<A>\r\nX=1\r\n</B>\r\n'],
    ['a part that stands twice', '<HMLG>\r\nHMLID=1\r\nHMLID=2\r\n</HMLG>\r\n'],
    ['one name for a field and a group', 'A=1\r\n<A>\r\nX=1\r\n</A>\r\n'],
    ['a boundary', '--NACSIS-CATP\r\nID=1\r\n'],
  ];
  for (const [what, body] of malformed) {
    it(`refuses ${what}`, () => {
      expect(() => decodeRecord(body)).toThrow(refusal('bad-record'));
    });
  }

  it('is safe from field names of JavaScript', () => {
    const record = decodeRecord('__proto__=x\r\nconstructor=y\r\n<G>\r\n__proto__=z\r\n</G>\r\n');
    expect(Object.keys(record)).toEqual(['__proto__', 'constructor', 'G']);
    expect(Object.getPrototypeOf(record)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
    expect(text(record, '__proto__')).toBe('x');
    expect(text(decodeRecord('ID=1'), 'toString')).toBeUndefined();
    expect(encodeRecord(record)).toBe('__proto__=x\r\nconstructor=y\r\n<G>\r\n__proto__=z\r\n</G>\r\n');
  });
});

describe('a list of records', () => {
  it('has no boundary around one record', () => {
    expect(encodeRecords([])).toBe('');
    expect(encodeRecords([{ ID: '1' }])).toBe('ID=1\r\n');
    expect(encodeRecords([{ ID: '1' }, { ID: '2' }])).toBe(
      '--NACSIS-CATP\r\nID=1\r\n--NACSIS-CATP\r\nID=2\r\n--NACSIS-CATP--\r\n',
    );
  });

  it('is read with and without boundaries around one record', () => {
    expect(decodeRecords('')).toEqual([]);
    expect(decodeRecords('ID=1\n')).toEqual([{ ID: '1' }]);
    expect(decodeRecords('--NACSIS-CATP\nID=1\n--NACSIS-CATP--\n')).toEqual([{ ID: '1' }]);
  });

  const malformed: readonly (readonly [what: string, body: string])[] = [
    ['no closing boundary', '--NACSIS-CATP\r\nID=1\r\n'],
    ['a first record before the boundary', 'ID=1\r\n--NACSIS-CATP\r\nID=2\r\n--NACSIS-CATP--\r\n'],
    ['a record after the closing boundary', '--NACSIS-CATP\r\nID=1\r\n--NACSIS-CATP--\r\nID=2\r\n'],
    ['two closing boundaries', '--NACSIS-CATP\r\nID=1\r\n--NACSIS-CATP--\r\nID=2\r\n--NACSIS-CATP--\r\n'],
    ['another boundary', '--NACSIS-CATP\r\nID=1\r\n--NACSIS-CATPX\r\nID=2\r\n--NACSIS-CATP--\r\n'],
  ];
  for (const [what, body] of malformed) {
    it(`is refused with ${what}`, () => {
      expect(() => decodeRecords(body)).toThrow(refusal('bad-boundary'));
    });
  }
});

describe('the accessors', () => {
  const record: CatpRecord = { ONE: 'a', MANY: ['b', '', 'c'], GROUP: [{ P: 'd' }], EMPTY: '' };

  it('read any of the three shapes', () => {
    expect(['ONE', 'MANY', 'GROUP', 'EMPTY', 'NONE'].map((name) => text(record, name))).toEqual([
      'a',
      'b',
      undefined,
      '',
      undefined,
    ]);
    expect(['ONE', 'MANY', 'GROUP', 'EMPTY', 'NONE'].map((name) => texts(record, name))).toEqual([
      ['a'],
      ['b', 'c'],
      [],
      [],
      [],
    ]);
    expect(['ONE', 'MANY', 'GROUP', 'EMPTY', 'NONE'].map((name) => groups(record, name))).toEqual([
      [],
      [],
      [{ P: 'd' }],
      [],
      [],
    ]);
  });
});

describe('records, for any content', () => {
  const name = fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,7}$/);
  const value = fc.string({ unit: 'binary', maxLength: 20 }).map((raw) => raw.replace(/\p{Cc}/gu, ''));
  const group = fc.dictionary(name, value, { maxKeys: 4 });
  const field = fc.oneof(
    value,
    fc.array(value, { minLength: 2, maxLength: 4 }),
    fc.array(group, { minLength: 1, maxLength: 4 }),
  );
  const record = fc.dictionary(name, field, { minKeys: 1, maxKeys: 6 });

  it('a record is read as it was written', () => {
    fc.assert(
      fc.property(record, (original) => {
        expect(decodeRecord(encodeRecord(original))).toEqual({ ...original });
      }),
      RUNS,
    );
  });

  it('a list of records is read as it was written', () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 4 }), (originals) => {
        expect(decodeRecords(encodeRecords(originals))).toEqual(originals.map((original) => ({ ...original })));
      }),
      RUNS,
    );
  });

  it('any text is read or refused with a CatpError', () => {
    const line = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.constantFrom('<A>', '</A>', 'X=1', '--NACSIS-CATP', '--NACSIS-CATP--'),
    );
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 8 }).map((lines) => lines.join('\n')),
        (body) => {
          try {
            expect(decodeRecords(body)).toBeInstanceOf(Array);
          } catch (error) {
            expect(error).toBeInstanceOf(CatpError);
          }
        },
      ),
      RUNS,
    );
  });
});
