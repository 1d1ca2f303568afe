import type { Counts, RequestList } from '../../domain/api/work-list';
import type { Side } from '../../domain/ill/kinds';
import { STATE_IDS, STATES, stateByWire, type StateId } from '../../domain/ill/states';

/** An External System Status with its number of requests. */
export type StatusCount = RequestList['facets']['externalStatus'][number];
export const GROUPS = ['ours', 'theirs', 'ended', 'unknown'] as const;
type Group = (typeof GROUPS)[number];

interface StatusGroup {
  readonly name: Group;
  readonly statuses: readonly StatusCount[];
}

/** Returns NACSIS-ILL's counts for one side, with both kinds added up. */
export function countsOfSide({ counts }: Pick<Counts, 'counts'>, side: Side): readonly StatusCount[] {
  const byStatus = new Map<string, StatusCount>();
  for (const { externalStatus: value, state, count, waitsForUs, side: counted } of counts) {
    if (counted !== side) continue;
    const sum = (byStatus.get(value)?.count ?? 0) + count;
    byStatus.set(value, { value, state, waitsForUs, count: sum });
  }
  return [...byStatus.values()];
}

/** Number of requests that wait for this side. */
export function waitingIn(statuses: readonly StatusCount[]): number {
  return statuses.filter(({ waitsForUs }) => waitsForUs).reduce((sum, { count }) => sum + count, 0);
}

/**
 * Groups: waiting for us, waiting for the other library, ended; each in life-cycle order. A selected status without
 * requests stays with count 0, so that it can be deselected; other empty statuses are omitted.
 */
export function statusGroups(
  counted: readonly StatusCount[],
  chosen: readonly string[],
  side: Side,
): readonly StatusGroup[] {
  const missing = chosen
    .filter((value) => !counted.some((each) => each.value === value))
    .map((value) => emptyStatus(value, side));
  const shown = [...counted, ...missing].filter(({ count, value }) => count > 0 || chosen.includes(value));
  return GROUPS.map((name) => ({
    name,
    statuses: shown
      .filter((status) => groupOf(status) === name)
      .sort((one, other) => placeOf(one.state) - placeOf(other.state)),
  })).filter(({ statuses }) => statuses.length > 0);
}

function emptyStatus(value: string, side: Side): StatusCount {
  const state = stateByWire(value) ?? null;
  return { value, state, count: 0, waitsForUs: state !== null && STATES[state].mustAct === side };
}

function groupOf({ state, waitsForUs }: StatusCount): Group {
  if (waitsForUs) return 'ours';
  if (state === null) return 'unknown';
  return STATES[state].final ? 'ended' : 'theirs';
}

function placeOf(state: StateId | null): number {
  return state === null ? STATE_IDS.length : STATE_IDS.indexOf(state);
}
