import { statusesAgreeing } from '#domain/alma/alma-steps';
import type { Change } from '#domain/api/imports';
import type { Outcome } from '#domain/imports/import';
import type { AlmaRequest } from '../alma/port';
import type { StoredRequest } from '../store/requests-store';
import type { AlmaRecord } from './alma-records-store';
import type { KeptField } from './kept-fields';

/** How the request got into Alma: linked before, found there, or created by the import. */
export type How = 'tied' | 'linked' | 'created';

export interface Standing {
  readonly how: How;
  readonly row: StoredRequest;
  /** State after the last import. */
  readonly record: AlmaRecord | undefined;
  readonly alma: AlmaRequest;
  /** Absent in a dry run. */
  readonly requestId?: string;
  readonly wanted: string | null;
  /** This import cancels it in Alma; in a dry run it would. */
  readonly isCancelled: boolean;
  readonly kept: readonly KeptField[];
}

/** Changes since the last import, without those that were reported then. */
export function changesOf({
  how,
  row,
  record,
  alma,
  requestId,
  wanted,
  isCancelled,
  kept,
}: Standing): readonly Change[] {
  const from = record?.imported_status ?? null;
  const before = new Map(record?.kept.map(({ field, value }) => [field, value]));
  return [
    ...(how === 'tied' ? [] : [{ what: how, ...(requestId === undefined ? {} : { to: requestId }) }]),
    ...(from === row.external_status
      ? []
      : [{ what: 'status', ...(from === null ? {} : { from }), to: row.external_status } as const]),
    ...(wanted === null || isCancelled || wanted === (record?.wanted_status ?? null) || agrees(row, alma, wanted)
      ? []
      : [{ what: 'alma-status', to: wanted } as const]),
    ...kept
      .filter(({ field, value }) => before.get(field) !== value)
      .map(({ field, value }) => ({ what: 'kept', field, to: value }) as const),
  ];
}

export function outcomeOf(
  { how, row, record }: Pick<Standing, 'how' | 'row' | 'record'>,
  changes: readonly Change[],
): Outcome {
  if (how === 'created') return 'created';
  const before = record?.imported_status ?? null;
  if (before !== null && before !== row.external_status) return 'status-changed';
  return changes.length > 0 ? 'updated' : 'unchanged';
}

/** True when Alma has the status that the map names, or an equivalent one. */
function agrees({ side, state }: StoredRequest, { status }: AlmaRequest, wanted: string): boolean {
  if (status === undefined || state === null) return false;
  return status.code === wanted || statusesAgreeing(side, state).includes(status.code);
}
