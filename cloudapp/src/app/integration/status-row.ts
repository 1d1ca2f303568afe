import type { StatusMapRow } from '../../domain/api/imports';
import { KINDS, type Kind, type Side } from '../../domain/ill/kinds';
import { STATE_IDS, stateByWire, type StateId } from '../../domain/ill/states';

/** A row of the table; identical entries for copies and loans share one row. */
export interface StatusRow extends Omit<StatusMapRow, 'kind' | 'side'> {
  readonly kinds: readonly Kind[];
  /** Absent for a status unknown to the app. */
  readonly state?: StateId;
}

/** The rows of one side in life-cycle order, unknown statuses last. */
export function statusRows(map: readonly StatusMapRow[], side: Side): readonly StatusRow[] {
  const lines = new Map<string, StatusRow>();
  for (const { side: of, kind, ...same } of map) {
    if (of !== side) continue;
    const key = JSON.stringify([same.nacsis, same.alma, same.source, same.applied]);
    const kinds = [...(lines.get(key)?.kinds ?? []), kind];
    const state = stateByWire(same.nacsis);
    lines.set(key, { ...same, kinds: KINDS.filter((each) => kinds.includes(each)), ...(state && { state }) });
  }
  return [...lines.values()].sort((a, b) => placeOf(a) - placeOf(b));
}

function placeOf({ state }: StatusRow): number {
  return state === undefined ? STATE_IDS.length : STATE_IDS.indexOf(state);
}
