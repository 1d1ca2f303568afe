import { Readable } from 'node:stream';
import type { ImportedRequest, ImportRun } from '#domain/api/imports';
import { withoutPatron } from './without-patron';

/**
 * The report as one JSON object: the run, `failures` with every failed request and `requests` with every request,
 * streamed without loading them into memory. Calls `every` for each of the two lists.
 */
export function reportJson(run: ImportRun, every: () => AsyncIterable<ImportedRequest>): Readable {
  return Readable.from(partsOf(run, every), { objectMode: false });
}

async function* partsOf(run: ImportRun, every: () => AsyncIterable<ImportedRequest>): AsyncGenerator<string> {
  yield `${JSON.stringify(run).slice(0, -1)},"failures":[`;
  yield* itemsOf(every(), ({ outcome }) => outcome === 'failed');
  yield '],"requests":[';
  yield* itemsOf(every(), () => true);
  yield ']}\n';
}

async function* itemsOf(
  requests: AsyncIterable<ImportedRequest>,
  isWanted: (request: ImportedRequest) => boolean,
): AsyncGenerator<string> {
  let separator = '\n';
  for await (const request of requests) {
    if (!isWanted(request)) continue;
    yield `${separator}${JSON.stringify(withoutPatron(request))}`;
    separator = ',\n';
  }
}
