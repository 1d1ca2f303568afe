import { commandByWire } from './commands';
import { sideOfEntry, type IllRequest } from './request';
import type { StateId } from './states';
import { TRANSITIONS } from './transitions';

/**
 * The states that the entries of the history from `index` on lead through by the table, ending in the present one; undefined where no way
 * does. `from`: the state before them, null for a record that does not exist yet. Guards are not known of the past, so every edge of
 * a command is tried.
 */
export function statesThrough(
  request: IllRequest,
  index: number,
  from: StateId | null,
): readonly StateId[] | undefined {
  return walk(request, index, from, new Set());
}

/** `seen`: places that were tried in vain. */
function walk(
  request: IllRequest,
  index: number,
  at: StateId | null,
  seen: Set<string>,
): readonly StateId[] | undefined {
  const entry = request.history[index];
  if (entry === undefined) return at === request.state ? [] : undefined;
  const place = `${String(index)} ${at ?? ''}`;
  if (seen.has(place)) return undefined;
  seen.add(place);
  const command = commandByWire(entry.command ?? '');
  const side = sideOfEntry(request, entry);
  const edges = TRANSITIONS.filter(
    (edge) => edge.from === at && edge.command === command && edge.side === side && edge.kinds.includes(request.kind),
  );
  for (const { to } of edges) {
    const rest = walk(request, index + 1, to, seen);
    if (rest !== undefined) return [to, ...rest];
  }
  // Entries that the system adds behind a PARDON change nothing further (M8-6_1_3); of a command that the table does not know nothing is known.
  return command === 'PARDON' || command === undefined ? walk(request, index + 1, at, seen) : undefined;
}
