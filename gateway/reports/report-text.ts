import type { ImportedRequest, ImportRun } from '#domain/api/imports';
import { almaWords } from '#domain/imports/import-labels';
import { SIDES } from '#domain/ill/kinds';
import { onOneLine } from '#domain/ill/sendable-text';
import { changeInWords, failureInWords, outcomeInWords } from './report-phrases';
import { summaryOf, type SummaryOptions } from './report-summary';
import type { Say } from './report-messages';
import { withoutPatron } from './without-patron';

/**
 * The top of the report for a terminal, one item per line. Titles and Alma's messages come from outside: their control
 * characters must not move the cursor.
 */
export function summaryInWords(run: ImportRun, options: SummaryOptions): string {
  const lines = summaryOf(run, options).map(([label, value]) => onOneLine(`${label}: ${value}`));
  return `${lines.join('\n')}\n`;
}

/** The failed requests of both sides: what failed, why, and the remedy. */
export function detailsInWords(say: Say, failed: readonly ImportedRequest[], isDry: boolean): string {
  const none = say(isDry ? 'imports.noFailuresDry' : 'imports.noFailures');
  return SIDES.map((side) => {
    const lines = failed.filter((each) => each.side === side).flatMap((each) => failureLines(say, each));
    return section(say(`imports.details.${side}`), lines, none);
  }).join('');
}

/** What a dry run would have done, for each request with a change. */
export function wouldBeDoneInWords(say: Say, requests: readonly ImportedRequest[]): string {
  const lines = requests
    .filter(({ outcome }) => outcome !== 'unchanged' && outcome !== 'failed' && outcome !== undefined)
    .flatMap((request) => {
      const changes = withoutPatron(request).changes.map((each) => changeInWords(say, each, true));
      const done = changes.length === 0 ? [outcomeInWords(say, request.outcome, true)] : changes;
      return [nameOf(say, request), ...done.map((each) => `  ${each}`)];
    });
  return section(say('importFile.wouldBeDone'), lines, say('importFile.none'));
}

function section(heading: string, lines: readonly string[], none: string): string {
  return `\n${[heading, ...(lines.length === 0 ? [none] : lines).map((line) => `  ${onOneLine(line)}`)].join('\n')}\n`;
}

function failureLines(say: Say, request: ImportedRequest): readonly string[] {
  const shown = withoutPatron(request);
  const { reason, way } = failureInWords(say, shown);
  const said = shown.failure && almaWords(shown.failure);
  return [
    nameOf(say, request),
    `  ${say('importFile.reason')}: ${reason}`,
    ...(said === undefined ? [] : [`  ${say('message.almaSays', { message: said })}`]),
    `  ${say('importFile.way')}: ${way}`,
  ];
}

/** Library, side, id, kind and title, as far as known. */
function nameOf(say: Say, { library, side, id, kind, title = '' }: ImportedRequest): string {
  const kindName = kind === undefined ? '' : say(`kind.${kind}`);
  const known = [library, say(`workList.side.${side}`), id === '' ? say('imports.noId') : id, kindName, title];
  return known.filter((each) => each !== '').join(' ');
}
