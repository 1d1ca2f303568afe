import type { Form } from './catalog';

/**
 * The files of NACSIS-CAT that a search may look into: the union catalogue first, then the reference files
 * (names as the existing Cloud App sends them; which of them the service of 2023 still has is not confirmed: the one place to correct).
 * Only a record of the union catalogue has holdings.
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

/** Fields of a catalogue search, in the order in which the form shows them; those of the existing app, none missing (house-examples 3.7). */
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
/** How many of them a form shows before it is unfolded. */
export const FIRST_SEARCH_FIELDS = 6;
