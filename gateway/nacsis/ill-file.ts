import { illRequestFrom, recordOf } from '#catp/ill-record';
import { decodeIndexList, STATUS_INDEX, statusInKey } from '#catp/index-list';
import type { IndexOf } from '#catp/indexes';
import { DATABASE_FIELD, EDIT_TYPE, HEADER, ILL_PROCEDURE } from '#catp/names';
import { and, or, prefixTerm, term, type Query } from '#catp/query';
import { decodeRecords, encodeRecord, text } from '#catp/record';
import type { CatpRecord } from '#catp/types';
import { COMMAND_WIRE } from '#domain/ill/commands';
import { addDays, today } from '#domain/ill/dates';
import { FIELDS } from '#domain/ill/fields';
import { DATABASES, databaseOf, KINDS, type DatabaseName, type Kind, type Side } from '#domain/ill/kinds';
import type { IllRequest } from '#domain/ill/request';
import type { CatpCaller } from './catp-caller';
import {
  MAX_SINCE_DAYS,
  NacsisError,
  type CommandCall,
  type FileReading,
  type NacsisAccount,
  type RequestsOfRecord,
  type SavePage,
} from './port';
import { reading, unreadable } from './reading';
import { mustBeNone, readEach, readEvery } from './read-records';
import { readPages } from './record-pages';
import { requestReader } from './request-page';
import { readAll, readSome, searchPage } from './search';

/** The index of the requested bibliographic record. */
const RECORD_INDEX: IndexOf<'COPYO'> = 'BIBID';
/** Maximum number of requests read for one record; beyond it the result is incomplete. */
const MAX_OF_RECORD = 200;
/**
 * Upper limit for the requests of one kind: more than a library can have made. When the span has too many days to name,
 * all requests are read.
 */
const MAX_SINCE = 200_000;

/** The field that names the library that owns the request on this side. */
const OWNER = { borrower: 'borrowerId', lender: 'lenderId' } as const satisfies Record<Side, string>;

/** The four files of ILL requests, each seen from one side. */
export class IllFile {
  readonly #caller: CatpCaller;

  constructor(caller: CatpCaller) {
    this.#caller = caller;
  }

  async perform(account: NacsisAccount, call: CommandCall): Promise<IllRequest> {
    const fields = call.id === undefined ? call.fields : { ...call.fields, id: call.id };
    const answer = await this.#caller.call(account, {
      method: 'SERVERPROCEDURECALL',
      headers: [
        [HEADER.procedureName, ILL_PROCEDURE],
        [HEADER.databaseNames, databaseOf(call.kind, call.side)],
        [HEADER.illCommand, COMMAND_WIRE[call.command]],
        [HEADER.returnedEditType, EDIT_TYPE.full],
      ],
      body: bodyOf(fields, call.comment),
      ...(call.notAfter === undefined ? {} : { notAfter: call.notAfter }),
    });
    return reading(() => {
      const [record, ...more] = decodeRecords(answer.body);
      if (record === undefined || more.length > 0) throw unreadable('the answer to a command does not hold one record');
      const request = illRequestFrom(record, call.kind);
      if (call.id !== undefined && request.id !== call.id)
        throw unreadable('the answer to a command holds another record');
      return request;
    });
  }

  /** The searched file determines the kind, so each file is searched separately. */
  async read(account: NacsisAccount, side: Side, id: string, kind?: Kind): Promise<IllRequest | undefined> {
    const query = term(FIELDS.id.wire, id);
    return this.#caller.session(account, async (send) => {
      for (const each of kind === undefined ? KINDS : [kind]) {
        const { records } = await searchPage(send, [databaseOf(each, side)], query, { start: 1, size: 2 });
        const { items, broken } = readEach(records, (record) => illRequestFrom(record, kindOf(record, each)));
        const request = items.find((one) => one.id === id);
        if (request !== undefined) return request;
        // Throws for a record that exists but cannot be read.
        mustBeNone(broken);
      }
      return undefined;
    });
  }

  /** Returns only requests of this library for this record, however the index interprets the search. */
  async ofRecord(account: NacsisAccount, kind: Kind, bibId: string): Promise<RequestsOfRecord> {
    const query = term(RECORD_INDEX, bibId);
    const { count, records } = await this.#caller.session(account, (send) =>
      readSome(send, [databaseOf(kind, 'borrower')], query, MAX_OF_RECORD),
    );
    const { items, broken } = readEach(records, (record) => illRequestFrom(record, kind));
    const isWanted = ({ fields: { bibId: id, borrowerId = account.memberId } }: IllRequest) =>
      id === bibId && borrowerId === account.memberId;
    return { requests: items.filter(isWanted), isComplete: records.length >= count && broken.length === 0 };
  }

  async createdSince(account: NacsisAccount, kind: Kind, since: string): Promise<readonly IllRequest[]> {
    const own = term(FIELDS.borrowerId.wire, account.memberId);
    const query = and(own, ...onDays(FIELDS.createdOn.wire, since));
    const records = await this.#caller.session(account, (send) =>
      readAll(send, [databaseOf(kind, 'borrower')], query, MAX_SINCE),
    );
    // Throws for an unreadable request: a search for a lost command must not take it for a missing one.
    return readEvery(records, (record) => illRequestFrom(record, kind));
  }

  async readFile(account: NacsisAccount, wanted: FileReading, save: SavePage): Promise<void> {
    const { kind, side } = wanted;
    await this.#caller.session(account, (send) => {
      const requestsOf = requestReader(kind);
      return readPages(send, [databaseOf(kind, side)], queryOf(account, wanted), (page) => save(requestsOf(page)));
    });
  }

  async countInFile(account: NacsisAccount, wanted: FileReading): Promise<number> {
    const none = { start: 1, size: 0 };
    const { count } = await this.#caller.session(account, (send) =>
      searchPage(send, [databaseOf(wanted.kind, wanted.side)], queryOf(account, wanted), none),
    );
    return count;
  }

  async countsByStatus(account: NacsisAccount, kind: Kind, side: Side): Promise<ReadonlyMap<string, number>> {
    const answer = await this.#caller.call(account, {
      method: 'INDEXLIST',
      headers: [
        [HEADER.databaseNames, databaseOf(kind, side)],
        [HEADER.indexName, STATUS_INDEX[side]],
      ],
    });
    return reading(
      () =>
        new Map(
          decodeIndexList(answer.body).flatMap(({ key, count }) => {
            const status = statusInKey(account.memberId, key);
            return status === undefined ? [] : [[status, count] as const];
          }),
        ),
    );
  }
}

function queryOf({ memberId }: NacsisAccount, { side, since, status, updatedIn }: FileReading): Query {
  return and(
    term(FIELDS[OWNER[side]].wire, memberId),
    ...(since === undefined ? [] : onDays(FIELDS.updatedOn.wire, since)),
    ...(updatedIn === undefined ? [] : [prefixTerm(FIELDS.updatedOn.wire, updatedIn)]),
    ...(status === undefined ? [] : [term(FIELDS.state.wire, status)]),
  );
}

function bodyOf(fields: CommandCall['fields'], comment: string | undefined): string {
  try {
    return encodeRecord(recordOf(fields, comment));
  } catch (error) {
    throw new NacsisError('nacsis-malformed', 'nothing', 'the fields cannot be written in CATP', { cause: error });
  }
}

/** The kind that the record itself names, else that of the searched file. */
function kindOf(record: CatpRecord, searched: Kind): Kind {
  const database = text(record, DATABASE_FIELD);
  return database !== undefined && Object.hasOwn(DATABASES, database)
    ? DATABASES[database as DatabaseName].kind
    : searched;
}

/** Search terms for the dates from `since` on; none when the span is too long. */
function onDays(index: string, since: string): readonly Query[] {
  const days = daysFrom(since);
  return days === undefined ? [] : [or(...days.map((day) => term(index, day)))];
}

/** Every day from `since` to today; undefined when the span is too long. */
function daysFrom(since: string): readonly string[] | undefined {
  const last = today();
  const days: string[] = [];
  for (let day = since; day <= last; day = addDays(day, 1)) {
    if (days.length >= MAX_SINCE_DAYS) return undefined;
    days.push(day);
  }
  return days.length === 0 ? [last] : days;
}
