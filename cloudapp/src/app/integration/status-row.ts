import type { StatusMapRow } from '../../domain/api-import';
import { KINDS, type Kind, type Side } from '../../domain/kinds';
import { STATE_IDS, stateByWire, type StateId } from '../../domain/states';

/** A line of the table: what copies and loans have in common stands on one. */
export interface StatusRow extends Omit<StatusMapRow, 'kind' | 'side'> {
  readonly kinds: readonly Kind[];
  /** Absent for a status that this app does not know. */
  readonly state?: StateId;
}

/** The lines of one side, in the order of a request's life; what this app does not know comes last. */
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
