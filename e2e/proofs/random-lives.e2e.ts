import { RESULT_PROPERTY } from '../../tools/counts';
import { note } from '../../tools/output';
import { explain } from '../support/lives/explain';
import { claimed, lostShip, shipped, wronglyRefused, type Telling } from '../support/lives/lies';
import { RandomLives } from '../support/lives/random-lives';

const LIMIT = 6 * 3_600_000;
/** Set the seed of an earlier run to reproduce it. */
const SEED = Number(process.env['LIVES_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
/** The long form has tens of thousands of steps. */
const STEPS = Number(process.env['LIVES_STEPS'] ?? 672);
/** Steps per kill. A kill costs half a minute, because interrupted commands may still be running. */
const STEPS_OF_A_KILL = 400;
const KILLS = Number(process.env['LIVES_KILLS'] ?? Math.max(3, Math.round(STEPS / STEPS_OF_A_KILL)));
/** Number of steps that is enough for all events below to happen. */
const ENOUGH = 480;
const MUST_HAVE_HAPPENED = [
  ...['step: act', 'step: wire', 'step: look', 'step: race', 'step: lost', 'step: repeat', 'step: batch', 'step: edit'],
  ...['action: 200', 'action: action-not-allowed', 'action: stale-version', 'services stopped'],
  ...['new requests: gateway', 'new requests: program', 'new requests: there'],
  ...['trouble: drop-before', 'trouble: drop-after', 'trouble: late', 'trouble: status'],
  'another program while the outcome was open',
];

describe(`lives of requests at random (LIVES_SEED=${SEED} LIVES_STEPS=${STEPS} LIVES_KILLS=${KILLS})`, () => {
  let lives: RandomLives | undefined;
  afterAll(async () => {
    if (lives !== undefined) setSuiteProperty(RESULT_PROPERTY, lives.chronicle.closing);
    await lives?.stop();
  }, LIMIT);

  it(
    'leave NACSIS-ILL as it was told to the users, and show the users what NACSIS-ILL has',
    async () => {
      lives = await RandomLives.start({ seed: SEED, steps: STEPS, kills: KILLS });
      const { chronicle, world } = lives;
      try {
        await lives.run();
      } finally {
        note(chronicle.tally);
      }
      expect(chronicle.violations.length).withContext(chronicle.closing).toBe(0);
      expect(world.stack.kills).toBe(KILLS);
      if (STEPS < ENOUGH) return;
      for (const what of MUST_HAVE_HAPPENED) expect(chronicle.counted(what)).withContext(what).toBeGreaterThan(0);
    },
    LIMIT,
  );
});

describe('what the driver takes for the truth', () => {
  const isTrue = ({ before, attempts, record }: Telling): boolean =>
    explain(before, attempts, record, () => true) !== undefined;

  it('is that a lost command was not done, and not that it was, where another program did the same with other content', () => {
    expect([isTrue(lostShip('not-done')), isTrue(lostShip('done'))]).toEqual([true, false]);
  });

  it('is what stands in the history, and not that it was not done', () => {
    expect([isTrue(shipped('done')), isTrue(shipped('not-done'))]).toEqual([true, false]);
  });

  it('is nothing that nobody has done', () => {
    expect(isTrue({ ...shipped('done'), attempts: [] })).toBeFalse();
  });

  it('is a command once, and not twice', () => {
    expect([isTrue(claimed(1)), isTrue(claimed(2))]).toEqual([true, false]);
  });

  it('is no refusal of what the fixture allows', () => {
    expect(isTrue(wronglyRefused())).toBeFalse();
  });
});
