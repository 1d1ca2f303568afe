import { pipeline, Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { ImportedRequest, ImportRun } from '#domain/api-import';
import { withoutPatron } from './without-patron';
import { changesInWords, failureInWords } from './report-phrases';
import { summaryOf, type SummaryOptions } from './report-summary';
import { REPORT_WORDS, type Label, type ReportLanguage } from './report-words';

const COLUMNS: readonly Label[] = [
  ...(['library', 'side', 'id', 'kind', 'title', 'outcome', 'changes'] as const),
  ...(['failureCode', 'reason', 'way', 'almaCode', 'almaMessage'] as const),
];

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
  yield* summaryOf(run, options);
  yield [''];
  yield COLUMNS.map((column) => REPORT_WORDS[options.lang].label[column]);
  for await (const request of requests) yield rowOf(withoutPatron(request), options.lang);
}

function rowOf(request: ImportedRequest, lang: ReportLanguage): readonly string[] {
  const words = REPORT_WORDS[lang];
  const { library, side, id, kind, title = '', outcome, failure } = request;
  const { reason, way } = failureInWords(lang, request);
  return [
    ...[library, words.side[side], id, kind === undefined ? '' : words.kind[kind], title],
    ...[outcome === undefined ? words.notYet : words.outcome[outcome], changesInWords(lang, request)],
    ...[failure?.code ?? '', reason, way, failure?.almaCode ?? '', failure?.almaMessage ?? ''],
  ];
}
