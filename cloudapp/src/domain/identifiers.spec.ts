import fc from 'fast-check';
import {
  isbn10From13,
  nacsisCheckCharacter,
  parseIsbn,
  parseIssn,
  parseMemberId,
  parseNcid,
  parseRequestId,
  requestIdsIn,
  type Parsed,
} from './identifiers';

const NCIDS = ['BA51293930', 'AA1070693X', 'BA4445754X', 'BD19656670'];
const MEMBER_IDS = ['FA000106', 'FA00014X', 'FA028149'];
const digits = (length: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((each) => each.join(''));
const standardForm = (parsed: Parsed<string>): string => (parsed.ok ? parsed.value : parsed.error);

/** Every text that differs from `text` in one character, among those an id is made of. */
function changes(text: string): readonly string[] {
  return [...text].flatMap((character, at) =>
    [...'0123456789ABFNX']
      .filter((other) => other !== character)
      .map((other) => text.slice(0, at) + other + text.slice(at + 1)),
  );
}

describe('NCID', () => {
  it('accepts real ids and tells books from serials', () => {
    expect(NCIDS.map((id) => parseNcid(id))).toEqual([
      { ok: true, value: { id: 'BA51293930', form: 'book' } },
      { ok: true, value: { id: 'AA1070693X', form: 'serial' } },
      { ok: true, value: { id: 'BA4445754X', form: 'book' } },
      { ok: true, value: { id: 'BD19656670', form: 'book' } },
    ]);
  });

  it('refuses every change of a single character', () => {
    expect(NCIDS.flatMap(changes).filter((id) => parseNcid(id).ok)).toEqual([]);
  });

  it('reads full-width and lower-case ids', () => {
    expect(parseNcid('ｂａ５１２９３９３０ ')).toEqual({ ok: true, value: { id: 'BA51293930', form: 'book' } });
    expect(parseNcid('BA 5129-3930')).toEqual({ ok: true, value: { id: 'BA51293930', form: 'book' } });
  });

  it('names what is wrong', () => {
    expect(parseNcid('BA51293931')).toEqual({ ok: false, error: 'bad-check-character' });
    expect(parseNcid('BA5129393')).toEqual({ ok: false, error: 'bad-format' });
    expect(parseNcid('')).toEqual({ ok: false, error: 'bad-format' });
  });

  it('accepts exactly the computed check character', () => {
    fc.assert(
      fc.property(fc.constantFrom('BA', 'BB', 'AA', 'AN'), digits(7), (prefix, number) => {
        const accepted = [...'0123456789X'].filter((check) => parseNcid(prefix + number + check).ok);
        expect(accepted).toEqual([nacsisCheckCharacter(prefix + number)]);
      }),
    );
  });
});

describe('member id', () => {
  it('accepts real ids and refuses every change of a single character', () => {
    expect(MEMBER_IDS.map((id) => standardForm(parseMemberId(id)))).toEqual(MEMBER_IDS);
    expect(MEMBER_IDS.flatMap(changes).filter((id) => parseMemberId(id).ok)).toEqual([]);
  });

  it('takes the check character of the measured rule (5 4 3 2 1, plus 4, modulo 11)', () => {
    // the rule was read off ids that all begin with 0
    fc.assert(
      fc.property(
        digits(4).map((rest) => `0${rest}`),
        (number) => {
          const sum = [...number].reduce((total, digit, at) => total + Number(digit) * (5 - at), 4) % 11;
          expect(parseMemberId(`FA${number}${sum === 10 ? 'X' : String(sum)}`).ok).toBeTrue();
        },
      ),
    );
  });
});

describe('ISBN', () => {
  it('turns ISBN-10 into ISBN-13 and back', () => {
    fc.assert(
      fc.property(digits(9), (body) => {
        const tens = [...'0123456789X'].map((check) => body + check).filter((isbn) => parseIsbn(isbn).ok);
        expect(tens.length).toBe(1);
        expect(isbn10From13(standardForm(parseIsbn(tens[0] ?? '')))).toBe(tens[0]);
      }),
    );
  });

  it('reads hyphens and full-width digits', () => {
    expect(standardForm(parseIsbn('978-4-10-109205-8'))).toBe('9784101092058');
    expect(standardForm(parseIsbn('４１０１０９２０５２'))).toBe('9784101092058');
    expect(isbn10From13('9791032300824')).toBeUndefined();
  });

  it('refuses every change of a single digit', () => {
    const wrong = changes('9784101092058').filter((isbn) => /^\d+$/.test(isbn));
    expect(wrong.filter((isbn) => parseIsbn(isbn).ok)).toEqual([]);
    expect(standardForm(parseIsbn('9784101092059'))).toBe('bad-check-character');
    expect(standardForm(parseIsbn('410109205'))).toBe('bad-format');
  });
});

describe('ISSN', () => {
  it('writes the hyphen and checks the last character', () => {
    expect(standardForm(parseIssn('03785955'))).toBe('0378-5955');
    expect(standardForm(parseIssn('2434-561x'))).toBe('2434-561X');
    expect(changes('03785955').filter((issn) => parseIssn(issn).ok)).toEqual([]);
    expect(standardForm(parseIssn('0378'))).toBe('bad-format');
  });

  it('comes back as it is when it is parsed again', () => {
    fc.assert(
      fc.property(digits(7), (body) => {
        const [issn] = [...'0123456789X']
          .map((check) => parseIssn(body + check))
          .filter((parsed) => parsed.ok)
          .map(standardForm);
        expect(standardForm(parseIssn(issn ?? ''))).toBe(issn ?? 'none');
      }),
    );
  });
});

describe('parseRequestId', () => {
  it('takes the id as it is typed or pasted', () => {
    for (const text of ['LA1234567890', ' la1234567890 ', 'ＬＡ１２３４５６７８９０', 'LA123456789X'])
      expect(standardForm(parseRequestId(text))).toBe(text.includes('X') ? text : 'LA1234567890');
  });

  it('takes nothing else', () => {
    for (const text of ['', 'LA123', 'LA12345678901', 'LAB0000101', '35000000010104146'])
      expect(standardForm(parseRequestId(text)))
        .withContext(text)
        .toBe('bad-format');
  });
});

describe('requestIdsIn', () => {
  it('finds ids in a text, each once', () => {
    expect(requestIdsIn('NACSIS: LA1234567890（LA123456789X も）。LA1234567890')).toEqual([
      'LA1234567890',
      'LA123456789X',
    ]);
    expect(requestIdsIn('XLA1234567890 LA12345678901 35000000010104146')).toEqual([]);
  });
});

describe('all parsers', () => {
  it('never throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const outcomes = [parseNcid(text), parseMemberId(text), parseIsbn(text), parseIssn(text)];
        expect(outcomes.every(({ ok }) => typeof ok === 'boolean')).toBeTrue();
      }),
    );
  });
});
