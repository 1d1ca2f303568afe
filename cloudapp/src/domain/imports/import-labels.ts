/** i18n keys for import runs, shared by screen, files and terminal. */
import type { Change, Failure, ImportRun } from '../api/imports';
import { SCALAR_NAMES, type ScalarName } from '../ill/fields';
import type { ChangeKind, RunState } from './import';

/** Keys of Alma's request object that have a display name. */
export const ALMA_FIELDS = [
  'title',
  'journal_title',
  'author',
  'publisher',
  'place_of_publication',
  'year',
  'edition',
  'series_title_number',
  'volume',
  'issue',
  'pages',
  'chapter_title',
  'chapter_author',
  'isbn',
  'issn',
  'other_standard_id',
  'external_id',
  'call_number',
  'bib_note',
  'note',
  'partner',
  'shipping_cost',
  'additional_person_name',
] as const;
export type AlmaField = (typeof ALMA_FIELDS)[number];

type FieldLabel = `imports.almaField.${AlmaField}` | `field.${ScalarName}`;

/** Label of an Alma or NACSIS-ILL field; undefined when it has none. */
export function fieldLabel(field: string): FieldLabel | undefined {
  const almaField = ALMA_FIELDS.find((known) => known === field);
  if (almaField !== undefined) return `imports.almaField.${almaField}`;
  const name = SCALAR_NAMES.find((known) => known === field);
  return name === undefined ? undefined : `field.${name}`;
}

/** Alma's refusal message with the code that Ex Libris documents; undefined when Alma gave neither. */
export function almaWords({ almaMessage, almaCode }: Failure): string | undefined {
  if (almaMessage === undefined) return almaCode;
  return almaCode === undefined ? almaMessage : `${almaMessage} (${almaCode})`;
}

type ChangeName = ChangeKind | 'status-new';

/** What was done, or would be done in a dry run. Parameters: `field` (its label), `from` and `to`. */
export function changeLabel({ what, from }: Change, isDry: boolean) {
  const name: ChangeName = what === 'status' && (from ?? '') === '' ? 'status-new' : what;
  return isDry ? (`imports.wouldChange.${name}` as const) : (`imports.change.${name}` as const);
}

/**
 * i18n key for `to` of a change that was left to the library's writer; undefined for every other change, whose `to` is
 * shown as it is.
 */
export function writerLabel({ what, to }: Change) {
  const isLeft = what === 'left' || what === 'left-cost' || what === 'left-cancel';
  if (!isLeft || (to !== 'iso18626' && to !== 'alma-nacsis')) return undefined;
  return `imports.writer.${to}` as const;
}

/** State of a run. A completed run with failed requests has its own label. */
export function stateLabel({ state, totals }: Pick<ImportRun, 'state' | 'totals'>) {
  const name: RunState | 'completed-failures' =
    state === 'completed' && totals.failed > 0 ? 'completed-failures' : state;
  return `imports.state.${name}` as const;
}

type Reached = Pick<ImportRun, 'progress' | 'dryRun'>;

/** Current work of an unfinished run. Parameters: those of `progress`; while waiting, `until` and `reason`. */
export function doingLabel(run: Reached & Pick<ImportRun, 'state' | 'isCancelling' | 'waiting'>) {
  if (run.isCancelling) return 'imports.doing.cancelling';
  if (run.waiting !== undefined) return 'imports.doing.waiting';
  return run.state === 'queued' ? 'imports.doing.queued' : (`imports.doing.${workOf(run)}` as const);
}

/** Progress of a failed or cancelled run. Parameters: those of `progress`. */
export function endingLabel(run: Reached) {
  return `imports.ending.${workOf(run)}` as const;
}

function workOf({ progress, dryRun }: Reached) {
  if (progress.due === undefined) return 'reading';
  return dryRun ? 'comparing' : 'importing';
}

interface Duration {
  readonly label: `imports.duration.${'hours' | 'minutes' | 'seconds'}`;
  readonly params: { readonly hours: number; readonly minutes: number; readonly seconds: number };
}

/** Time between two ISO 8601 texts, in its two largest units; undefined when one of them is not a time. */
export function durationOf(from: string | undefined, to: string | undefined): Duration | undefined {
  const passed = Date.parse(to ?? '') - Date.parse(from ?? '');
  if (!Number.isFinite(passed)) return undefined;
  const total = Math.max(0, Math.round(passed / 1000));
  const params = { hours: Math.floor(total / 3600), minutes: Math.floor(total / 60) % 60, seconds: total % 60 };
  if (params.hours > 0) return { label: 'imports.duration.hours', params };
  return { label: params.minutes > 0 ? 'imports.duration.minutes' : 'imports.duration.seconds', params };
}
