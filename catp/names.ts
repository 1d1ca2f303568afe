import { DATABASES } from '#domain/kinds';
import { REFERENCE_FILES } from './reference-files';

/** CATP-3.2; case-sensitive. INSERT and DELETE are CATP's, too, and not for the ILL files (JS 17): we neither send nor serve them. */
export const METHODS = [
  'GETHANDLE',
  'RELEASEHANDLE',
  'RELEASEFRAME',
  'SEARCH',
  'RETRIEVE',
  'SCAN',
  'INDEXLIST',
  'UPDATE',
  'SERVERPROCEDURECALL',
] as const;
export type CatpMethod = (typeof METHODS)[number];

export const CATP_VERSION = 'CATP/1.1';
/** Handle and frame of a GETHANDLE request, where there is none yet (RUBY). */
export const DUMMY_HANDLE = '0123456789';
export const DUMMY_FRAME = '000';
/** The procedure of every ILL-command (SPC 2). */
export const ILL_PROCEDURE = 'ILL';

/** Header names; compared without regard to case. */
export const HEADER = {
  contentLength: 'Content-Length',
  encoding: 'Encoding',
  schemaVersion: 'Schema-version',
  /** `user,password`, as the known client sends it. */
  authenticate: 'Authenticate',
  /** The name in the specification (JS 4); accepted besides `Authenticate`. */
  authenticationInfo: 'Authentication-info',
  databaseNames: 'Database-names',
  smallSetElementSetNames: 'Small-set-element-set-names',
  mediumSetElementSetNames: 'Medium-set-element-set-names',
  smallSetUpperBound: 'Small-set-upper-bound',
  largeSetLowerBound: 'Large-set-lower-bound',
  mediumSetPresentNumber: 'Medium-set-present-number',
  resultSetStartPosition: 'Result-set-start-position',
  numberOfRecordsRequested: 'Number-of-records-requested',
  /** The edit type of RETRIEVE: unconfirmed name, by analogy with SEARCH. */
  elementSetNames: 'Element-set-names',
  targetFrame: 'Target-frame',
  /** The index that INDEXLIST lists: unconfirmed name (dossier 9.7). */
  indexName: 'Index-name',
  procedureName: 'Procedure-name',
  illCommand: 'ILL-command',
  returnedEditType: 'Returned-edit-type',
  resultCount: 'Result-count',
  numberOfRecordsReturned: 'Number-of-records-returned',
  nextResultSetPosition: 'Next-result-set-position',
  /** Line 1 of an answer; the server's methods, comma list. Unconfirmed name: the known client reads the line by its position. */
  methods: 'Methods',
} as const;

/** The headers of an answer with a result set, in the order of its lines 2 to 4. */
export const RESULT_SET_HEADERS = [
  HEADER.resultCount,
  HEADER.numberOfRecordsReturned,
  HEADER.nextResultSetPosition,
] as const;

/** The encoding that we write (C11), and the only one that we read. */
export const ENCODING = 'UTF8';
const ENCODING_SPELLINGS: ReadonlySet<string> = new Set([ENCODING, 'UTF-8']);
export function isKnownEncoding(name: string): boolean {
  return ENCODING_SPELLINGS.has(name.toUpperCase());
}

/** Edit types (JS 7): 0 = no record back, 2 = the full record (as RUBY uses it). */
export const EDIT_TYPE = { none: '0', full: '2' } as const;

/** The files of NACSIS-CAT that interlibrary loan reads, and MEMBER, whose own record a library may update. */
export const CATALOG_DATABASES = ['BOOK', 'SERIAL', 'BHOLD', 'SHOLD', 'MEMBER'] as const;
export type CatalogDatabase = (typeof CATALOG_DATABASES)[number];
/** Every file that can be searched. */
export const DATABASE_NAMES: readonly string[] = [
  ...CATALOG_DATABASES,
  ...REFERENCE_FILES.book,
  ...REFERENCE_FILES.serial,
  ...Object.keys(DATABASES),
];

/** One pair of tags encloses the parts of one occurrence of a group: `<HMLG>` … `</HMLG>`. Unconfirmed (dossier 9.7); the one place to correct. */
export const GROUP_TAGS = {
  open: (name: string): string => `<${name}>`,
  close: (name: string): string => `</${name}>`,
  openForm: /^<([A-Za-z_][A-Za-z0-9_]*)>$/,
  closeForm: /^<\/([A-Za-z_][A-Za-z0-9_]*)>$/,
} as const;

/** Parts that may repeat inside one occurrence of a group (ALMA). A `CatpGroup` holds one text per part: the first is kept. */
export const REPEATED_PARTS: ReadonlyMap<string, readonly string[]> = new Map([['VOLG', ['XISBN']]]);

/** JS 3 */
export const BOUNDARY = '--NACSIS-CATP';
export const CLOSING_BOUNDARY = '--NACSIS-CATP--';
