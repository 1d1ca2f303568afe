import { catalogRecordFrom } from './catalog-record';
import { BOOK, FLAT_BOOK, REFERENCE_BOOK, SERIAL_WITH_HISTORY } from './testing/golden-messages';
import { decodeRecord } from './record';
import type { CatpGroup } from './types';

describe('catalogRecordFrom', () => {
  it('reads a book', () => {
    const record = decodeRecord(
      [
        'ID=BA90000017',
        '<YEAR>',
        'YEAR1=2019',
        'YEAR2=2021',
        '</YEAR>',
        'CNTRY=ja',
        'TTLL=jpn',
        '<VOLG>',
        'VOL=上',
        'ISBN=9784900000018',
        '</VOLG>',
        '<VOLG>',
        'VOL=下',
        '</VOLG>',
        '<TR>',
        'TRD=𠮷野の桜 / 髙橋著 ; 別人訳',
        'TRR=ヨシノ ノ サクラ',
        '</TR>',
        'ED=第2版',
        '<PUB>',
        'PUBP=新潟',
        'PUBL=髙田書房',
        'PUBDT=2019.4-2021.3',
        '</PUB>',
        '<PUB>',
        'PUBP=東京',
        '</PUB>',
        'NOTE=索引あり',
        'NOTE=参考文献: p200',
        '<PTBL>',
        'PTBTR=桜叢書',
        'PTBID=BA90000039',
        'PTBNO=12',
        '</PTBL>',
        '<AL>',
        'AHDNG=髙橋',
        'AID=DA90000011',
        '</AL>',
        '<AL>',
        'AID=DA90000022',
        '</AL>',
        '<SH>',
        'SHD=桜',
        '</SH>',
      ].join('\n'),
    );
    expect(catalogRecordFrom(record, 'book')).toEqual({
      ncid: 'BA90000017',
      form: 'book',
      title: '𠮷野の桜',
      titleReading: 'ヨシノ ノ サクラ',
      responsibility: '髙橋著 ; 別人訳',
      edition: '第2版',
      place: '新潟',
      publisher: '髙田書房',
      year: '2019-2021',
      language: 'jpn',
      country: 'ja',
      isbns: ['9784900000018'],
      volumes: [{ volume: '上', isbn: '9784900000018' }, { volume: '下' }],
      series: [{ title: '桜叢書', ncid: 'BA90000039', number: '12' }],
      authors: [{ name: '髙橋', id: 'DA90000011' }],
      subjects: ['桜'],
      notes: ['索引あり', '参考文献: p200'],
    });
  });

  it('reads a serial that is still published', () => {
    const record = decodeRecord(
      'ID=AN90000012\nYEAR1=1926\nISSN=09000001\nTRD=新潟学報\nVLYR=1巻1号 (1926)-\nPUBL=模擬学会',
    );
    expect(catalogRecordFrom(record, 'serial')).toEqual({
      ncid: 'AN90000012',
      form: 'serial',
      title: '新潟学報',
      publisher: '模擬学会',
      year: '1926-',
      issn: '09000001',
      numbering: '1巻1号 (1926)-',
      isbns: [],
      volumes: [],
      series: [],
      authors: [],
      subjects: [],
      notes: [],
    });
  });

  it('reads a serial that has changed its title, with its family', () => {
    const record = catalogRecordFrom(SERIAL_WITH_HISTORY, 'serial');
    expect(record.links).toEqual([
      { relation: 'former', ncid: 'AN90000023', title: '新潟学報' },
      { relation: 'related', ncid: 'AN90000034' },
    ]);
    expect(record.familyId).toBe('99000011');
    expect(Object.keys(catalogRecordFrom({ ID: 'AN1', FID: '', BHNT: [{ BHK: 'CF' }] }, 'serial'))).not.toContain(
      'links',
    );
    expect(Object.keys(catalogRecordFrom({ ID: 'AN1', FID: '' }, 'serial'))).not.toContain('familyId');
  });

  it('knows a record of a reference file by the file that was searched, and only that', () => {
    const record = catalogRecordFrom(REFERENCE_BOOK, 'book', 'JPMARC');
    expect(record).toEqual(
      jasmine.objectContaining({ ncid: 'JPM9900001', file: 'JPMARC', form: 'book', title: '𠮷野の桜' }),
    );
    expect(Object.keys(catalogRecordFrom(BOOK, 'book', 'BOOK'))).not.toContain('file');
    expect(Object.keys(catalogRecordFrom(SERIAL_WITH_HISTORY, 'serial', 'SERIAL'))).not.toContain('file');
    expect(Object.keys(catalogRecordFrom(BOOK, 'book'))).not.toContain('file');
  });

  it('reads description, numbers, other titles, contents, classification and the library that made the record', () => {
    const record = catalogRecordFrom(
      {
        ...{ ID: 'BA1', CRTFA: 'FA090018', PHYSP: '200p', PHYSI: '挿図', PHYSS: '22cm', PHYSA: '地図1枚' },
        ...{ NBN: [{ NBN: 'JP99000001' }, { NBN: '' }], LCCN: '99950001', OTHN: ['X:1', 'X:2'] },
        VT: [{ VTK: 'CV', VTD: '桜の本' }, { VTK: 'OR' }],
        CW: [{ CWT: '桜の歴史', CWA: '髙橋著' }, { CWT: '桜の歌' }, {}],
        CLS: [{ CLSK: 'NDC8', CLSD: '479.75' }, { CLSD: 'X' }, { CLSK: 'NDLC' }],
      },
      'book',
    );
    expect(record).toEqual(
      jasmine.objectContaining({
        createdBy: 'FA090018',
        physical: '200p : 挿図 ; 22cm + 地図1枚',
        numbers: [
          { kind: 'NBN', value: 'JP99000001' },
          { kind: 'LCCN', value: '99950001' },
          { kind: 'OTHN', value: 'X:1' },
          { kind: 'OTHN', value: 'X:2' },
        ],
        variantTitles: ['桜の本'],
        contents: ['桜の歴史 / 髙橋著', '桜の歌'],
        classifications: ['NDC8:479.75', 'X'],
      }),
    );
    expect(catalogRecordFrom({ ID: 'BA1', PHYSS: '22cm' }, 'book').physical).toBe('22cm');
    const bare = Object.keys(catalogRecordFrom({ ID: 'BA1', VT: [{ VTK: 'CV' }], NBN: '' }, 'book'));
    for (const name of ['physical', 'createdBy', 'numbers', 'variantTitles', 'contents', 'classifications'])
      expect(bare).not.toContain(name);
  });

  it('keeps the order and the id of each parent title, and does without the id', () => {
    const parents: readonly CatpGroup[] = [
      { PTBTR: '叢書甲', PTBID: 'BN90000013', PTBNO: '1' },
      { PTBTR: '叢書乙' },
      { PTBID: 'BN90000024' },
    ];
    expect(catalogRecordFrom({ ID: 'BA1', PTBL: parents }, 'book').series).toEqual([
      { title: '叢書甲', ncid: 'BN90000013', number: '1' },
      { title: '叢書乙' },
    ]);
  });

  it('reads title and year from their group or flat, and the printed date where no year is coded', () => {
    expect(catalogRecordFrom(BOOK, 'book')).toEqual(
      jasmine.objectContaining({ title: '𠮷野の桜', responsibility: '髙橋著', year: '2019.4' }),
    );
    expect(catalogRecordFrom(FLAT_BOOK, 'book')).toEqual(
      jasmine.objectContaining({ title: '新潟の地誌', notes: ['E=mc²', '「注」'] }),
    );
    expect(catalogRecordFrom({ ID: 'BA1', YEAR1: '2019', YEAR2: '2019' }, 'book').year).toBe('2019');
    expect(catalogRecordFrom({ ID: 'BA1', YEAR1: '2019' }, 'book').year).toBe('2019');
  });

  it('lists an ISBN once, and takes flat ones and notes in groups', () => {
    const record = catalogRecordFrom(
      { ID: 'BA1', ISBN: ['1', '2'], VOLG: [{ ISBN: '1' }, {}], NOTE: [{ NOTE: '注' }] },
      'book',
    );
    expect([record.isbns, record.volumes, record.notes]).toEqual([['1', '2'], [{ isbn: '1' }, {}], ['注']]);
  });

  it('never throws over missing or unknown fields, but over a missing id', () => {
    expect(catalogRecordFrom({ ID: 'BA1', NEW: [{ X: '1' }], PUB: 'x', AL: ['y'] }, 'book').title).toBe('');
    expect(() => catalogRecordFrom({ TRD: '題' }, 'book')).toThrow(jasmine.objectContaining({ code: 'bad-record' }));
  });
});
