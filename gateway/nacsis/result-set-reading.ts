import { CatpError } from '#catp/errors';
import { EDIT_TYPE, HEADER } from '#catp/names';
import { printQuery, type Query } from '#catp/query';
import { text } from '#catp/record';
import { resultSetFrom } from '#catp/result-set';
import type { CatpHeaders, CatpResponse } from '#catp/types';
import { FIELDS } from '#domain/ill/fields';
import type { Send } from './catp-caller';
import { NacsisError } from './port';
import { idIn, pageIn, type BrokenRecord, type RecordPage } from './read-records';
import { isRecordsFault, reading, reasonOf, unreadable } from './reading';

export interface Range {
  /** Position of the first record, from 1. */
  readonly start: number;
  readonly size: number;
}

/**
 * Records per answer when everything is read.
 * @unconfirmed O: NACSIS-ILL brings 100 records in one answer. Fewer do no harm: the next call begins after those that came.
 * Confirm: RETRIEVE 100 records of a larger result set.
 */
export const CHUNK = 100;
/**
 * Above every possible number of hits, so that each answer is a medium set (Z39.50) with as many records as requested.
 */
const NEVER_LARGE = '99999999';
/** More records than any library has in one file; a larger number is an error. */
const MAX_READ = 1_000_000;
/** Maximum number of records per reading that make a whole answer unreadable. Each such record costs many calls. */
const MAX_LOST_ALONE = 100;

/**
 * The hits of a search, read by position. The reading always ends: each answer must contain new records, and no more
 * than the search reported, else `nacsis-malformed`. An unreadable record is reported beside the others. When it makes
 * a whole answer unreadable, the answer is requested again in halves, so that only this record is lost.
 */
export class ResultSetReading {
  readonly #send: Send;
  readonly #first: RecordPage;
  readonly #seen = new Set<string>();
  #lostAlone = 0;

  private constructor(
    send: Send,
    /** Total number of hits. */
    readonly count: number,
    first: RecordPage,
  ) {
    this.#send = send;
    this.#first = first;
  }

  /** Searches. `present`: number of records from the beginning to return with the answer. */
  static async open(
    send: Send,
    databases: readonly string[],
    query: Query,
    present: number,
  ): Promise<ResultSetReading> {
    const ask = (size: number) =>
      send({ method: 'SEARCH', headers: searchHeaders(databases, size), body: printed(query) });
    // When a record makes the whole answer unreadable, asks for the number of hits alone.
    const answer = await ask(present).catch((error: unknown) => {
      if (!isRecordsFault(error)) throw error;
      return ask(0);
    });
    const { count } = reading(() => resultSetFrom(answer.headers));
    const first = pageIn(answer) ?? [];
    if (first.length > count) throw tooMany();
    return new ResultSetReading(send, count, first);
  }

  /** The records of a range, as far as they exist, in pages of at most `chunk`. */
  async *pages({ start, size }: Range, chunk = CHUNK): AsyncGenerator<RecordPage> {
    const end = Math.min(start + size - 1, this.count);
    if (end - start >= MAX_READ) throw unreadable('NACSIS-ILL reports more records than any library has');
    let at = start;
    if (start === 1 && end > 0 && this.#first.length > 0) {
      const page = this.#checked(this.#first.slice(0, size));
      at += page.length;
      yield page;
    }
    while (at <= end) {
      const page = this.#checked(await this.#pageAt({ start: at, size: Math.min(chunk, end - at + 1) }));
      if (page.length === 0) throw tooFew();
      at += page.length;
      yield page;
    }
  }

  async #pageAt(range: Range): Promise<RecordPage> {
    const { start, size } = range;
    const page = await this.#askedPage(range);
    if (!('reason' in page)) return page.slice(0, size);
    if (size === 1) return [{ broken: this.#lost(page) }];
    const half = Math.ceil(size / 2);
    const first = await this.#pageAt({ start, size: half });
    // The answer has fewer records than requested, so the rest begins at another position.
    if (first.length < half) return first;
    return [...first, ...(await this.#pageAt({ start: start + half, size: size - half }))];
  }

  /** Requests a range and resolves to its page, or to the reason why the whole page is unreadable. */
  async #askedPage(range: Range): Promise<RecordPage | BrokenRecord> {
    const answer = await retrieve(this.#send, range).catch((error: unknown) => {
      if (!isRecordsFault(error)) throw error;
      return { reason: reasonOf(error) };
    });
    if ('reason' in answer && !('body' in answer)) return answer;
    const page = pageIn(answer);
    if (page === undefined)
      return { ...idIn(answer.body), reason: 'the answer does not hold the records that it announces' };
    if (page.length > this.count - range.start + 1) throw tooMany();
    return page;
  }

  #lost(broken: BrokenRecord): BrokenRecord {
    this.#lostAlone += 1;
    if (this.#lostAlone > MAX_LOST_ALONE) throw unreadable('too many answers of NACSIS-ILL cannot be read');
    return broken;
  }

  /** Throws for a record that comes twice, because another one is then missing. */
  #checked(page: RecordPage): RecordPage {
    for (const each of page) {
      const id = 'record' in each ? (text(each.record, FIELDS.id.wire) ?? '') : '';
      if (this.#seen.has(id)) throw unreadable('NACSIS-ILL returns the same record again');
      if (id !== '') this.#seen.add(id);
    }
    return page;
  }
}

/** Retrieves `size` records of the last search, from the position `start` on. */
function retrieve(send: Send, { start, size }: Range): Promise<CatpResponse> {
  const headers: CatpHeaders = [
    [HEADER.resultSetStartPosition, String(start)],
    [HEADER.numberOfRecordsRequested, String(size)],
    [HEADER.elementSetNames, EDIT_TYPE.full],
  ];
  return send({ method: 'RETRIEVE', headers });
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

function printed(query: Query): string {
  try {
    return printQuery(query);
  } catch (error) {
    if (!(error instanceof CatpError)) throw error;
    throw new NacsisError('nacsis-malformed', 'nothing', 'the search cannot be written in CATP', { cause: error });
  }
}

function tooFew(): NacsisError {
  return unreadable('NACSIS-ILL found more records than it returns');
}

function tooMany(): NacsisError {
  return unreadable('NACSIS-ILL returns more records than it found');
}
