import type { Wording } from '../actions/words-of';
import { tabSeparated } from '../core/tab-separated';
import type { RunRow } from './batch-plan';
import { errorOfRow, faultsOf, reasonsOf, standingOf } from './row-reasons';

/** Translates a wording into the current language. */
type Words = (wording: Wording) => string;

/**
 * The result as tab-separated text for mails and spreadsheets: id, outcome, current state, reason, title. Contains no
 * patron data. `locale`: for the times of others' commands.
 */
export function reportOf(rows: readonly RunRow[], words: Words, locale: string): string {
  const heads = ['field.id', 'batch.column.outcome', 'batch.column.state', 'batch.column.reason', 'batch.column.title'];
  const lines = rows.map((each) => [
    each.row.id,
    words({ key: `batch.outcome.${each.outcome.state}` }),
    words(standingOf(each)),
    reasonIn(each, words, locale),
    each.row.title,
  ]);
  return tabSeparated([heads.map((key) => words({ key })), ...lines].map((cells) => cells.map(onOneLine)));
}

function reasonIn(each: RunRow, words: Words, locale: string): string {
  const error = errorOfRow(each);
  if (error === undefined) return '';
  const faults = faultsOf(error).map(
    ({ label, error: { code, params = {} } }) =>
      `${words({ key: label })}: ${words({ key: `fieldError.${code}`, params })}`,
  );
  return [words({ key: `error.${error.code}.title` }), ...faults, ...reasonsOf(error, locale).map(words)].join(' / ');
}

function onOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
