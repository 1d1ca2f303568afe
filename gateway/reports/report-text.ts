import type { ImportedRequest, ImportRun } from '#domain/api-import';
import { SIDES } from '#domain/kinds';
import { changesInWords, failureInWords } from './report-phrases';
import { summaryOf, type SummaryOptions } from './report-summary';
import { REPORT_WORDS, type ReportLanguage } from './report-words';
import { withoutPatron } from './without-patron';

/** The top of the report, for a terminal: a line each. */
export function summaryInWords(run: ImportRun, options: SummaryOptions): string {
  const lines = summaryOf(run, options).map(([label, value]) => `${label}: ${value}`);
  return `${lines.join('\n')}\n`;
}

/** The failed requests of both sides: what failed, why, and the way out. */
export function detailsInWords(lang: ReportLanguage, failed: readonly ImportedRequest[]): string {
  const words = REPORT_WORDS[lang];
  const sections = SIDES.map((side) => {
    const lines = failed.filter((each) => each.side === side).flatMap((each) => failureLines(lang, each));
    return [`\n${words.details[side]}`, ...(lines.length === 0 ? [`  ${words.none}`] : lines)].join('\n');
  });
  return `${sections.join('\n')}\n`;
}

/** What a dry run would have done, a line for each request with which anything would be. */
export function wouldBeDoneInWords(lang: ReportLanguage, requests: readonly ImportedRequest[]): string {
  const words = REPORT_WORDS[lang];
  const changed = requests.filter(
    ({ outcome }) => outcome !== 'unchanged' && outcome !== 'failed' && outcome !== undefined,
  );
  const lines = changed.map((request) => {
    const changes = changesInWords(lang, withoutPatron(request));
    return `  ${nameOf(lang, request)}: ${changes === '' ? words.outcome[request.outcome ?? 'updated'] : changes}`;
  });
  return `\n${[words.wouldBeDone, ...(lines.length === 0 ? [`  ${words.none}`] : lines)].join('\n')}\n`;
}

function failureLines(lang: ReportLanguage, request: ImportedRequest): readonly string[] {
  const { label } = REPORT_WORDS[lang];
  const shown = withoutPatron(request);
  const { reason, way } = failureInWords(lang, shown);
  const said = [shown.failure?.almaCode, shown.failure?.almaMessage].filter((each) => each !== undefined).join(' ');
  return [
    `  ${nameOf(lang, request)}`,
    `    ${label.reason}: ${reason}`,
    ...(said === '' ? [] : [`    ${label.almaMessage}: ${said}`]),
    `    ${label.way}: ${way}`,
  ];
}

/** Library, side, id, kind and title, as far as they are known. */
function nameOf(lang: ReportLanguage, { library, side, id, kind, title = '' }: ImportedRequest): string {
  const words = REPORT_WORDS[lang];
  const known = [library, words.side[side], id === '' ? '?' : id, kind === undefined ? '' : words.kind[kind], title];
  return known.filter((each) => each !== '').join(' ');
}
