import {
  COPY_TABLE,
  LOAN_TABLE,
  type FixtureGuard,
  type FixtureRow,
  type FixtureSide,
} from '../../../../test/fixtures/transitions.fixture';
import { commandByWire, COMMANDS, COMMAND_WIRE } from './commands';
import { FIELDS, LENDER_PARTS, type FieldName } from './fields';
import { KINDS, SIDES, type Kind, type Side } from './kinds';
import { stepFor, type Mode } from './machine';
import { NEW_RECORD, type Situation } from './request';
import { rowsOf } from './situations.fixture';
import { stateByWire, STATE_IDS, STATES } from './states';
import type { Guard, Requirement, Transition } from './transitions';

/** Compares the product's table with the same facts typed by hand from the sources, in both directions. */
const TABLES: Readonly<Record<Kind, readonly FixtureRow[]>> = { copy: COPY_TABLE, loan: LOAN_TABLE };
const MODES: readonly Mode[] = ['lenient', 'strict'];
const LETTER: Readonly<Record<Side, FixtureSide>> = { borrower: 'B', lender: 'L' };
const GUARD_WORDS: Readonly<Record<Guard, FixtureGuard>> = {
  'claim-open': 'open claim',
  'no-claim-open': 'no open claim',
  'candidate-remains': 'candidate remains',
  'no-candidate-remains': 'none remains',
  'never-renewed-or-returned': 'no RENEW/SENDBACK ever',
};

const fixtureRows = (kind: Kind, mode: Mode) => TABLES[kind].filter((row) => mode === 'lenient' || !row.lenientOnly);

function lineOfFixture(row: FixtureRow): string {
  return [
    row.state || '(new)',
    row.side,
    row.command,
    row.guard ?? '-',
    '→',
    row.next,
    [...(row.req ?? [])].sort().join(',') || '-',
    row.comment ? 'comment' : '-',
    row.conf === 'I' ? 'inferred' : 'documented',
    row.lenientOnly ? 'lenient' : '-',
  ].join(' ');
}

function lineOfProduct(edge: Transition): string {
  return [
    edge.from === null ? '(new)' : STATES[edge.from].wire,
    LETTER[edge.side],
    COMMAND_WIRE[edge.command],
    edge.guard ? GUARD_WORDS[edge.guard] : '-',
    '→',
    STATES[edge.to].wire,
    (edge.required ?? []).map(wireOf).sort().join(',') || '-',
    edge.comment === 'required' ? 'comment' : '-',
    edge.basis,
    edge.lenientOnly ? 'lenient' : '-',
  ].join(' ');
}

function wireOf(requirement: Requirement): string {
  const wire = (name: FieldName) =>
    name === 'lenders' ? LENDER_PARTS.memberId.wire : name === 'charges' ? 'CHG' : FIELDS[name].wire;
  return typeof requirement === 'string' ? wire(requirement) : requirement.oneOf.map(wire).join('|');
}

function situationFor(kind: Kind, wire: string, guard: FixtureGuard | undefined): Situation {
  return {
    ...NEW_RECORD(kind),
    state: wire === '' ? undefined : (stateByWire(wire) ?? null),
    claimOpen: guard === 'open claim',
    candidateRemains: guard === 'candidate remains',
    renewedOrReturned: false,
  };
}

for (const kind of KINDS) {
  for (const mode of MODES) {
    describe(`table of a ${kind}, ${mode}`, () => {
      it('is that of the sources: no row more, none less, none different', () => {
        expect(rowsOf(kind, mode).map(lineOfProduct).sort()).toEqual(fixtureRows(kind, mode).map(lineOfFixture).sort());
      });

      it('takes every row of the sources to its next state', () => {
        for (const row of fixtureRows(kind, mode)) {
          const command = commandByWire(row.command);
          const side: Side = row.side === 'B' ? 'borrower' : 'lender';
          const step = command && stepFor(situationFor(kind, row.state, row.guard), side, command, mode);
          expect<string | undefined>(step?.allowed ? STATES[step.edge.to].wire : step?.refusal)
            .withContext(lineOfFixture(row))
            .toBe(row.next);
        }
      });

      it('refuses every state, side and command that is in no row of the sources', () => {
        const known = new Set(fixtureRows(kind, mode).map((row) => [row.state, row.side, row.command].join(' ')));
        const guards: readonly (FixtureGuard | undefined)[] = [undefined, 'open claim', 'candidate remains'];
        let refused = 0;
        for (const state of ['', ...STATE_IDS.map((id) => STATES[id].wire)]) {
          for (const side of SIDES) {
            for (const command of COMMANDS.filter(
              (each) => !known.has([state, LETTER[side], COMMAND_WIRE[each]].join(' ')),
            )) {
              const allowed = guards.some(
                (guard) => stepFor(situationFor(kind, state, guard), side, command, mode).allowed,
              );
              expect(allowed).withContext(`${state} ${side} ${command}`).toBeFalse();
              refused += 1;
            }
          }
        }
        expect(refused).toBe((STATE_IDS.length + 1) * SIDES.length * COMMANDS.length - known.size);
      });
    });
  }
}
