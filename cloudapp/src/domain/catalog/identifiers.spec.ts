import fc from 'fast-check';
import {
  asciiDigits,
  isbn10From13,
  isbnLikeIn,
  isbnsIn,
  issnsIn,
  nacsisCheckCharacter,
  ncidsIn,
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

/** All texts that differ from `text` in one character of an id's alphabet. */
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
    // the rule was measured on ids that all start with 0, so the numbers here start with 0
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

/** Field of a record or of Alma → the numbers in it. */
const ISBNS: readonly (readonly [text: string, ...isbns: readonly string[]])[] = [
  ['978 4 00 310101 8', '9784003101018'],
  ['(pbk.) 9784003101018', '9784003101018'],
  ['（文庫）978-4-10-109205-8（上巻）：500円', '9784101092058'],
  ['ISBN-13: 978-4-00-310101-8', '9784003101018'],
  ['ISBN-13 9784101092058', '9784101092058'],
  ['ISBN13 978-4-10-109205-8', '9784101092058'],
  ['ISBN-10: 4-10-109205-2', '9784101092058'],
  ['ISBN10 4101092052', '9784101092058'],
  ['ISBN4003101014', '9784003101018'],
  ['ISBN ： ９７８４１０１０９２０５８', '9784101092058'],
  ['ISBN=9784101092058', '9784101092058'],
  ['e-ISBN 978-0-306-40615-7', '9780306406157'],
  ['urn:isbn:9784101092058', '9784101092058'],
  ['ISBN 080442957X', '9780804429573'],
  ['0 8044 2957 x', '9780804429573'],
  ['４－１０－１０９２０５－２', '9784101092058'],
  ['978–4–10–109205–8', '9784101092058'],
  ['978 - 4 - 10 - 109205 - 8', '9784101092058'],
  ['٩٧٨٤١٠١٠٩٢٠٥٨', '9784101092058'],
  ['ISBN 978-4-10-109205-8 C3000 ¥500E', '9784101092058'],
  ['vol. 1 9784101092058', '9784101092058'],
  ['2019 4101092052', '9784101092058'],
  ['v. 2 4 10 109205 2', '9784101092058'],
  ['v. 2 080442957X', '9780804429573'],
  ['¥1,200 9784101092058', '9784101092058'],
  ['4101092052 4003101014', '9784101092058', '9784003101018'],
  ['978 4 00 310101 8 978 4 10 109205 8', '9784003101018', '9784101092058'],
  ['9784101092058(v.1)9784003101018(v.2)', '9784101092058', '9784003101018'],
  ['1: 9784101092058; 2: 9784003101018', '9784101092058', '9784003101018'],
  ['ISBN-13 9784101092058 ISBN-10 4101092052', '9784101092058'],
  ['978-4-10-109205-9'],
  ['500円'],
  ['ISBN'],
  ['12345678901234567890'],
];
const ISSNS: readonly (readonly [text: string, ...issns: readonly string[]])[] = [
  ['0028-0836 (print)', '0028-0836'],
  ['(print) 0028-0836', '0028-0836'],
  ['ISSN 0028-0836', '0028-0836'],
  ['ISSN0028-0836', '0028-0836'],
  ['ISSN=00280836', '0028-0836'],
  ['ISSN-L: 0028-0836', '0028-0836'],
  ['ISSN (print) 0028-0836', '0028-0836'],
  ['0028 0836', '0028-0836'],
  ['0028–0836', '0028-0836'],
  ['（印刷）００２８ー０８３６', '0028-0836'],
  ['2434-561x ;', '2434-561X'],
  ['urn:issn:0028-0836', '0028-0836'],
  ['1999 0028 0836', '0028-0836'],
  ['0028-0836 1476-4687', '0028-0836', '1476-4687'],
  ['0028-0836 (print), 1476-4687 (online)', '0028-0836', '1476-4687'],
  ['pISSN0028-0836/eISSN1476-4687', '0028-0836', '1476-4687'],
  ['0028-0837'],
  ['978-4-10-109205-8'],
  ['1999-2005'],
  ['0028083600280836'],
];
const NCID_TEXTS: readonly (readonly [text: string, ...ncids: readonly string[]])[] = [
  ['BA51293930', 'BA51293930'],
  ['NCID: BA51293930', 'BA51293930'],
  ['(NACSIS)BA51293930', 'BA51293930'],
  ['ｂａ５１２９３９３０', 'BA51293930'],
  ['NCID=AA1070693X; BA51293930', 'AA1070693X', 'BA51293930'],
  ['XBA51293930'],
  ['BA51293931'],
];

describe('numbers in a text', () => {
  for (const [text, ...isbns] of ISBNS) it(`are these ISBNs: ${text}`, () => expect(isbnsIn(text)).toEqual(isbns));
  for (const [text, ...issns] of ISSNS) it(`are these ISSNs: ${text}`, () => expect(issnsIn(text)).toEqual(issns));
  for (const [text, ...ncids] of NCID_TEXTS) it(`are these NCIDs: ${text}`, () => expect(ncidsIn(text)).toEqual(ncids));

  it('are read wherever each valid one stands', () => {
    const before = fc.constantFrom('', 'ISBN ', 'ISBN-13: ', '(pbk.) ', 'v. 2 ', '; ', '、');
    const behind = fc.constantFrom('', ' (set)', '(pbk.)', ' : ¥500', ' v. 2', '; ', '、');
    fc.assert(
      fc.property(digits(9), before, behind, (body, start, end) => {
        const [isbn = ''] = [...'0123456789X'].map((check) => body + check).filter((each) => parseIsbn(each).ok);
        const expected = standardForm(parseIsbn(isbn));
        const blanks = `${expected.slice(0, 3)} ${expected.slice(3, 4)} ${expected.slice(4, 12)} ${expected.slice(12)}`;
        for (const written of [isbn, expected, blanks]) expect(isbnsIn(start + written + end)).toEqual([expected]);
      }),
    );
  });

  it('are told from what is printed wrong', () => {
    expect(isbnLikeIn('ISBN 978-4-10-109205-9 (上巻); 4-10-109205-2')).toEqual(['9784101092059', '4101092052']);
  });

  it('are found quickly in endless text', () => {
    for (const unit of ['1 ', '978', 'ISBN ', ' ', ' -', '٩'])
      expect([...isbnsIn(unit.repeat(50_000)), ...issnsIn(unit.repeat(50_000))].length).toBeLessThan(2);
  });
});

describe('asciiDigits', () => {
  it('knows the digits of every script', () => {
    expect(asciiDigits('٠١٢٣٤٥٦٧٨٩ ۱۳۸۰ २०३३ ๒๕๔๖ ២៥៤៦ 2001')).toBe('0123456789 1380 2033 2546 2546 2001');
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
