import type { ImportRun } from '#domain/api-import';
import {
  configurationInWords,
  durationInWords,
  reachedInWords,
  runFailureInWords,
  timeInWords,
} from './report-phrases';
import { REPORT_WORDS, type Label, type ReportLanguage } from './report-words';

/** What of an institution's libraries a report names. */
export type NamedLibrary = { readonly code: string; readonly name: string };

export interface SummaryOptions {
  readonly lang: ReportLanguage;
  readonly libraries: readonly NamedLibrary[];
  readonly now: Date;
}
export type SummaryLine = readonly [label: string, value: string];

/** The top of a report: which run, when, how long, for which profile, and its numbers. */
export function summaryOf(run: ImportRun, options: SummaryOptions): readonly SummaryLine[] {
  return [...aboutRun(run, options), ...troubles(run, options), ...numbers(run, options)];
}

function aboutRun(run: ImportRun, { lang, libraries, now }: SummaryOptions): readonly SummaryLine[] {
  const words = REPORT_WORDS[lang];
  const { label } = words;
  const profiles = run.libraries.map((code) => {
    const name = libraries.find((each) => each.code === code)?.name;
    return name === undefined ? code : `${code} ${name}`;
  });
  return [
    [label.job, run.dryRun ? `${words.job} - ${words.dryRun}` : words.job],
    [label.run, run.runId],
    [label.profile, profiles.join(', ')],
    [label.trigger, [words.trigger[run.trigger], run.startedBy].filter((each) => each !== undefined).join(', ')],
    [label.scope, run.full ? words.full : words.changedOnly],
    [label.state, words.state[run.state]],
    [label.startedAt, timeInWords(run.startedAt)],
    [label.finishedAt, timeInWords(run.finishedAt)],
    [label.took, durationInWords(lang, run, now)],
  ];
}

/** Only what there is to say. */
function troubles(run: ImportRun, { lang }: SummaryOptions): readonly SummaryLine[] {
  const { label } = REPORT_WORDS[lang];
  const failure = runFailureInWords(lang, run);
  const isWhole = run.state === 'completed';
  return [
    ...(run.resumed > 0 ? [[label.resumed, String(run.resumed)] as const] : []),
    ...(failure === undefined ? [] : [[label.failure, failure] as const]),
    ...(isWhole ? [] : [[label.reached, reachedInWords(lang, run.progress)] as const]),
    ...run.configuration.map((error) => [label.configuration, configurationInWords(lang, error)] as const),
  ];
}

function numbers({ totals }: ImportRun, { lang }: SummaryOptions): readonly SummaryLine[] {
  const { borrowing, lending } = totals;
  const lines: readonly (readonly [Label, number])[] = [
    ['processed', totals.processed],
    ['borrowing', borrowing.processed],
    ['borrowingSucceeded', borrowing.succeeded],
    ['borrowingFailed', borrowing.failed],
    ['lending', lending.processed],
    ['lendingSucceeded', lending.succeeded],
    ['lendingFailed', lending.failed],
    ['created', totals.created],
    ['updated', totals.updated],
    ['statusChanged', totals.statusChanged],
    ['unchanged', totals.unchanged],
    ['failed', totals.failed],
  ];
  return lines.map(([label, value]) => [REPORT_WORDS[lang].label[label], String(value)]);
}
