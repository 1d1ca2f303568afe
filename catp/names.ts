import { DATABASES } from '#domain/ill/kinds';
import { REFERENCE_FILES } from './reference-files';

/**
 * Method names (CATP-3.2), case-sensitive. CATP also has INSERT and DELETE, but not for the ILL files (JS 17). We
 * neither send nor serve them.
 */
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
/** Handle and frame of a GETHANDLE request, which has no session yet (RUBY). */
export const DUMMY_HANDLE = '0123456789';
export const DUMMY_FRAME = '000';
/** The procedure of every ILL command (SPC 2). */
export const ILL_PROCEDURE = 'ILL';

/** Header names, compared case-insensitively. */
export const HEADER = {
  contentLength: 'Content-Length',
  encoding: 'Encoding',
  /** `user,password`, as the known client sends it. */
  authenticate: 'Authenticate',
  /** The name in the specification (JS 4), also accepted. */
  authenticationInfo: 'Authentication-info',
  databaseNames: 'Database-names',
  smallSetElementSetNames: 'Small-set-element-set-names',
  mediumSetElementSetNames: 'Medium-set-element-set-names',
  smallSetUpperBound: 'Small-set-upper-bound',
  largeSetLowerBound: 'Large-set-lower-bound',
  mediumSetPresentNumber: 'Medium-set-present-number',
  resultSetStartPosition: 'Result-set-start-position',
  numberOfRecordsRequested: 'Number-of-records-requested',
  /**
   * The edit type of RETRIEVE.
   * @unconfirmed I: RETRIEVE takes the edit type in a header whose name follows those of SEARCH.
   * Confirm: RETRIEVE a record with edit type 1 and with 2, and compare.
   */
  elementSetNames: 'Element-set-names',
  targetFrame: 'Target-frame',
  /**
   * The index that INDEXLIST lists.
   * @unconfirmed O: INDEXLIST takes the index in the header Index-name (dossier 9.7). Confirm: send INDEXLIST for OMLIDS of COPYO; a refusal shows that the name is another.
   */
  indexName: 'Index-name',
  procedureName: 'Procedure-name',
  illCommand: 'ILL-command',
  returnedEditType: 'Returned-edit-type',
  resultCount: 'Result-count',
  numberOfRecordsReturned: 'Number-of-records-returned',
  nextResultSetPosition: 'Next-result-set-position',
  /**
   * Line 1 of an answer: the server's methods as a comma-separated list.
   * @unconfirmed O: Line 1 of an answer is a header Methods; the known client reads the line by its position. Confirm: look at line 1 of the answer to GETHANDLE.
   */
  methods: 'Methods',
} as const;

/** The headers of an answer with a result set, in the order of lines 2 to 4. */
export const RESULT_SET_HEADERS = [
  HEADER.resultCount,
  HEADER.numberOfRecordsReturned,
  HEADER.nextResultSetPosition,
] as const;

/** The encoding that we write (C11) and the only one that we read. */
export const ENCODING = 'UTF8';
const ENCODING_SPELLINGS: ReadonlySet<string> = new Set([ENCODING, 'UTF-8']);
export function isKnownEncoding(name: string): boolean {
  return ENCODING_SPELLINGS.has(name.toUpperCase());
}

/**
 * Edit types (JS 7): 0 returns no record, 1 a part of it, 2 more, 9 everything. We request 2, as RUBY does.
 * @unconfirmed I: Edit type 2 has every field that the gateway reads. Confirm: read one record of each file with 2 and with 9, and compare.
 */
export const EDIT_TYPE = { none: '0', brief: '1', full: '2', everything: '9' } as const;

/**
 * The files of NACSIS-CAT that interlibrary loan reads, including MEMBER, in which a library may update its own record.
 */
const CATALOG_DATABASES = ['BOOK', 'SERIAL', 'BHOLD', 'SHOLD', 'MEMBER'] as const;
/** All files that can be searched. */
export const DATABASE_NAMES: readonly string[] = [
  ...CATALOG_DATABASES,
  ...REFERENCE_FILES.book,
  ...REFERENCE_FILES.serial,
  ...Object.keys(DATABASES),
];

/** The pseudo field that names the file of a record, in the first line of a transferred record. */
export const DATABASE_FIELD = '_DBNAME_';

/**
 * @unconfirmed I: One pair of tags encloses the parts of one occurrence of a group: `<HMLG>` … `</HMLG>` (dossier 9.7). A client in use writes HOLD so.
 * Confirm: read a request with two candidate lenders from COPYO.
 */
export const GROUP_TAGS = {
  open: (name: string): string => `<${name}>`,
  close: (name: string): string => `</${name}>`,
  openForm: /^<([A-Za-z_][A-Za-z0-9_]*)>$/,
  closeForm: /^<\/([A-Za-z_][A-Za-z0-9_]*)>$/,
} as const;

/**
 * Parts that may repeat inside one occurrence of a group (ALMA). A `CatpGroup` has one text per part, so only the first
 * is kept.
 */
export const REPEATED_PARTS: ReadonlyMap<string, readonly string[]> = new Map([['VOLG', ['XISBN']]]);

/** Source: JS 3. */
export const BOUNDARY = '--NACSIS-CATP';
export const CLOSING_BOUNDARY = '--NACSIS-CATP--';
