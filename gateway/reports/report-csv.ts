import { pipeline, Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { ImportedRequest, ImportRun } from '#domain/api-import';
import { changeInWords, failureInWords, outcomeInWords } from './report-phrases';
import { summaryOf, type SummaryOptions } from './report-summary';
import { wordsIn, type Say } from './report-words';
import { withoutPatron } from './without-patron';

/**
 * The report for a spreadsheet: UTF-8 with BOM, CRLF; first what is to be said of the run, a line each, then an empty line, then the requests.
 * A cell that a spreadsheet would take for a formula begins with an apostrophe.
 */
export function reportCsv(run: ImportRun, requests: AsyncIterable<ImportedRequest>, options: SummaryOptions): Readable {
  const csv = stringify({
    bom: true,
    record_delimiter: 'windows',
    escape_formulas: true,
    // Of the line ends inside a cell, the library itself quotes CRLF only.
    quoted_match: /[\r\n]/,
  });
  // Ends the reading of the store when nobody takes the rest; an error reaches the reader as the end of the connection.
  pipeline(Readable.from(rowsOf(run, requests, options), { highWaterMark: 16 }), csv, () => undefined);
  return csv;
}

async function* rowsOf(
  run: ImportRun,
  requests: AsyncIterable<ImportedRequest>,
  options: SummaryOptions,
): AsyncGenerator<readonly string[], void, undefined> {
  const say = wordsIn(options.lang);
  yield* summaryOf(run, options);
  yield [''];
  yield columnsOf(say, run);
  for await (const request of requests) yield rowOf(say, withoutPatron(request), run);
}

function columnsOf(say: Say, { dryRun }: ImportRun): readonly string[] {
  return [
    ...[say('importFile.library'), say('importFile.side'), say('importFile.id'), say('workList.filterName.kind')],
    ...[say('workList.column.title'), say('importFile.outcome')],
    say(dryRun ? 'importFile.wouldBeDone' : 'importFile.changes'),
    ...[say('importFile.failureCode'), say('importFile.reason'), say('importFile.way')],
    ...[say('importFile.almaCode'), say('importFile.almaMessage')],
  ];
}

function rowOf(say: Say, request: ImportedRequest, { dryRun }: ImportRun): readonly string[] {
  const { library, side, id, kind, title = '', outcome, changes, failure } = request;
  const { reason, way } = failureInWords(say, request);
  return [
    ...[library, say(`workList.side.${side}`), id, kind === undefined ? '' : say(`kind.${kind}`), title],
    ...[outcomeInWords(say, outcome, dryRun), changes.map((each) => changeInWords(say, each, dryRun)).join('; ')],
    ...[failure?.code ?? '', reason, way, failure?.almaCode ?? '', failure?.almaMessage ?? ''],
  ];
}
