import type { RunRow } from './batch-plan';

/** Words by their i18n key. */
type Words = (key: string) => string;

/** The result as a table of tabs and lines, for a mail or a spreadsheet: id, outcome, state now, reason, title. No data of patrons. */
export function reportOf(rows: readonly RunRow[], words: Words): string {
  const heads = ['field.id', 'batch.column.outcome', 'batch.column.state', 'batch.column.reason', 'batch.column.title'];
  const lines = rows.map(({ row, outcome }) => {
    const state = outcome.state === 'done' ? outcome.to : row.state;
    const text = outcome.state === 'done' ? outcome.externalStatus : row.externalStatus;
    const error = 'error' in outcome ? outcome.error : undefined;
    const nacsis = error?.details.nacsis?.message;
    const reason = error === undefined ? '' : words(`error.${error.code}.title`);
    return [
      row.id,
      words(`batch.outcome.${outcome.state}`),
      state === null ? text : words(`state.${state}`),
      nacsis === undefined ? reason : `${reason}: ${nacsis}`,
      row.title,
    ];
  });
  return [heads.map(words), ...lines].map((cells) => cells.map(cellOf).join('\t')).join('\n');
}

/** A cell that begins like a formula would be one for a spreadsheet. */
function cellOf(text: string): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  return /^[=+@-]/.test(flat) ? `'${flat}` : flat;
}
