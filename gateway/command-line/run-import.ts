import type { ImportedRequest, ImportRun } from '#domain/api/imports';
import { stateLabel } from '#domain/imports/import-labels';
import { isFinal } from '#domain/imports/import';
import { doingInWords } from '../reports/report-phrases';
import { detailsInWords, summaryInWords, wouldBeDoneInWords } from '../reports/report-text';
import type { NamedLibrary } from '../reports/report-summary';
import { wordsIn, type ReportLanguage } from '../reports/report-messages';
import type { ImportArguments } from './import-arguments';
import { NotNow, type GatewayClient } from './gateway-client';

/**
 * Exit codes. Clean: completed without a failed request. Failures: failed requests, or a run that was not completed.
 */
const EXIT_CLEAN = 0;
const EXIT_FAILURES = 1;

type Gateway = Pick<GatewayClient, 'start' | 'follow' | 'requests' | 'file'>;

export interface Terminal {
  /** The result. */
  readonly write: (part: Uint8Array | string) => void;
  /** Messages about the progress. */
  readonly note: (line: string) => void;
  /** Updates the progress line; absent when nobody watches. */
  readonly progress?: (line: string) => void;
}

/** Starts the import, follows it to its end, and prints its report. Resolves to the exit code. */
export async function runImport(
  gateway: Gateway,
  args: Pick<ImportArguments, 'library' | 'full' | 'dryRun' | 'wait' | 'form' | 'lang'>,
  { write, note, progress }: Terminal,
  libraries: readonly NamedLibrary[],
): Promise<number> {
  const { library, full, dryRun, lang, form } = args;
  const { runId, joined } = await gateway.start({ ...(library === undefined ? {} : { library }), full, dryRun });
  if (joined === true) note(`a run that does the same goes on already: ${runId}`);
  if (!args.wait) {
    write(`${runId}\n`);
    return EXIT_CLEAN;
  }
  const run = await atItsEnd(gateway, runId, (now) => progress?.(progressInWords(lang, now)));
  progress?.('');
  if (form === 'words') await writeInWords(gateway, run, { lang, libraries, write });
  else for await (const part of gateway.file(runId, form, lang)) write(part);
  return run.state === 'completed' && run.totals.failed === 0 ? EXIT_CLEAN : EXIT_FAILURES;
}

async function atItsEnd(gateway: Gateway, runId: string, show: (run: ImportRun) => void): Promise<ImportRun> {
  let last: ImportRun | undefined;
  for await (const run of gateway.follow(runId)) {
    last = run;
    show(run);
  }
  if (last === undefined) throw new NotNow(`nothing is known of run ${runId}`);
  return last;
}

async function writeInWords(
  gateway: Gateway,
  run: ImportRun,
  {
    lang,
    libraries,
    write,
  }: { readonly lang: ReportLanguage; readonly libraries: readonly NamedLibrary[]; readonly write: Terminal['write'] },
): Promise<void> {
  const say = wordsIn(lang);
  write(summaryInWords(run, { lang, libraries, now: new Date() }));
  if (run.dryRun) write(wouldBeDoneInWords(say, await collected(gateway.requests(run.runId, {}))));
  write(detailsInWords(say, await collected(gateway.requests(run.runId, { outcome: 'failed' })), run.dryRun));
}

async function collected(requests: AsyncIterable<ImportedRequest>): Promise<readonly ImportedRequest[]> {
  const all: ImportedRequest[] = [];
  for await (const request of requests) all.push(request);
  return all;
}

function progressInWords(lang: ReportLanguage, run: ImportRun): string {
  const say = wordsIn(lang);
  return isFinal(run.state) ? say(stateLabel(run)) : doingInWords(say, run);
}
