import { CALLBACK_ROWS } from '../fixtures/callback.fixture';
import { chainsToEveryEdge } from './chains';
import { idOf, type Position } from './driver';
import { attempt, rowsOf, type Attempt, type ModelOptions } from './ill-model';
import { useDriver } from './use-driver';

/** Checks dossier 3.2 and 10.3 independently of the model. */
describe('CALLBACK', () => {
  const driver = useDriver();

  const callback = (side: 'B' | 'L', { kind, borrower, lenders }: ModelOptions, { model }: Position): Attempt => ({
    kind,
    side,
    command: 'CALLBACK',
    library: side === 'B' ? borrower : (lenders[model.active] ?? ''),
    fills: [],
  });
  const stateOf = async ({ record }: Position): Promise<unknown> =>
    (await driver().backDoor.record(idOf(record)))['STAT'];

  for (const { side, state, enteredBy, from, back, kinds } of CALLBACK_ROWS) {
    for (const kind of kinds) {
      it(`of ${enteredBy} in ${from} leads from ${state} to ${back ?? 'nowhere'} (${side}, ${kind})`, async () => {
        const options = driver().options(kind, 1);
        const chain = chainsToEveryEdge(options).find(({ rows }) => {
          const last = rows.at(-1);
          return last?.command === enteredBy && last.state === from && last.next === state && last.side === side;
        });
        const at = await driver().walk(chain?.rows ?? [], options);
        expect(await stateOf(at)).toBe(state);
        const answer = await driver().send(at, callback(side, options, at), options);
        expect(answer.status).toMatch(back === undefined ? /^4/ : /^200$/);
        expect(await stateOf(at)).toBe(back ?? state);
      });
    }
  }

  it('after the own RECEIVE is always refused', async () => {
    for (const kind of ['copy', 'loan'] as const) {
      const options = driver().options(kind, 2);
      const received = chainsToEveryEdge(options).filter(({ rows }) => rows.at(-1)?.command === 'RECEIVE');
      expect(received.length).toBeGreaterThan(10);
      for (const { rows, after } of received) {
        const side = rows.at(-1)?.side ?? 'B';
        const tried = callback(side, options, { model: after, record: undefined });
        expect(attempt(after, tried, options, () => true))
          .withContext(after.state)
          .toBeUndefined();
        const at = await driver().walk(rows, options);
        expect((await driver().send(at, tried, options)).status)
          .withContext(after.state)
          .toMatch(/^4/);
        expect(await stateOf(at)).toBe(after.state);
      }
    }
  }, 60_000);

  it('from 借用中 is gone for ever after RENEW or SENDBACK, although these are taken back themselves', async () => {
    const options = driver().options('loan', 1);
    for (const command of ['RENEW', 'SENDBACK']) {
      const chain = chainsToEveryEdge(options).find(({ rows }) => rows.at(-1)?.command === command);
      let at = await driver().walk(chain?.rows ?? [], options);
      at = await driver().step(at, callback('B', options, at), options);
      expect(await stateOf(at))
        .withContext(command)
        .toBe('借用中');
      expect((await driver().send(at, callback('B', options, at), options)).status).toMatch(/^4/);
      expect(await stateOf(at)).toBe('借用中');
    }
  });

  it('has a row here for each that the transition tables have', () => {
    for (const kind of ['copy', 'loan'] as const) {
      const tables = rowsOf({ kind, strict: false }).filter(({ command }) => command === 'CALLBACK');
      const here = CALLBACK_ROWS.filter(({ kinds, back }) => kinds.includes(kind) && back !== undefined);
      const edges = here.map(({ side, state, back }) => `${side} ${state} ${back ?? ''}`);
      expect([...new Set(edges)].sort()).toEqual(
        tables.map(({ side, state, next }) => `${side} ${state} ${next}`).sort(),
      );
    }
  });
});
