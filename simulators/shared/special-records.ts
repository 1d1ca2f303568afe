/**
 * Special works in NACSIS-CAT. Each demonstrates one case, named in its title. The Alma simulator has some of them
 * among its difficult records, with their NCID.
 */
import type { CatalogSeed, SeedLink } from './catalog-seed';
import { madeUpIsbn, madeUpIssn, madeUpNcid } from './made-up-ids';

/** Number ranges above those of the ordinary records and the series. */
const NCID = { holders: 10_100, changes: 10_200 } as const;
const NUMBER = { holders: 500, changes: 600 } as const;
const FAMILY = '99000011';

const BODY = '見本資料協議会';
const COMMON = {
  titleRoman: '',
  responsibilityRoman: '',
  publisher: BODY,
  place: '東京',
  language: 'jpn',
} as const;

/** The title states the number of holding libraries. */
export const MANY_HOLDERS_BOOK: CatalogSeed = {
  ...COMMON,
  ncid: madeUpNcid('BB', NCID.holders),
  form: 'book',
  title: '所蔵館が500ある見本',
  titleReading: 'ショゾウカン ガ 500 アル ミホン',
  responsibility: `${BODY}編`,
  year: '2015',
  isbn: madeUpIsbn(NUMBER.holders * 10),
};
export const MANY_HOLDERS = 500;

/** A serial with more than 60 holdings: every ordinary library holds it, some in several locations. */
export const MANY_HOLDINGS_SERIAL: CatalogSeed = {
  ...COMMON,
  ncid: madeUpNcid('AN', NCID.holders + 1),
  form: 'serial',
  title: '所蔵が60を超える雑誌の見本',
  titleReading: 'ショゾウ ガ 60 オ コエル ザッシ ノ ミホン',
  responsibility: BODY,
  year: '1980',
  issn: madeUpIssn(NUMBER.holders + 1),
};

/** A serial with one holder of each kind. Some holders can be asked; the others cannot, for different reasons. */
export const MIXED_HOLDERS_SERIAL: CatalogSeed = {
  ...COMMON,
  ncid: madeUpNcid('AN', NCID.holders + 2),
  form: 'serial',
  title: '所蔵館の状態がさまざまな雑誌の見本',
  titleReading: 'ショゾウカン ノ ジョウタイ ガ サマザマナ ザッシ ノ ミホン',
  responsibility: BODY,
  year: '1990',
  issn: madeUpIssn(NUMBER.holders + 2),
};

/** A serial that changed its title twice, and a supplement that the history names without its relation. */
export function titleChanges(): readonly CatalogSeed[] {
  const first = changed(0, '相互利用通信', 'ソウゴ リヨウ ツウシン', '1955', '1971');
  const second = changed(1, '相互利用評論', 'ソウゴ リヨウ ヒョウロン', '1972', '1999');
  const third = changed(2, '相互利用と資料流通', 'ソウゴ リヨウ ト シリョウ リュウツウ', '2000');
  const supplement = changed(3, '相互利用評論別冊', 'ソウゴ リヨウ ヒョウロン ベッサツ', '1980', '1999');
  return [
    { ...first, links: [link('later', second)] },
    { ...second, links: [link('former', first), link('later', third), link('related', supplement)] },
    { ...third, links: [link('former', second)] },
    { ...supplement, links: [link('related', second)] },
  ];
}

function changed(at: number, title: string, titleReading: string, year: string, lastYear?: string): CatalogSeed {
  return {
    ...COMMON,
    ncid: madeUpNcid('AN', NCID.changes + at),
    form: 'serial',
    title,
    titleReading,
    responsibility: BODY,
    year,
    ...(lastYear === undefined ? {} : { lastYear }),
    issn: madeUpIssn(NUMBER.changes + at),
    familyId: FAMILY,
  };
}

function link(relation: SeedLink['relation'], to: CatalogSeed): SeedLink {
  return { relation, ncid: to.ncid, title: `${to.title} / ${to.responsibility}` };
}
