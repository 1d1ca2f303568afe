import { KINDS, SIDES, type Kind } from './kinds';
import { rowsOf } from './situations.fixture';
import { STATE_IDS, STATES, stateByWire, stateSpec, type StateId } from './states';
import { CHAINS, GUARDS, TRANSITIONS } from './transitions';

const statesOf = (kind: Kind) => STATE_IDS.filter((id) => stateSpec(id).kinds.includes(kind));
const MODES = ['lenient', 'strict'] as const;

/** All states reachable from this one. */
function reachedFrom(start: StateId | null, kind: Kind, mode: 'lenient' | 'strict'): ReadonlySet<StateId | null> {
  const reached = new Set<StateId | null>([start]);
  for (const state of reached)
    rowsOf(kind, mode)
      .filter((edge) => edge.from === state)
      .forEach((edge) => reached.add(edge.to));
  return reached;
}

describe('table of transitions', () => {
  for (const kind of KINDS) {
    for (const mode of MODES) {
      it(`reaches exactly the states of a ${kind} (${mode})`, () => {
        const reached = [...reachedFrom(null, kind, mode)].filter((state) => state !== null);
        expect(reached.sort()).toEqual([...statesOf(kind)].sort());
      });

      it(`lets a ${kind} end from every state (${mode})`, () => {
        const stuck = statesOf(kind).filter(
          (state) => ![...reachedFrom(state, kind, mode)].some((each) => each !== null && STATES[each].final),
        );
        expect(stuck).toEqual([]);
      });

      it(`gives exactly one side forward commands in every state of a ${kind} that is not final (${mode})`, () => {
        for (const state of statesOf(kind)) {
          const forward = rowsOf(kind, mode).filter((edge) => edge.from === state && edge.command !== 'CALLBACK');
          const sides = SIDES.filter((side) => forward.some((edge) => edge.side === side));
          const { mustAct, final } = stateSpec(state);
          expect(sides)
            .withContext(state)
            .toEqual(mustAct === null ? [] : [mustAct]);
          expect(mustAct === null)
            .withContext(state)
            .toBe(final);
        }
      });
    }

    it(`has no two rows of a ${kind} for the same state, side, command and guard`, () => {
      const keys = rowsOf(kind, 'lenient').map((edge) => [edge.from, edge.side, edge.command, edge.guard].join(' '));
      expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
    });

    it(`has a guard on both rows or on none where a command of a ${kind} has two outcomes`, () => {
      const rows = rowsOf(kind, 'lenient');
      const several = rows
        .map((edge) =>
          rows.filter(
            (other) => other.from === edge.from && other.side === edge.side && other.command === edge.command,
          ),
        )
        .filter((same) => same.length > 1)
        .map((same) =>
          same
            .map(({ guard }) => guard)
            .sort()
            .join(' / '),
        );
      expect([...new Set(several)].sort()).toEqual([
        'candidate-remains / no-candidate-remains',
        'claim-open / no-claim-open',
      ]);
    });

    it(`marks at most one primary row of a ${kind} per state, side and guard`, () => {
      const keys = rowsOf(kind, 'lenient')
        .filter((edge) => edge.primary)
        .map((edge) => [edge.from, edge.side, edge.guard].join(' '));
      expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
    });

    it(`marks a primary row of a ${kind} for the side that must act`, () => {
      const primary = rowsOf(kind, 'strict').filter((edge) => edge.primary);
      const without = statesOf(kind).filter(
        (state) =>
          !STATES[state].final && !primary.some((edge) => edge.from === state && edge.side === STATES[state].mustAct),
      );
      expect(without).toEqual([]);
    });
  }

  it('uses every guard', () => {
    expect(GUARDS.filter((guard) => !TRANSITIONS.some((edge) => edge.guard === guard))).toEqual([]);
  });

  it('drops only inferred rows in strict mode', () => {
    expect(TRANSITIONS.filter((edge) => edge.lenientOnly && edge.basis !== 'inferred')).toEqual([]);
  });

  it('chains only commands that follow from each other', () => {
    for (const chain of CHAINS) {
      for (const kind of KINDS) {
        const [first, second] = chain.commands;
        const step = rowsOf(kind, 'strict').find(
          (edge) => edge.from === chain.from && edge.side === chain.side && edge.command === first,
        );
        const next = rowsOf(kind, 'strict').find(
          (edge) => edge.from === step?.to && edge.side === chain.side && edge.command === second,
        );
        expect(next?.action).toBe(chain.action);
      }
    }
  });

  it('has a wire text of its own for every state', () => {
    expect(STATE_IDS.map((id) => stateByWire(STATES[id].wire))).toEqual([...STATE_IDS]);
    expect(stateByWire('クレーム処理中')).toBeUndefined();
  });
});
