import { REFERENCE_FILES } from './reference-files';

/** A search index of a file. */
export interface IndexSpec {
  /** Right truncation is possible (前方一致). */
  readonly prefix: boolean;
  /** documented: in M8-furoku_a_6 (M7 for the truncation) or BH; proposed: ours, to be corrected here. */
  readonly basis: 'documented' | 'proposed';
}

const exact = { prefix: false, basis: 'documented' } as const;
const prefix = { prefix: true, basis: 'documented' } as const;
const proposed = { prefix: false, basis: 'proposed' } as const;
const proposedPrefix = { prefix: true, basis: 'proposed' } as const;

const BIBLIOGRAPHIC = {
  FTITLEKEY: prefix,
  TITLEKEY: prefix,
  AUTHKEY: prefix,
  PUBLKEY: prefix,
  PUBPKEY: prefix,
  SHKEY: prefix,
  AKEY: exact,
  ISSNKEY: exact,
  NBN: exact,
  LCCN: exact,
  YEARKEY: prefix,
  CNTRY: exact,
  LANGKEY: exact,
  ID: prefix,
  AID: exact,
  RNWDT: prefix,
} as const;

const BOOK = {
  ...BIBLIOGRAPHIC,
  ISBNKEY: exact,
  NDLCN: exact,
  OTHKEY: exact,
  NDCKEY: prefix,
  DDCKEY: prefix,
  PTBID: prefix,
  UTID: exact,
  VOLKEY: proposedPrefix,
  PTBKEY: proposedPrefix,
} as const;

const SERIAL = { ...BIBLIOGRAPHIC, NDLPN: exact, CODEN: exact, ULPN: exact, FID: exact } as const;

/** Conditions on the holder's member record, usable in a search of holdings (BH, ALMA). */
const HOLDER_FILTERS = {
  _KENCODE_: exact,
  _SETCODE_: exact,
  _ORGCODE_: exact,
  _ILLFLG_: exact,
  _COPYS_: exact,
  _LOANS_: exact,
  _FAXS_: exact,
  _STAT_: exact,
  _GRPCODE_: exact,
} as const;

const HOLDINGS = {
  ID: prefix,
  BID: exact,
  FANO: exact,
  RNWDT: prefix,
  LOC: proposed,
  LOCKEY: proposed,
  ...HOLDER_FILTERS,
} as const;

/** The ILL files: which fields are searchable is not documented; OMLIDS and AMLIDS are the two indexes named in GL 3.4. */
const ILL = {
  ID: proposedPrefix,
  STAT: proposed,
  OMLID: proposed,
  AMLID: proposed,
  ONO: proposedPrefix,
  ANO: proposedPrefix,
  CRTDT: proposedPrefix,
  RNWDT: proposedPrefix,
  ODATE: proposedPrefix,
  BIBID: proposed,
  OMLIDS: exact,
  AMLIDS: exact,
} as const;

/** The indexes of each file: file → index → spec. */
export const INDEXES = {
  BOOK,
  SERIAL,
  ...asProposed(REFERENCE_FILES.book, BOOK),
  ...asProposed(REFERENCE_FILES.serial, SERIAL),
  BHOLD: { ...HOLDINGS, VOL: proposedPrefix },
  SHOLD: { ...HOLDINGS, HLYR: proposed, HLV: proposed },
  MEMBER: {
    ID: proposedPrefix,
    NAMEKEY: proposedPrefix,
    KENCODE: proposed,
    SETCODE: proposed,
    ORGCODE: proposed,
    CATFLG: proposed,
    ILLFLG: proposed,
    STAT: proposed,
    COPYS: proposed,
    LOANS: proposed,
    FAXS: proposed,
    GRPCODE: proposed,
    LOC: proposed,
  },
  COPYO: ILL,
  COPYS: ILL,
  LOANO: ILL,
  LOANS: ILL,
} as const satisfies Record<string, Readonly<Record<string, IndexSpec>>>;
export type IndexedDatabase = keyof typeof INDEXES;
export type IndexOf<D extends IndexedDatabase> = keyof (typeof INDEXES)[D];

/**
 * Reference files have the indexes of the union file of their form: documented for a few of both only (the pages `jissou_siyo/idx_*`
 * list AKEY, FTITLEKEY and SHKEY for JPMARC, JPMARCS, TRCMARC, USMARC, USMARCS, USMARCX, GPOMARC, UKMARC), so all of them are proposed.
 */
function asProposed<F extends string, I extends string>(
  files: readonly F[],
  indexes: Readonly<Record<I, IndexSpec>>,
): Readonly<Record<F, Readonly<Record<I, IndexSpec>>>> {
  const proposal = Object.fromEntries(
    Object.entries<IndexSpec>(indexes).map(([index, spec]) => [index, { ...spec, basis: 'proposed' }]),
  );
  return Object.fromEntries(files.map((file) => [file, proposal])) as Record<F, Record<I, IndexSpec>>;
}

/** The spec of an index, or undefined where the file has no such index. */
export function indexSpec(database: IndexedDatabase, index: string): IndexSpec | undefined {
  const indexes: Readonly<Record<string, IndexSpec>> = INDEXES[database];
  return Object.hasOwn(indexes, index) ? indexes[index] : undefined;
}

/** Fields of a catalogue search (`CatalogQuery`) → index; which of them a file has says `indexSpec`. `volume` and `series` are proposed. */
export const CATALOG_SEARCH = {
  ncid: 'ID',
  isbn: 'ISBNKEY',
  issn: 'ISSNKEY',
  title: 'TITLEKEY',
  fullTitle: 'FTITLEKEY',
  titleKey: 'AKEY',
  author: 'AUTHKEY',
  publisher: 'PUBLKEY',
  place: 'PUBPKEY',
  year: 'YEARKEY',
  country: 'CNTRY',
  language: 'LANGKEY',
  subject: 'SHKEY',
  volume: 'VOLKEY',
  series: 'PTBKEY',
  parentId: 'PTBID',
  nbn: 'NBN',
  ndlcn: 'NDLCN',
  lccn: 'LCCN',
  coden: 'CODEN',
  ndlpn: 'NDLPN',
  familyId: 'FID',
} as const satisfies Readonly<Record<string, IndexOf<'BOOK'> | IndexOf<'SERIAL'>>>;

/** Fields of a search of holdings (`HoldingsQuery`, and the record's own id as `ncid`) → index. */
export const HOLDINGS_SEARCH = {
  ncid: 'BID',
  memberId: 'FANO',
  volume: { book: 'VOL', serial: 'HLV' },
  year: { book: undefined, serial: 'HLYR' },
  location: 'LOC',
  region: '_KENCODE_',
  establisher: '_SETCODE_',
  institutionType: '_ORGCODE_',
  participates: '_ILLFLG_',
  service: '_STAT_',
  copyService: '_COPYS_',
  loanService: '_LOANS_',
  faxService: '_FAXS_',
  offset: '_GRPCODE_',
} as const;

/** Fields of a search of members (`MembersQuery`) → index. */
export const MEMBERS_SEARCH = {
  memberId: 'ID',
  name: 'NAMEKEY',
  region: 'KENCODE',
  establisher: 'SETCODE',
  institutionType: 'ORGCODE',
  participates: 'ILLFLG',
  service: 'STAT',
  copyService: 'COPYS',
  loanService: 'LOANS',
} as const satisfies Readonly<Record<string, IndexOf<'MEMBER'>>>;
