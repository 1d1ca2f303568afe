import { pipeline, Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { ImportedRequest, ImportRun } from '#domain/api/imports';
import { changeInWords, failureInWords, outcomeInWords } from './report-phrases';
import { summaryOf, type SummaryOptions } from './report-summary';
import { wordsIn, type Say } from './report-messages';
import { withoutPatron } from './without-patron';

/** Matches a formula behind blanks or invisible characters. The CSV library itself only recognises a leading sign. */
const HIDDEN_FORMULA = /^[\s\p{Cc}\p{Cf}]+[=+\-@\uff1d\uff0b\uff0d\uff20]/u;

/**
 * The report for a spreadsheet: UTF-8 with BOM, CRLF. First the data of the run, one line each, then an empty line,
 * then the requests. A cell that a spreadsheet would treat as a formula gets a leading apostrophe, also when blanks or
 * invisible characters precede the sign.
 */
export function reportCsv(run: ImportRun, requests: AsyncIterable<ImportedRequest>, options: SummaryOptions): Readable {
  const csv = stringify({
    bom: true,
    record_delimiter: 'windows',
    escape_formulas: true,
    cast: { string: (text) => (HIDDEN_FORMULA.test(text) ? `'${text}` : text) },
    // Quotes cells with CR or LF. Of the line breaks in a cell, the CSV library itself quotes only CRLF.
    quoted_match: /[\r\n]/,
  });
  // Stops reading the store when the client leaves; an error ends the connection.
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
