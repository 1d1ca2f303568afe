import { CatpError } from '#catp/errors';
import { EDIT_TYPE, HEADER } from '#catp/names';
import { printQuery, type Query } from '#catp/query';
import { decodeRecords } from '#catp/record';
import { resultSetFrom } from '#catp/result-set';
import type { CatpHeaders, CatpRecord, CatpResponse } from '#catp/types';
import type { Send } from './catp-caller';
import { NacsisError } from './port';
import { reading } from './reading';

export interface Found {
  /** Hits in all. */
  readonly count: number;
  readonly records: readonly CatpRecord[];
}
export interface Range {
  /** Position of the first record wanted, from 1. */
  readonly start: number;
  readonly size: number;
}

/** Records per answer when everything is read; the server's own limit is not documented. */
const CHUNK = 100;
/** Above every possible number of hits, so that each answer is a medium set (Z39.50) and brings as many records as asked. */
const NEVER_LARGE = '99999999';

/** Searches and brings the records of one range: one call for a range at the beginning, two for a later one. */
export async function searchPage(send: Send, databases: readonly string[], query: Query, range: Range): Promise<Found> {
  const atOnce = range.start === 1;
  const found = foundIn(
    await send({ method: 'SEARCH', headers: searchHeaders(databases, atOnce ? range.size : 0), body: printed(query) }),
  );
  if (atOnce || range.start > found.count) return atOnce ? found : { count: found.count, records: [] };
  const rest = await retrieve(send, range.start, Math.min(range.size, found.count - range.start + 1));
  return { count: found.count, records: rest };
}

/** Every record that the query finds. */
export async function readAll(send: Send, databases: readonly string[], query: Query): Promise<readonly CatpRecord[]> {
  return (await readSome(send, databases, query, Infinity)).records;
}

/** The records that the query finds, at most so many of them. */
export async function readSome(send: Send, databases: readonly string[], query: Query, limit: number): Promise<Found> {
  const records: CatpRecord[] = [];
  const keep = (page: readonly CatpRecord[]) => {
    records.push(...page);
    return Promise.resolve();
  };
  const count = await readPages(send, databases, query, keep, limit);
  return { count, records };
}

/** Gives the records that the query finds page by page, at most so many of them; the number of hits in all. */
export async function readPages(
  send: Send,
  databases: readonly string[],
  query: Query,
  take: (records: readonly CatpRecord[]) => Promise<void>,
  limit = Infinity,
): Promise<number> {
  const { count, records } = await searchPage(send, databases, query, { start: 1, size: Math.min(CHUNK, limit) });
  const wanted = Math.min(count, limit);
  let taken = records.length;
  if (taken > 0) await take(records);
  while (taken < wanted) {
    const more = await retrieve(send, taken + 1, Math.min(CHUNK, wanted - taken));
    if (more.length === 0)
      throw new NacsisError('nacsis-malformed', 'unknown', 'NACSIS-ILL found more records than it returns', {
        how: 'malformed',
      });
    await take(more);
    taken += more.length;
  }
  return count;
}

async function retrieve(send: Send, start: number, size: number): Promise<readonly CatpRecord[]> {
  const headers: CatpHeaders = [
    [HEADER.resultSetStartPosition, String(start)],
    [HEADER.numberOfRecordsRequested, String(size)],
    [HEADER.elementSetNames, EDIT_TYPE.full],
  ];
  const answer = await send({ method: 'RETRIEVE', headers });
  return reading(() => decodeRecords(answer.body));
}

function searchHeaders(databases: readonly string[], present: number): CatpHeaders {
  return [
    [HEADER.databaseNames, databases.join(',')],
    [HEADER.smallSetElementSetNames, EDIT_TYPE.full],
    [HEADER.mediumSetElementSetNames, EDIT_TYPE.full],
    [HEADER.smallSetUpperBound, '0'],
    [HEADER.largeSetLowerBound, NEVER_LARGE],
    [HEADER.mediumSetPresentNumber, String(present)],
  ];
}

function foundIn(answer: CatpResponse): Found {
  return reading(() => ({ count: resultSetFrom(answer.headers).count, records: decodeRecords(answer.body) }));
}

function printed(query: Query): string {
  try {
    return printQuery(query);
  } catch (error) {
    if (!(error instanceof CatpError)) throw error;
    throw new NacsisError('nacsis-malformed', 'nothing', 'the search cannot be written in CATP', { cause: error });
  }
}
