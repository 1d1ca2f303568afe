import type { Wording } from '../actions/words-of';
import type { RunRow } from './batch-plan';
import { errorOfRow, faultsOf, reasonsOf, standingOf } from './row-reasons';

/** A wording in the language of now. */
type Words = (wording: Wording) => string;

/**
 * The result as a table of tabs and lines, for a mail or a spreadsheet: id, outcome, state now, reason, title. No data of patrons.
 * `locale`: for the time at which another acted.
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
  return [heads.map((key) => words({ key })), ...lines].map((cells) => cells.map(cellOf).join('\t')).join('\n');
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

/** A cell that begins like a formula would be one for a spreadsheet. */
function cellOf(text: string): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  return /^[=+@-]/.test(flat) ? `'${flat}` : flat;
}
