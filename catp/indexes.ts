import { REFERENCE_FILES } from './reference-files';

/** A search index of a file. */
interface IndexSpec {
  /** True when the index supports right truncation (前方一致). */
  readonly prefix: boolean;
  /** documented: in M8-furoku_a_6 (M7 for the truncation) or BH; proposed: ours, or used by another client only. */
  readonly basis: 'documented' | 'proposed';
}

const exact = { prefix: false, basis: 'documented' } as const;
const prefix = { prefix: true, basis: 'documented' } as const;
const proposed = { prefix: false, basis: 'proposed' } as const;
const proposedPrefix = { prefix: true, basis: 'proposed' } as const;

/**
 * The virtual search fields for titles and names, read as keys of the record's own titles and authors.
 * @unconfirmed I: BOOK and SERIAL have the search fields _TITLE_ and _AUTH_. A client in use searches with them; NII's table lists them for title authority.
 * Confirm: search BOOK for _TITLE_ and for TITLEKEY with the same word, and compare the hits.
 */
const VIRTUAL = { _TITLE_: proposedPrefix, _AUTH_: proposedPrefix } as const;

const BIBLIOGRAPHIC = {
  ...VIRTUAL,
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

/**
 * Indexes for holdings. LOC, VOL and values of the holder's member record (such as `_COPYS_`) are for SCAN.
 * @unconfirmed I: BHOLD and SHOLD can be searched by ID, RNWDT, BID and FANO only (their table marks the other fields for SCAN).
 * Confirm: search BHOLD for a BID and a LOC; a refusal confirms it.
 */
const HOLDINGS = { ID: prefix, BID: exact, FANO: exact, RNWDT: prefix } as const;

/**
 * @unconfirmed I: MEMBER can be searched by its id, its flags and codes, and by name as NAMEKEY. For the id another client is a witness.
 * Confirm: search MEMBER by each of these indexes.
 */
const MEMBER = {
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
} as const;

/**
 * The ILL files. GL 3.4 names the indexes OMLIDS and AMLIDS.
 * @unconfirmed I: COPYO, COPYS, LOANO and LOANS can be searched by id, parties, state, numbers, dates and BIBID. No table of their indexes could be read.
 * Confirm: search COPYO by each of them; above all by ID, OMLID, RNWDT, CRTDT, STAT and BIBID, which the gateway needs.
 */
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
  BHOLD: HOLDINGS,
  SHOLD: HOLDINGS,
  MEMBER,
  COPYO: ILL,
  COPYS: ILL,
  LOANO: ILL,
  LOANS: ILL,
} as const satisfies Record<string, Readonly<Record<string, IndexSpec>>>;
export type IndexedDatabase = keyof typeof INDEXES;
export type IndexOf<D extends IndexedDatabase> = keyof (typeof INDEXES)[D];

/**
 * Marks all indexes as proposed, because only a few are documented (the pages `jissou_siyo/idx_*` list AKEY, FTITLEKEY
 * and SHKEY for JPMARC, JPMARCS, TRCMARC, USMARC, USMARCS, USMARCX, GPOMARC, UKMARC).
 * @unconfirmed I: Reference files have the indexes of the union file of their form. Confirm: search JPMARC by ISBNKEY, YEARKEY and VOLKEY.
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

/** The spec of an index; undefined when the file has no such index. */
export function indexSpec(database: IndexedDatabase, index: string): IndexSpec | undefined {
  const indexes: Readonly<Record<string, IndexSpec>> = INDEXES[database];
  return Object.hasOwn(indexes, index) ? indexes[index] : undefined;
}

/** The two ways to search for a title or author. */
export const TITLE_INDEXES = {
  keys: { title: 'TITLEKEY', author: 'AUTHKEY' },
  virtual: { title: '_TITLE_', author: '_AUTH_' },
} as const satisfies Record<string, { readonly title: IndexOf<'BOOK'>; readonly author: IndexOf<'BOOK'> }>;
/**
 * The way that we use: by keys, because they are documented for BOOK and SERIAL and the other known client uses them.
 * @unconfirmed I: TITLEKEY and AUTHKEY still find titles and authors, as _TITLE_ and _AUTH_ of the other client do.
 * Confirm: search BOOK both ways for the same word. Where only the virtual ones find anything, set this to virtual.
 */
const TITLE_SEARCH: keyof typeof TITLE_INDEXES = 'keys';

/**
 * The index for each field of a catalogue search (`CatalogQuery`). Not every file has every index: see `indexSpec`.
 * @unconfirmed I: VOLKEY finds the volumes of a set, and PTBKEY the title of its series. Confirm: search BOOK by each of them.
 */
export const CATALOG_SEARCH = {
  ncid: 'ID',
  isbn: 'ISBNKEY',
  issn: 'ISSNKEY',
  title: TITLE_INDEXES[TITLE_SEARCH].title,
  fullTitle: 'FTITLEKEY',
  titleKey: 'AKEY',
  author: TITLE_INDEXES[TITLE_SEARCH].author,
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

/** The index of the holdings of a record. All other conditions on holdings are checked on the results (ADR 0009). */
export const HOLDINGS_OF_RECORD: IndexOf<'BHOLD' | 'SHOLD'> = 'BID';

/** Index of each field of a member search (`MembersQuery`). */
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
