import { illRequestFrom, recordOf } from '#catp/ill-record';
import { decodeIndexList, STATUS_INDEX, statusInKey } from '#catp/index-list';
import type { IndexOf } from '#catp/indexes';
import { EDIT_TYPE, HEADER, ILL_PROCEDURE } from '#catp/names';
import { and, or, prefixTerm, term, type Query } from '#catp/query';
import { decodeRecords, encodeRecord, text } from '#catp/record';
import type { CatpRecord } from '#catp/types';
import { COMMAND_WIRE } from '#domain/commands';
import { addDays, today } from '#domain/dates';
import { FIELDS } from '#domain/fields';
import { DATABASES, databaseOf, KINDS, type DatabaseName, type Kind, type Side } from '#domain/kinds';
import type { IllRequest } from '#domain/request';
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
import { readPages } from './record-pages';
import { requestReader } from './request-page';
import { readAll, readSome, searchPage } from './search';

/** The pseudo field that names the file a record came from (ALMA). Whether an answer carries it is not confirmed: nothing depends on it. */
const DATABASE_FIELD = '_DBNAME_';
/** The index of the record that is asked for. That the ILL files have it is not confirmed (catp/indexes.ts, proposed). */
const RECORD_INDEX: IndexOf<'COPYO'> = 'BIBID';
/** Requests of one record that are read at most; more of them than this are told as incomplete. */
const MAX_OF_RECORD = 200;

/** The field that names the library whose request it is on this side. */
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

  /** The file that is searched tells the kind, so each is searched by itself. */
  async read(account: NacsisAccount, side: Side, id: string, kind?: Kind): Promise<IllRequest | undefined> {
    const query = term(FIELDS.id.wire, id);
    return this.#caller.session(account, async (send) => {
      for (const each of kind === undefined ? KINDS : [kind]) {
        const { records } = await searchPage(send, [databaseOf(each, side)], query, { start: 1, size: 2 });
        const found = reading(() => records.map((record) => illRequestFrom(record, kindOf(record, each))));
        const request = found.find((one) => one.id === id);
        if (request !== undefined) return request;
      }
      return undefined;
    });
  }

  /** What the file holds for another record or another library is left out, however the index understood the search. */
  async ofRecord(account: NacsisAccount, kind: Kind, bibId: string): Promise<RequestsOfRecord> {
    const query = term(RECORD_INDEX, bibId);
    const { count, records } = await this.#caller.session(account, (send) =>
      readSome(send, [databaseOf(kind, 'borrower')], query, MAX_OF_RECORD),
    );
    const requests = reading(() => records.map((record) => illRequestFrom(record, kind)));
    const isWanted = ({ fields: { bibId: id, borrowerId = account.memberId } }: IllRequest) =>
      id === bibId && borrowerId === account.memberId;
    return { requests: requests.filter(isWanted), isComplete: records.length >= count };
  }

  async createdSince(account: NacsisAccount, kind: Kind, since: string): Promise<readonly IllRequest[]> {
    const own = term(FIELDS.borrowerId.wire, account.memberId);
    const query = and(own, ...onDays(FIELDS.createdOn.wire, since));
    const records = await this.#caller.session(account, (send) => readAll(send, [databaseOf(kind, 'borrower')], query));
    return reading(() => records.map((record) => illRequestFrom(record, kind)));
  }

  async readFile(account: NacsisAccount, { kind, side, since, status }: FileReading, save: SavePage): Promise<void> {
    const own = term(FIELDS[OWNER[side]].wire, account.memberId);
    const query = and(
      own,
      ...(since === undefined ? [] : onDays(FIELDS.updatedOn.wire, since)),
      ...(status === undefined ? [] : [term(FIELDS.state.wire, status)]),
    );
    await this.#caller.session(account, (send) => {
      const requestsOf = requestReader(kind);
      return readPages(send, [databaseOf(kind, side)], query, (page) => save(requestsOf(page)));
    });
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

function bodyOf(fields: CommandCall['fields'], comment: string | undefined): string {
  try {
    return encodeRecord(recordOf(fields, comment));
  } catch (error) {
    throw new NacsisError('nacsis-malformed', 'nothing', 'the fields cannot be written in CATP', { cause: error });
  }
}

/** The kind that the record itself names, or else that of the file that was searched. */
function kindOf(record: CatpRecord, searched: Kind): Kind {
  const database = text(record, DATABASE_FIELD);
  return database !== undefined && Object.hasOwn(DATABASES, database)
    ? DATABASES[database as DatabaseName].kind
    : searched;
}

/** The search for a date from `since` on; nothing for a span that is too long to name. */
function onDays(index: string, since: string): readonly Query[] {
  const days = daysFrom(since);
  return days === undefined ? [] : [or(...days.map((day) => prefixTerm(index, day)))];
}

/** Every day from `since` to today, or undefined for a span that is too long to name. */
function daysFrom(since: string): readonly string[] | undefined {
  const last = today();
  const days: string[] = [];
  for (let day = since; day <= last; day = addDays(day, 1)) {
    if (days.length >= MAX_SINCE_DAYS) return undefined;
    days.push(day);
  }
  return days.length === 0 ? [last] : days;
}
