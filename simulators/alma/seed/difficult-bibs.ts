import type { CatalogSeed } from '../../shared/catalog-seed';
import { MANY_HOLDERS_BOOK, MANY_HOLDINGS_SERIAL, MIXED_HOLDERS_SERIAL } from '../../shared/special-records';
import type { Bib, Institution } from '../model';
import { NACSIS_PREFIX } from './code-tables';
import { field, marcXml, type DataField } from './marc';
import { mmsIdOf } from './mms-id';

/**
 * Records with awkward content, and some whose holders in NACSIS-CAT are special. The title, if any, names the
 * difficulty.
 */
export function difficultRecords(institution: Institution, from: number): readonly Bib[] {
  const base = (index: number, title: string | null, extra: readonly DataField[] = []): Bib => {
    const mmsId = mmsIdOf(institution, from + index);
    const fields = [
      field('035', '  ', { a: `(SIM)D${index}` }),
      ...(title === null ? [] : [field('245', '00', { a: title })]),
      ...extra,
    ];
    const controls = [
      { tag: '001', value: mmsId },
      { tag: '008', value: `250401s2020    ja ${' '.repeat(17)}jpn d` },
    ];
    const xml = marcXml({ leader: '00000nam a2200000 i 4500', controls, fields });
    return {
      mmsId,
      title,
      author: null,
      isbn: null,
      issn: null,
      place: '',
      publisher: '',
      year: '',
      systemNumbers: [`(SIM)D${index}`],
      form: 'book',
      held: false,
      marcXml: xml,
    };
  };
  const cut = base(7, '壊れた MARCXML の見本');
  return [
    base(0, '図書 & 雑誌 <総合目録> "引用符" と \'アポストロフィ\''),
    base(1, 'AT&T 年代記 : 1 < 2 > 0 &amp; そのまま'),
    base(2, '髙橋と𠮷野の地名考 : 﨑・德・神・𩸽'),
    base(3, null, [field('264', ' 1', { a: '東京 :', b: '見本出版,', c: '2020.' })]),
    base(4, '長い題名の見本'.repeat(1429).slice(0, 10_000)),
    base(5, '番号の誤った見本', [
      field('020', '  ', { a: '9784000000000 (上製) :', c: '¥3000' }),
      field('020', '  ', { z: '978400000' }),
      field('022', '  ', { a: '1234-5678' }),
    ]),
    base(6, '空の副フィールドの見本', [
      { tag: '100', indicators: '1 ', subfields: [{ code: 'a', value: '' }] },
      { tag: '264', indicators: ' 1', subfields: [] },
    ]),
    { ...cut, marcXml: cut.marcXml.slice(0, -60) },
    ...SPECIAL.map((seed, at) => inNacsis(institution, from + 8 + at, seed)),
  ];
}

/** Works with special holders in NACSIS-CAT. Each has the NCID of the work there. */
const SPECIAL: readonly CatalogSeed[] = [MANY_HOLDERS_BOOK, MANY_HOLDINGS_SERIAL, MIXED_HOLDERS_SERIAL];

function inNacsis(institution: Institution, at: number, seed: CatalogSeed): Bib {
  const { form, title, responsibility, place, publisher, year, isbn, issn } = seed;
  const mmsId = mmsIdOf(institution, at);
  const serial = form === 'serial';
  const systemNumber = `(${NACSIS_PREFIX})${seed.ncid}`;
  const dates = serial ? `c${year}9999` : `s${year}    `;
  return {
    mmsId,
    title,
    author: null,
    isbn: isbn ?? null,
    issn: issn ?? null,
    place,
    publisher,
    year: serial ? `${year}-` : year,
    systemNumbers: [systemNumber],
    form,
    held: false,
    marcXml: marcXml({
      leader: serial ? '00000cas a2200000 i 4500' : '00000nam a2200000 i 4500',
      controls: [
        { tag: '001', value: mmsId },
        { tag: '008', value: `250401${dates}ja ${' '.repeat(17)}jpn d` },
      ],
      fields: [
        ...(isbn === undefined ? [] : [field('020', '  ', { a: isbn })]),
        ...(issn === undefined ? [] : [field('022', '  ', { a: issn })]),
        field('035', '  ', { a: systemNumber }),
        field('245', '00', { a: title, c: responsibility }),
        field('264', ' 1', { a: `${place} :`, b: `${publisher},`, c: serial ? `${year}-` : `${year}.` }),
      ],
    }),
  };
}
