import { citationFromMarc } from './marc';
import { field, record } from './marc-record.fixture';

describe('citationFromMarc', () => {
  it('puts valid ISBNs first, without qualifiers, repeats or cancelled ones', () => {
    const citation = citationFromMarc(
      record([
        field('020', '  ', 'a', '9784101092059'),
        field('020', '  ', 'a', '4-10-109205-2 (上巻) :', 'z', '9780306406157'),
        field('020', '  ', 'a', '978-4-10-109205-8'),
        field('020', '  ', 'a', '500円'),
      ]),
    );
    expect(citation.isbns).toEqual(['9784101092058', '9784101092059']);
  });

  it('takes only a valid ISSN', () => {
    expect(
      citationFromMarc(record([field('022', '  ', 'a', '0378-5956'), field('022', '  ', 'a', '0378-5955 :')])).issn,
    ).toBe('0378-5955');
    expect(citationFromMarc(record([field('022', '  ', 'a', '0378-5956')])).issn).toBeUndefined();
  });

  it('reads numbers with labels, qualifiers and blanks, several in a field', () => {
    const texts = ['ISBN-13: 978 4 00 310101 8 (pbk.)', '(hbk.) 9784101092058 9784101092059'];
    expect(citationFromMarc(record(texts.map((text) => field('020', '  ', 'a', text)))).isbns).toEqual([
      '9784003101018',
      '9784101092058',
      '9784101092059',
    ]);
    for (const text of ['ISSN 0028-0836', '0028-0836 (print)', '0028-0837 0028-0836', '0028 0836 ;'])
      expect(citationFromMarc(record([field('022', '  ', 'a', text)])).issn)
        .withContext(text)
        .toBe('0028-0836');
  });

  describe('NACSIS-CAT id', () => {
    const other = field('035', '  ', 'a', '(OTHER)BA51293930');
    const wanted = field('035', '  ', 'a', '(JP-NC)BD19656670', 'z', '(JP-NC)BA4445754X');

    it('prefers the prefix of the setting, written with or without parentheses', () => {
      expect(citationFromMarc(record([other, wanted]), ['JP-NC']).ncid).toBe('BD19656670');
      expect(citationFromMarc(record([other, wanted]), ['(jp-nc)']).ncid).toBe('BD19656670');
      expect(
        citationFromMarc(record([other, field('016', '7 ', 'a', 'BD19656670', '2', 'JP-NC')]), ['JP-NC']).ncid,
      ).toBe('BD19656670');
    });

    it('falls back to any valid id there, never to a wrong or cancelled one', () => {
      expect(citationFromMarc(record([other])).ncid).toBe('BA51293930');
      expect(citationFromMarc(record([field('035', '  ', 'a', 'BA51293930')])).ncid).toBe('BA51293930');
      expect(
        citationFromMarc(record([field('035', '  ', 'a', '(JP-NC)BA51293931', 'z', '(JP-NC)BA4445754X')]), ['JP-NC'])
          .ncid,
      ).toBeUndefined();
    });
  });
});
