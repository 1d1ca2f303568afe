/** Books (BOOK) and serials (SERIAL) are separate files in NACSIS-CAT. */
export const FORMS = ['book', 'serial'] as const;
export type Form = (typeof FORMS)[number];

/**
 * The files of NACSIS-CAT that can be searched: the union catalogue first, then the reference files, under the names
 * that the existing Cloud App sends. Only records of the union catalogue have holdings.
 * @unconfirmed O: The service of 2023 still has each of the reference files. Confirm: search each of them.
 */
export const CATALOG_FILES = {
  book: [
    'BOOK',
    'PREBOOK',
    'JPMARC',
    'TRCMARC',
    'USMARC',
    'USMARCX',
    'GPOMARC',
    'UKMARC',
    'REMARC',
    'DNMARC',
    'CHMARC',
    'KORMARC',
    'RECON',
    'HBZBKS',
    'SPABKS',
    'ITABKS',
    'KERISB',
    'KERISX',
    'BNFBKS',
  ],
  serial: ['SERIAL', 'JPMARCS', 'USMARCS', 'SPASER', 'ITASER', 'KERISS', 'BNFSER'],
} as const satisfies Readonly<Record<Form, readonly string[]>>;
export type CatalogFile = (typeof CATALOG_FILES)[Form][number];

/** The file whose records have holdings. */
export const UNION_FILE = { book: 'BOOK', serial: 'SERIAL' } as const satisfies Readonly<Record<Form, CatalogFile>>;

/** Fields of a catalogue search, in the order of the form: all those of the existing app (house-examples 3.7). */
export const SEARCH_FIELDS = {
  book: [
    'title',
    'author',
    'isbn',
    'ncid',
    'publisher',
    'year',
    'fullTitle',
    'series',
    'parentId',
    'volume',
    'titleKey',
    'place',
    'country',
    'language',
    'subject',
    'issn',
    'nbn',
    'ndlcn',
    'lccn',
  ],
  serial: [
    'title',
    'author',
    'issn',
    'ncid',
    'publisher',
    'year',
    'fullTitle',
    'titleKey',
    'place',
    'country',
    'language',
    'subject',
    'coden',
    'ndlpn',
    'lccn',
    'familyId',
  ],
} as const;
export type SearchField = (typeof SEARCH_FIELDS)[Form][number];
/** Number of fields that the form shows before it is expanded. */
export const FIRST_SEARCH_FIELDS = 6;
