import type { Kind } from './kinds';
import type { Mode } from './machine';
import { NEW_RECORD, type Situation } from './request';
import type { StateId } from './states';
import { TRANSITIONS, type Guard, type Transition } from './transitions';

/** The table rows that apply in this mode. */
export function rowsOf(kind: Kind, mode: Mode): readonly Transition[] {
  return TRANSITIONS.filter(
    (edge) => edge.kinds.some((each) => each === kind) && !(mode === 'strict' && edge.lenientOnly),
  );
}

/** The two flags after an edge, written independently of the machine so that the specs can check it. */
export function after(situation: Situation, edge: Transition): Situation {
  const claimed = edge.side === 'borrower' && edge.command === 'CLAIM';
  const closed = edge.side === 'borrower' && (edge.from === 'CLAIM_ANSWERED' || edge.from === 'CLAIMED');
  return {
    ...situation,
    state: edge.to,
    claimOpen: claimed || (situation.claimOpen && !closed),
    renewedOrReturned: situation.renewedOrReturned || edge.command === 'RENEW' || edge.command === 'SENDBACK',
    renewalPending: edge.command === 'RENEW' || (situation.renewalPending && edge.to === 'RETURN_PROCESSING'),
  };
}

/** True when the guard is met. */
export function holds(guard: Guard | undefined, situation: Situation): boolean {
  if (guard === undefined) return true;
  const truths: Readonly<Record<Guard, boolean>> = {
    'claim-open': situation.claimOpen,
    'no-claim-open': !situation.claimOpen,
    'candidate-remains': situation.candidateRemains,
    'no-candidate-remains': !situation.candidateRemains,
    'never-renewed-or-returned': !situation.renewedOrReturned,
  };
  return truths[guard];
}

/** Every situation that a record of this kind can reach, with and without a further candidate. */
export function reachable(kind: Kind, mode: Mode = 'lenient'): readonly Situation[] {
  const found = new Map<string, Situation>();
  const open: Situation[] = [NEW_RECORD(kind), { ...NEW_RECORD(kind), candidateRemains: true }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const key = JSON.stringify([
      next.state ?? null,
      next.claimOpen,
      next.candidateRemains,
      next.renewedOrReturned,
      next.renewalPending,
    ]);
    if (found.has(key)) continue;
    const situation = next;
    found.set(key, situation);
    const edges = rowsOf(kind, mode).filter(
      (edge) => edge.from === (situation.state ?? null) && holds(edge.guard, situation),
    );
    open.push(
      ...edges.flatMap((edge) =>
        [true, false].map((candidateRemains) => ({ ...after(situation, edge), candidateRemains })),
      ),
    );
  }
  return [...found.values()];
}

/** The shortest path to every state of this kind, without CALLBACK. Claims opened on the path stay open. */
export function shortestWays(kind: Kind): ReadonlyMap<StateId, readonly Transition[]> {
  const ways = new Map<StateId, readonly Transition[]>();
  let open: readonly { readonly situation: Situation; readonly way: readonly Transition[] }[] = [
    { situation: NEW_RECORD(kind), way: [] },
  ];
  const seen = new Set<string>();
  while (open.length > 0) {
    const next: (typeof open)[number][] = [];
    for (const { situation, way } of open) {
      for (const edge of rowsOf(kind, 'lenient')) {
        if (edge.from !== (situation.state ?? null) || edge.command === 'CALLBACK' || edge.alias) continue;
        if (!holds(edge.guard, situation)) continue;
        const to = after(situation, edge);
        if (!ways.has(edge.to)) ways.set(edge.to, [...way, edge]);
        const key = `${edge.to} ${String(to.claimOpen)}`;
        if (seen.has(key)) continue;
        seen.add(key);
        next.push({ situation: to, way: [...way, edge] });
      }
    }
    open = next;
  }
  return ways;
}
