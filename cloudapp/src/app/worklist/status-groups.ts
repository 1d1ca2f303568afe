import type { RequestList } from '../../domain/api/work-list';
import type { Side } from '../../domain/ill/kinds';
import { STATE_IDS, STATES, stateByWire, type StateId } from '../../domain/ill/states';

/** An External System Status with its number of requests. */
export type StatusCount = RequestList['facets']['externalStatus'][number];
export const GROUPS = ['ours', 'inUse', 'theirs', 'ended', 'unknown'] as const;
type Group = (typeof GROUPS)[number];

interface StatusGroup {
  readonly name: Group;
  readonly statuses: readonly StatusCount[];
}

/**
 * Groups: waiting for us, in use and not due soon, waiting for the other library, ended; each in life-cycle order. A
 * selected status without requests stays with count 0, so that it can be deselected; other empty statuses are omitted.
 */
export function statusGroups(
  counted: readonly StatusCount[],
  chosen: readonly string[],
  side: Side,
): readonly StatusGroup[] {
  const missing = chosen.filter((value) => !counted.some((each) => each.value === value)).map(emptyStatus);
  const shown = [...counted, ...missing].filter(({ count, value }) => count > 0 || chosen.includes(value));
  return GROUPS.map((name) => ({
    name,
    statuses: shown
      .filter((status) => groupOf(status, side) === name)
      .sort((one, other) => placeOf(one.state) - placeOf(other.state)),
  })).filter(({ statuses }) => statuses.length > 0);
}

function emptyStatus(value: string): StatusCount {
  return { value, state: stateByWire(value) ?? null, count: 0, waiting: 0 };
}

function groupOf({ state, waiting }: StatusCount, side: Side): Group {
  if (waiting > 0) return 'ours';
  if (state === null) return 'unknown';
  if (STATES[state].final) return 'ended';
  if (STATES[state].mustAct !== side) return 'theirs';
  return state === 'ON_LOAN' ? 'inUse' : 'ours';
}

function placeOf(state: StateId | null): number {
  return state === null ? STATE_IDS.length : STATE_IDS.indexOf(state);
}
