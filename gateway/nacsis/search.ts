import type { Query } from '#catp/query';
import type { Send } from './catp-caller';
import type { ReadRecord, RecordPage } from './read-records';
import { unreadable } from './reading';
import { CHUNK, ResultSetReading, type Range } from './result-set-reading';

export interface Found {
  /** Total number of hits. */
  readonly count: number;
  readonly records: RecordPage;
}

/** Searches and returns the records of one range: one call for a range at the beginning, two for a later one. */
export async function searchPage(send: Send, databases: readonly string[], query: Query, range: Range): Promise<Found> {
  const found = await ResultSetReading.open(send, databases, query, range.start === 1 ? range.size : 0);
  return { count: found.count, records: await collected(found.pages(range, range.size)) };
}

/** Reads every record that the query finds. Throws `nacsis-malformed` for more than `most`, which is implausible. */
export async function readAll(
  send: Send,
  databases: readonly string[],
  query: Query,
  most: number,
): Promise<RecordPage> {
  const found = await ResultSetReading.open(send, databases, query, CHUNK);
  if (found.count > most) throw unreadable('NACSIS-ILL reports more records than there can be');
  return collected(found.pages({ start: 1, size: found.count }));
}

/** Reads at most `limit` of the records that the query finds, and returns them with the total number of hits. */
export async function readSome(send: Send, databases: readonly string[], query: Query, limit: number): Promise<Found> {
  const found = await ResultSetReading.open(send, databases, query, Math.min(CHUNK, limit));
  return { count: found.count, records: await collected(found.pages({ start: 1, size: limit })) };
}

async function collected(pages: AsyncIterable<RecordPage>): Promise<RecordPage> {
  const all: ReadRecord[] = [];
  for await (const page of pages) all.push(...page);
  return all;
}
