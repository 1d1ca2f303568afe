import { illRequestFrom, recordOf } from '#catp/ill-record';
import { decodeIndexList, STATUS_INDEX, statusInKey } from '#catp/index-list';
import { EDIT_TYPE, HEADER, ILL_PROCEDURE } from '#catp/names';
import { and, or, prefixTerm, term, type Query } from '#catp/query';
import { decodeRecords, encodeRecord, text } from '#catp/record';
import type { CatpRecord } from '#catp/types';
import { COMMAND_WIRE } from '#domain/commands';
import { addDays, today } from '#domain/dates';
import { FIELDS } from '#domain/fields';
import { DATABASES, databaseOf, type DatabaseName, type Kind, type Side } from '#domain/kinds';
import type { IllRequest } from '#domain/request';
import type { CatpCaller } from './catp-caller';
import { NacsisError, type CommandCall, type NacsisAccount } from './port';
import { reading, unreadable } from './reading';
import { readAll, searchPage } from './search';

/** The pseudo field that names the file a record came from (ALMA). */
const DATABASE_FIELD = '_DBNAME_';
/** A search by day of creation names each day; a longer span than this asks for everything of the library instead. */
const MAX_DAYS = 31;

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

  async read(account: NacsisAccount, side: Side, id: string): Promise<IllRequest | undefined> {
    const databases = [databaseOf('copy', side), databaseOf('loan', side)];
    const query = term(FIELDS.id.wire, id);
    const { records } = await this.#caller.session(account, (send) =>
      searchPage(send, databases, query, { start: 1, size: 2 }),
    );
    return reading(() =>
      records.map((record) => illRequestFrom(record, kindOf(record))).find((request) => request.id === id),
    );
  }

  async createdSince(account: NacsisAccount, kind: Kind, since: string): Promise<readonly IllRequest[]> {
    const own = term(FIELDS.borrowerId.wire, account.memberId);
    const days = daysFrom(since);
    const query: Query =
      days === undefined ? own : and(own, or(...days.map((day) => prefixTerm(FIELDS.createdOn.wire, day))));
    const records = await this.#caller.session(account, (send) => readAll(send, [databaseOf(kind, 'borrower')], query));
    return reading(() => records.map((record) => illRequestFrom(record, kind)));
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

function kindOf(record: CatpRecord): Kind {
  const database = text(record, DATABASE_FIELD);
  if (database !== undefined && Object.hasOwn(DATABASES, database)) return DATABASES[database as DatabaseName].kind;
  throw unreadable('a record does not say which file it is from');
}

/** Every day from `since` to today, or undefined for a span that is too long to name. */
function daysFrom(since: string): readonly string[] | undefined {
  const last = today();
  const days: string[] = [];
  for (let day = since; day <= last; day = addDays(day, 1)) {
    if (days.length >= MAX_DAYS) return undefined;
    days.push(day);
  }
  return days.length === 0 ? [last] : days;
}
