import type { Change, ConfigurationError, ImportedRequest, ImportRun } from '#domain/api-import';
import { configurationWords, requestFaultWords, runFaultWords, type FaultWords } from './fault-words';
import { REPORT_WORDS, type ReportLanguage } from './report-words';

const NO_FAULT: FaultWords = { reason: '', way: '' };
const JAPAN_TIME = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Tokyo',
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** What was done with a request, in words; empty where nothing was. */
export function changesInWords(lang: ReportLanguage, { changes }: Pick<ImportedRequest, 'changes'>): string {
  return changes.map((change) => changeInWords(lang, change)).join('; ');
}

function changeInWords(lang: ReportLanguage, { what, field = '', from = '', to = '' }: Change): string {
  return filled(REPORT_WORDS[lang].change[what], { field, from, to }).trim();
}

/** Why it failed and the way out; both empty where it did not. */
export function failureInWords(lang: ReportLanguage, { failure }: Pick<ImportedRequest, 'failure'>): FaultWords {
  if (failure === undefined) return NO_FAULT;
  const { reason, way } = requestFaultWords(lang, failure.code);
  const about = [failure.field, failure.name].filter((each) => each !== undefined).join(', ');
  return { reason: about === '' ? reason : `${reason} (${about})`, way };
}

export function configurationInWords(lang: ReportLanguage, { library, code, name }: ConfigurationError): string {
  return `${library}${name === undefined ? '' : ` (${name})`}: ${configurationWords(lang, code)}`;
}

/** Why a run could not finish; undefined where nothing stopped it. */
export function runFailureInWords(lang: ReportLanguage, { failure }: Pick<ImportRun, 'failure'>): string | undefined {
  return failure === undefined ? undefined : runFaultWords(lang, failure.code);
}

/** How far a run came. Until its reading is done, nobody knows of how many. */
export function reachedInWords(lang: ReportLanguage, { read, done, due }: ImportRun['progress']): string {
  return filled(REPORT_WORDS[lang].reached, {
    read: String(read),
    done: String(done),
    due: due === undefined ? '?' : String(due),
  });
}

/** `2026-11-24 10:00:01`, in Japan. Empty without a time. */
export function timeInWords(iso: string | undefined): string {
  return iso === undefined ? '' : JAPAN_TIME.format(new Date(iso));
}

/** From the start to the end, or to now while it runs; whole seconds. */
export function durationInWords(
  lang: ReportLanguage,
  { startedAt, finishedAt }: Pick<ImportRun, 'startedAt' | 'finishedAt'>,
  now: Date,
): string {
  if (startedAt === undefined) return '';
  const end = finishedAt === undefined ? now.getTime() : Date.parse(finishedAt);
  const seconds = Math.max(0, Math.round((end - Date.parse(startedAt)) / 1000));
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const parts = [hours, minutes, rest].map((value, at) => [value, REPORT_WORDS[lang].units[at] ?? ''] as const);
  const shown = parts.filter(([value], at) => value > 0 || (at === 2 && seconds === 0));
  return shown.map(([value, unit]) => `${String(value)} ${unit}`).join(' ');
}

function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (_all, name: string) => values[name] ?? '');
}
