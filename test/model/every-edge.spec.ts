import { chainsToEveryEdge, situationOf } from './chains';
import { NOWHERE } from './driver';
import { attempt, rowsOf } from './ill-model';
import { anyCommand, impossible } from './impossible';
import { useDriver } from './use-driver';

/** Two lenders cover both cases: a lender with a following candidate, and the last one. */
const LENDERS = 2;

for (const mode of ['lenient', 'strict'] as const) {
  describe(`NACSIS-ILL against the hand-typed tables, ${mode}`, () => {
    const strict = mode === 'strict';
    const driver = useDriver(...(strict ? ['--strict'] : []));

    for (const kind of ['copy', 'loan'] as const) {
      it(`carries out every edge in every situation (${kind})`, async () => {
        const options = driver().options(kind, LENDERS, strict);
        const chains = chainsToEveryEdge(options);
        for (const { rows, after } of chains) expect((await driver().walk(rows, options)).model).toEqual(after);
        expect(rowsOf(options).filter((row) => !chains.some(({ rows }) => rows.at(-1) === row))).toEqual([]);
      }, 120_000);

      it(`refuses everything else in every situation, and changes nothing (${kind})`, async () => {
        const options = driver().options(kind, LENDERS, strict);
        const situations = new Map(chainsToEveryEdge(options).map((chain) => [situationOf(chain.after), chain]));
        for (const { rows } of situations.values()) {
          const at = await driver().walk(rows, options);
          for (const wrong of impossible(at.model, options, driver().stranger)) await driver().step(at, wrong, options);
        }
        const states = new Set([...situations.values()].map(({ after }) => after.state));
        expect(states.size).toBe(kind === 'copy' ? 12 : 17);
      }, 120_000);

      it(`makes no record but by a complete ORDER or a SAVE of the borrower (${kind})`, async () => {
        const options = driver().options(kind, LENDERS, strict);
        const tried = anyCommand(NOWHERE.model, options);
        const wrong = tried.filter((each) => attempt(NOWHERE.model, each, options, () => true) === undefined);
        for (const each of wrong) await driver().step(NOWHERE, each, options);
        expect(wrong.length).toBe(tried.length - 1);
      });
    }
  });
}
