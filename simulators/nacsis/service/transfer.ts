import { CATALOG_NAMES, HOLDING_NAMES } from '#catp/catalog-names';
import type { IndexedDatabase } from '#catp/indexes';
import { MEMBER_NAMES } from '#catp/member-record';
import { DATABASE_FIELD, EDIT_TYPE } from '#catp/names';
import { encodeRecord, text } from '#catp/record';
import type { CatpRecord } from '#catp/types';
import { FIELDS, GROUPS } from '#domain/ill/fields';
import { isIllDatabase } from '../data-files';
import { Refused } from '../refused';
import type { Hit } from '../search/search';

/**
 * @unconfirmed I: A record is transferred with the name of its file as its first line. Written so for the files CHANGE and title authority, and by a client for BOOK.
 * Confirm: look at the first line of any record that a SEARCH brings, and of the record that an ILL command returns.
 */
const NAMES_ITS_FILE: boolean = true;
/**
 * @unconfirmed I: The answer to SEARCH, and to no other method, names the files that were searched (JS 5).
 * Confirm: look at the headers of the answers to SEARCH, SCAN and RETRIEVE.
 */
export const SEARCH_NAMES_FILES: boolean = true;
/**
 * Contents of the edit types (JS 7): 1 has these fields of each file, 2 all except `onlyInNine`, 9 everything. 0
 * returns no record.
 * @unconfirmed I: Edit type 1 is a part of the record, 2 is more, 9 everything. Certain for the file CHANGE; which fields each has is made up.
 * Confirm: read one record of BOOK, BHOLD, MEMBER and COPYO with 1, 2 and 9, and compare. Where 2 lacks a field that the gateway reads, ask for 9.
 */
const EDIT_TYPE_FIELDS = {
  brief: {
    catalogue: [CATALOG_NAMES.id, 'TR', CATALOG_NAMES.title.text, 'PUB', 'YEAR', CATALOG_NAMES.numbering],
    holdings: [
      HOLDING_NAMES.id,
      HOLDING_NAMES.ncid,
      HOLDING_NAMES.memberId,
      HOLDING_NAMES.memberName,
      HOLDING_NAMES.location,
    ],
    members: [MEMBER_NAMES.memberId, MEMBER_NAMES.name, MEMBER_NAMES.abbreviation],
    requests: [
      ...(['id', 'state', 'borrowerId', 'lenderId', 'createdOn', 'updatedOn'] as const).map(
        (name) => FIELDS[name].wire,
      ),
      GROUPS.bibliography.wire,
    ],
  },
  onlyInNine: ['CRTUID', 'RNWUID'],
} as const;

/** A record as sent in an edit type other than 0. */
export function transferred({ database, record }: Hit, type: string): string {
  const named: CatpRecord = NAMES_ITS_FILE ? { [DATABASE_FIELD]: database } : {};
  const fields = Object.entries(record).filter(([name]) => isIn(database, type, name));
  return encodeRecord({ ...named, ...Object.fromEntries(fields) });
}

/** Returns the record that a client sent, without the name of its file. Refuses the name of another file. */
export function received(database: IndexedDatabase, body: CatpRecord): CatpRecord {
  const { [DATABASE_FIELD]: named, ...record } = body;
  if (named !== undefined && text(body, DATABASE_FIELD) !== database)
    throw new Refused('badRequest', `the record is not of ${database}`);
  return record;
}

function isIn(database: IndexedDatabase, type: string, name: string): boolean {
  if (type === EDIT_TYPE.everything) return true;
  const { brief, onlyInNine } = EDIT_TYPE_FIELDS;
  const names: readonly string[] = type === EDIT_TYPE.brief ? brief[kindOf(database)] : onlyInNine;
  return names.includes(name) === (type === EDIT_TYPE.brief);
}

function kindOf(database: IndexedDatabase): keyof typeof EDIT_TYPE_FIELDS.brief {
  if (isIllDatabase(database)) return 'requests';
  if (database === 'MEMBER') return 'members';
  return database === 'BHOLD' || database === 'SHOLD' ? 'holdings' : 'catalogue';
}
