import { CatpError } from '#catp/errors';
import { headerValue } from '#catp/header-block';
import { HEADER } from '#catp/names';
import type { Query } from '#catp/query';
import { decodeRecord, splitRecords } from '#catp/record';
import { resultSetFrom } from '#catp/result-set';
import type { CatpRecord, CatpResponse } from '#catp/types';
import { FIELDS } from '#domain/fields';
import type { Send } from './catp-caller';
import { isRecordsFault, reading, reasonOf } from './reading';
import { CHUNK, retrieve, search, tooFew, type Range } from './search';

/** A record that is not written as a record must be. */
export interface BrokenRecord {
  /** What stands in it as its id. */
  readonly id?: string;
  readonly reason: string;
}
export type ReadRecord = { readonly record: CatpRecord } | { readonly broken: BrokenRecord };
export type RecordPage = readonly ReadRecord[];

const ID_LINE = new RegExp(`^${FIELDS.id.wire}=(.*)$`, 'm');

/**
 * Gives the records that the query finds page by page. One that cannot be read is told beside the others; where it makes the whole answer
 * unreadable, the page is asked for again in halves, so that it is lost alone.
 */
export async function readPages(
  send: Send,
  databases: readonly string[],
  query: Query,
  take: (page: RecordPage) => Promise<void>,
): Promise<void> {
  const { count, page } = await firstPage(send, databases, query);
  let taken = page.length;
  if (taken > 0) await take(page);
  while (taken < count) {
    const more = await pageAt(send, { start: taken + 1, size: Math.min(CHUNK, count - taken) });
    if (more.length === 0) throw tooFew();
    await take(more);
    taken += more.length;
  }
}

async function firstPage(
  send: Send,
  databases: readonly string[],
  query: Query,
): Promise<{ readonly count: number; readonly page: RecordPage }> {
  // Where the answer is unreadable as a whole, so is the number of hits in it.
  const answer = await search(send, databases, query, CHUNK).catch((error: unknown) => {
    if (!isRecordsFault(error)) throw error;
    return search(send, databases, query, 0);
  });
  const { count } = reading(() => resultSetFrom(answer.headers));
  const page = pageIn(answer);
  const isWhole = page !== undefined && (page.length > 0 || count === 0);
  return { count, page: isWhole ? page : await pageAt(send, { start: 1, size: Math.min(CHUNK, count) }) };
}

async function pageAt(send: Send, range: Range): Promise<RecordPage> {
  const { start, size } = range;
  const page = await askedPage(send, range);
  if (!('reason' in page)) return page;
  if (size === 1) return [{ broken: page }];
  const half = Math.ceil(size / 2);
  const first = await pageAt(send, { start, size: half });
  // Fewer than were asked for: the rest begins elsewhere.
  if (first.length < half) return first;
  return [...first, ...(await pageAt(send, { start: start + half, size: size - half }))];
}

/** The page, or what makes it unreadable as a whole. */
async function askedPage(send: Send, range: Range): Promise<RecordPage | BrokenRecord> {
  try {
    const answer = await retrieve(send, range);
    return pageIn(answer) ?? { ...idIn(answer.body), reason: 'the answer does not hold the records that it announces' };
  } catch (error) {
    if (!isRecordsFault(error)) throw error;
    return { reason: reasonOf(error) };
  }
}

/** The records of an answer, each read by itself; undefined where it is not known which line belongs to which. */
function pageIn({ headers, body }: CatpResponse): RecordPage | undefined {
  const announced = headerValue(headers, HEADER.numberOfRecordsReturned);
  try {
    const written = splitRecords(body);
    return announced === undefined || written.length === Number(announced) ? written.map(read) : undefined;
  } catch (error) {
    if (error instanceof CatpError) return undefined;
    throw error;
  }
}

function read(written: string): ReadRecord {
  try {
    return { record: decodeRecord(written) };
  } catch (error) {
    if (!(error instanceof CatpError)) throw error;
    return { broken: { ...idIn(written), reason: error.message } };
  }
}

function idIn(written: string): { readonly id?: string } {
  const id = ID_LINE.exec(written)?.[1]?.trim();
  return id === undefined ? {} : { id };
}
