import * as fc from 'fast-check';
import { chainsToEveryEdge, type Chain } from './chains';
import type { Position } from './driver';
import {
  ALL_REFUSED,
  completeAttempt,
  rowsOf,
  SKIPPED,
  type Attempt,
  type Model,
  type ModelOptions,
} from './ill-model';
import { anyCommand } from './impossible';
import { Services, SWITCHES, type Switch } from './services';
import { useDriver } from './use-driver';

/** Seed of the random numbers, so that every run has the same sequences. */
const SEED = 20_261_124;
const STEPS = 25;
const LENDERS = 3;
const RUNS = { lenient: 40, strict: 15 } as const;

/** One step of a random sequence. Numbers select among the possibilities at that moment. */
interface Step {
  /** From 0 to 9: below 7 a command of the table for this state, otherwise any command. */
  readonly kindOfStep: number;
  readonly choice: number;
  /** From 0 to 19: 0 sends as another library, 1 without fields and comment, 2 to the file of the other kind. */
  readonly disturbance: number;
  /** A service of a lender to toggle before the command. */
  readonly turn: readonly [lender: number, flag: Switch] | undefined;
}
const STEP: fc.Arbitrary<Step> = fc.record({
  kindOfStep: fc.nat(9),
  choice: fc.nat(),
  disturbance: fc.nat(19),
  turn: fc.option(fc.tuple(fc.nat(LENDERS - 1), fc.constantFrom(...SWITCHES)), { freq: 12, nil: undefined }),
});

for (const mode of ['lenient', 'strict'] as const) {
  describe(`random sequences of commands, ${mode}`, () => {
    const driver = useDriver(...(mode === 'strict' ? ['--strict'] : []));

    for (const kind of ['copy', 'loan'] as const) {
      it(`do what the tables say, or nothing (${kind})`, async () => {
        const options = driver().options(kind, LENDERS, mode === 'strict');
        const seen = new Set<string>();
        const sequence = fc.tuple(
          fc.constantFrom(...chainsToEveryEdge(options)),
          fc.array(STEP, { minLength: STEPS, maxLength: STEPS }),
        );
        const property = fc.asyncProperty(sequence, async ([way, steps]) => run(way, steps, options, seen));
        await fc.assert(property, { seed: SEED, numRuns: RUNS[mode] });
        for (const needed of ['allowed', 'refused', 'claim open', 'passed over', 'all refused', 'last lender'])
          expect(seen).withContext(needed).toContain(needed);
        if (kind === 'loan') expect(seen).toContain('renewed');
      }, 180_000);
    }

    /** Follows a path into the machine, then takes random steps while lenders suspend and resume their services. */
    async function run(way: Chain, steps: readonly Step[], options: ModelOptions, seen: Set<string>): Promise<void> {
      const services = new Services(driver().backDoor, options.kind);
      try {
        let at = await driver().walk(way.rows, options);
        for (const step of steps) {
          if (step.turn) await services.turn(options.lenders[step.turn[0]] ?? '', step.turn[1]);
          const before = at;
          at = await driver().step(before, attemptOf(step, at.model, options), options, services.serves);
          note(seen, before, at, options);
        }
      } finally {
        await services.restore();
      }
    }

    function attemptOf({ kindOfStep, choice, disturbance }: Step, model: Model, options: ModelOptions): Attempt {
      const here = rowsOf(options).filter(({ state }) => state === model.state);
      const row = kindOfStep < 7 ? here[choice % Math.max(here.length, 1)] : undefined;
      const any = anyCommand(model, options);
      const wanted = row ? completeAttempt(row, model, options) : any[choice % any.length];
      if (wanted === undefined) throw new Error('there is no command');
      switch (disturbance) {
        case 0:
          return {
            ...wanted,
            library: choice % 2 === 0 ? driver().stranger : (options.lenders[choice % LENDERS] ?? ''),
          };
        case 1:
          return { ...wanted, fills: [], comment: undefined };
        case 2:
          return { ...wanted, kind: wanted.kind === 'copy' ? 'loan' : 'copy' };
        default:
          return wanted;
      }
    }
  });
}

/** Records what happened in the sequences, so that a run in which nothing happens cannot pass. */
function note(seen: Set<string>, before: Position, after: Position, { lenders }: ModelOptions): void {
  seen.add(before === after ? 'refused' : 'allowed');
  if (after.model.claim) seen.add('claim open');
  if (after.model.renewed) seen.add('renewed');
  if (after.model.active === lenders.length - 1) seen.add('last lender');
  for (const { SENDCMNT } of after.model.history) {
    if (SENDCMNT === SKIPPED) seen.add('passed over');
    if (SENDCMNT === ALL_REFUSED) seen.add('all refused');
  }
}
