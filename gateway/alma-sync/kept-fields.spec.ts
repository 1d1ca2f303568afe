import { NOT_KNOWN } from './citation-body';
import { keptFields } from './kept-fields';

describe('the fields that are kept', () => {
  it('are those that Alma has differently or not at all', () => {
    const body = { title: '見本の論文', author: '著者 001', volume: '12', pages: '10-24' };
    expect(keptFields(body, { texts: { title: '見本の論文', author: '著者 002', volume: '' } })).toEqual([
      { field: 'author', value: '著者 001' },
      { field: 'volume', value: '12' },
      { field: 'pages', value: '10-24' },
    ]);
    expect(keptFields(body, { texts: body })).toEqual([]);
  });

  it('are not those that differ in width, blanks, case, marks or the way of writing a number', () => {
    const body = { title: 'Sample journal', volume: '12', year: '2001', isbn: '9784000000031', issn: '0000-0019' };
    const texts = {
      title: 'ＳＡＭＰＬＥ  Journal /',
      volume: '１２',
      year: '1/1/2001',
      isbn: '4-00-000003-9',
      issn: '00000019',
    };
    expect(keptFields(body, { texts })).toEqual([]);
  });

  it('are read as those of a catalogue are', () => {
    const body = {
      title: '見本',
      publisher: 'Rizzoli',
      place_of_publication: 'New York',
      year: '1955',
      isbn: '9784003101018',
      issn: '0028-0836',
    };
    const texts = {
      title: '<<見本>> /',
      publisher: 'Rizzoli,,',
      place_of_publication: 'New York : :',
      year: '昭和30-35 [1955-1960]',
      isbn: 'ISBN-13: 978 4 00 310101 8 (pbk.)',
      issn: 'ISSN 0028-0836 (print)',
    };
    expect(keptFields(body, { texts })).toEqual([]);
    expect(
      keptFields(body, { texts: { ...texts, year: '1956', issn: '1476-4687' } }).map(({ field }) => field),
    ).toEqual(['year', 'issn']);
  });

  it('are never those of which NACSIS-ILL knows nothing, nor who asks, nor what Alma itself sets', () => {
    const body = {
      author: NOT_KNOWN,
      title: '',
      note: 'NACSIS-ILL LA0000000011',
      owner: 'MAIN',
      format: { value: 'DIGITAL' },
    };
    expect(keptFields(body, { texts: { author: '著者 001', title: '見本' } })).toEqual([]);
  });
});
