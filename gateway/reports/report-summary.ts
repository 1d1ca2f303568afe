import type { ImportRun } from '#domain/api/imports';
import { stateLabel } from '#domain/imports/import-labels';
import {
  checkInWords,
  configurationInWords,
  durationInWords,
  outcomeInWords,
  reachedInWords,
  timeInWords,
} from './report-phrases';
import { wordsIn, type ReportLanguage, type Say } from './report-messages';

/** The properties of a library that a report shows. */
export type NamedLibrary = { readonly code: string; readonly name: string };

export interface SummaryOptions {
  readonly lang: ReportLanguage;
  readonly libraries: readonly NamedLibrary[];
  readonly now: Date;
}
type SummaryLine = readonly [label: string, value: string];

/** The top of a report: which run, when, how long, for which profile, and its totals. */
export function summaryOf(run: ImportRun, options: SummaryOptions): readonly SummaryLine[] {
  const say = wordsIn(options.lang);
  return [...aboutRun(say, run, options), ...troubles(say, run), ...numbers(say, run)];
}

function aboutRun(say: Say, run: ImportRun, { libraries, now }: SummaryOptions): readonly SummaryLine[] {
  const profiles = run.libraries.map((code) => {
    const name = libraries.find((each) => each.code === code)?.name;
    return name === undefined ? code : `${code} ${name}`;
  });
  const starters = [say(`imports.trigger.${run.trigger}`), run.startedBy].filter((each) => each !== undefined);
  return [
    [say('importFile.job'), say('importFile.jobName')],
    ...(run.dryRun ? [[say('imports.dry'), say('imports.dryNote')] as const] : []),
    [say('importFile.run'), run.runId],
    [say('imports.settings'), profiles.join(', ')],
    [say('importFile.trigger'), starters.join(', ')],
    [say('importFile.scope'), say(run.full ? 'imports.scope.full' : 'imports.scope.changed')],
    [say('importFile.state'), say(stateLabel(run))],
    [say('importFile.startedAt'), timeInWords(run.startedAt)],
    [say('importFile.finishedAt'), timeInWords(run.finishedAt)],
    [say('importFile.took'), durationInWords(say, run, now)],
  ];
}

/** Returns only lines with content. */
function troubles(say: Say, run: ImportRun): readonly SummaryLine[] {
  const { resumed, failure, state, configuration, check } = run;
  return [
    ...(resumed > 0 ? [[say('importFile.resumed'), say('imports.resumed', { count: resumed })] as const] : []),
    ...(failure === undefined ? [] : [[say('importFile.failure'), say(`runFault.${failure.code}`)] as const]),
    ...(state === 'completed' ? [] : [[say('imports.progress'), reachedInWords(say, run)] as const]),
    ...configuration.map((error) => [say('imports.configuration'), configurationInWords(say, error)] as const),
    ...(check === undefined
      ? []
      : checkInWords(say, check).map((value) => [say('imports.check.title'), value] as const)),
  ];
}

function numbers(say: Say, { totals, dryRun }: ImportRun): readonly SummaryLine[] {
  const { borrowing, lending } = totals;
  const counts = [
    ['processed', totals.processed],
    ['borrowing', borrowing.processed],
    ['borrowing-succeeded', borrowing.succeeded],
    ['borrowing-failed', borrowing.failed],
    ['lending', lending.processed],
    ['lending-succeeded', lending.succeeded],
    ['lending-failed', lending.failed],
  ] as const;
  const outcomes = [
    ['created', totals.created],
    ['status-changed', totals.statusChanged],
    ['updated', totals.updated],
    ['unchanged', totals.unchanged],
    ['failed', totals.failed],
  ] as const;
  return [
    ...counts.map(
      ([name, count]) =>
        [say(dryRun ? `importFile.wouldTotal.${name}` : `importFile.total.${name}`), String(count)] as const,
    ),
    ...outcomes.map(([name, count]) => [outcomeInWords(say, name, dryRun), String(count)] as const),
  ];
}
