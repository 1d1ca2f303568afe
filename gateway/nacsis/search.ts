import { CatpError } from '#catp/errors';
import { EDIT_TYPE, HEADER } from '#catp/names';
import { printQuery, type Query } from '#catp/query';
import { decodeRecords } from '#catp/record';
import { resultSetFrom } from '#catp/result-set';
import type { CatpHeaders, CatpRecord, CatpResponse } from '#catp/types';
import type { Send } from './catp-caller';
import { NacsisError } from './port';
import { reading, unreadable } from './reading';

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
export const CHUNK = 100;
/** Above every possible number of hits, so that each answer is a medium set (Z39.50) and brings as many records as asked. */
const NEVER_LARGE = '99999999';

/** Searches and brings the records of one range: one call for a range at the beginning, two for a later one. */
export async function searchPage(send: Send, databases: readonly string[], query: Query, range: Range): Promise<Found> {
  const atOnce = range.start === 1;
  const found = foundIn(await search(send, databases, query, atOnce ? range.size : 0));
  if (atOnce || range.start > found.count) return atOnce ? found : { count: found.count, records: [] };
  const { start } = range;
  const rest = await retrieved(send, { start, size: Math.min(range.size, found.count - start + 1) });
  return { count: found.count, records: rest };
}

/** Every record that the query finds. */
export async function readAll(send: Send, databases: readonly string[], query: Query): Promise<readonly CatpRecord[]> {
  return (await readSome(send, databases, query, Infinity)).records;
}

/** The records that the query finds, at most so many of them; the number of hits in all. */
export async function readSome(send: Send, databases: readonly string[], query: Query, limit: number): Promise<Found> {
  const { count, records } = await searchPage(send, databases, query, { start: 1, size: Math.min(CHUNK, limit) });
  const wanted = Math.min(count, limit);
  const all = [...records];
  while (all.length < wanted) {
    const more = await retrieved(send, { start: all.length + 1, size: Math.min(CHUNK, wanted - all.length) });
    if (more.length === 0) throw tooFew();
    all.push(...more);
  }
  return { count, records: all };
}

/** The answer to a search, with so many records from the beginning of what was found. */
export function search(send: Send, databases: readonly string[], query: Query, present: number): Promise<CatpResponse> {
  return send({ method: 'SEARCH', headers: searchHeaders(databases, present), body: printed(query) });
}

/** The answer with `size` records of what was found last, from the position `start` on. */
export function retrieve(send: Send, { start, size }: Range): Promise<CatpResponse> {
  const headers: CatpHeaders = [
    [HEADER.resultSetStartPosition, String(start)],
    [HEADER.numberOfRecordsRequested, String(size)],
    [HEADER.elementSetNames, EDIT_TYPE.full],
  ];
  return send({ method: 'RETRIEVE', headers });
}

/** Fewer records came than the search found. */
export function tooFew(): NacsisError {
  return unreadable('NACSIS-ILL found more records than it returns');
}

async function retrieved(send: Send, range: Range): Promise<readonly CatpRecord[]> {
  const answer = await retrieve(send, range);
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
