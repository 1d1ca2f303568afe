import type { Query } from '#catp/query';
import type { Send } from './catp-caller';
import type { RecordPage } from './read-records';
import { CHUNK, ResultSetReading } from './result-set-reading';

/**
 * Reads the records that the query finds page by page; requests the next page when `take` has finished with the last.
 */
export async function readPages(
  send: Send,
  databases: readonly string[],
  query: Query,
  take: (page: RecordPage) => Promise<void>,
): Promise<void> {
  const found = await ResultSetReading.open(send, databases, query, CHUNK);
  for await (const page of found.pages({ start: 1, size: found.count })) await take(page);
}
