import { RESULT_PROPERTY } from '../../tools/counts';
import { messageOf, note } from '../../tools/output';
import { CREATE_WAYS } from '../support/doubles/awkward-calls';
import { LIST_WAYS } from '../support/doubles/awkward-lists';
import { CASES, judged } from '../support/doubles/judge-cases';
import { betweenTwoLibraries, withChangedSettings } from '../support/doubles/elsewhere';
import type { Fault } from '../support/doubles/judge';
import { Life, type LifeOptions } from '../support/doubles/life';
import { inSeveralSteps, withAwkwardCreates, withAwkwardLists, type Size } from '../support/doubles/scenarios';
import { withAllWritings } from '../support/doubles/writings';
import { inParallel } from '../support/exchange/in-parallel';
import { Chronicle } from '../support/lives/chronicle';
import { seededRandom } from '../support/random';

const LIMIT = 24 * 3_600_000;
/** Set the seed of an earlier run to reproduce it. */
const SEED = Number(process.env['DOUBLES_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const IS_LONG = process.env['IMPORT_DOUBLES'] === 'long';
/** Part of the names of the scenarios to run; all run when it is empty. */
const ONLY = process.env['DOUBLES_ONLY'] ?? '';
/** Number of concurrent stacks. An import mostly waits, because it stays below Alma's call limit. */
const AT_ONCE = IS_LONG ? 2 : 3;
/** Seconds per step: the gateway's default, and a shorter one that splits even a small import into several steps. */
const [STEP, SHORT_STEP] = [20, 3];

interface Scenario {
  readonly name: string;
  readonly play: (life: Life, size: Size) => Promise<void>;
  /** Number in the short form. */
  readonly requests: number;
  readonly held: number;
  readonly stepSeconds: number;
  readonly hasSecondLibrary?: boolean;
}
/** Longest scenario first. */
const SHORT: readonly Scenario[] = [
  { name: 'in several steps', play: inSeveralSteps, requests: 1_000, held: 27, stepSeconds: STEP },
  { name: 'with awkward creates', play: withAwkwardCreates, requests: 64, held: 16, stepSeconds: SHORT_STEP },
  { name: 'with awkward lists', play: withAwkwardLists, requests: 144, held: 72, stepSeconds: SHORT_STEP },
  { name: 'with changed settings', play: withChangedSettings, requests: 40, held: 10, stepSeconds: SHORT_STEP },
  { name: 'with all writings', play: withAllWritings, requests: 100, held: 12, stepSeconds: SHORT_STEP },
  {
    name: 'between two libraries',
    play: betweenTwoLibraries,
    requests: 24,
    held: 0,
    stepSeconds: SHORT_STEP,
    hasSecondLibrary: true,
  },
];
const SIZES = [1_000, 3_000].flatMap((requests) => [27, 150, 500].map((held) => ({ requests, held })));
const LONG = SIZES.flatMap(({ requests, held }) =>
  SHORT.map(({ name, ...scenario }): Scenario => {
    const size = { requests, held, stepSeconds: STEP };
    return { ...scenario, ...size, name: `${name}, ${String(requests)} requests, ${String(held)} held` };
  }),
);
const SCENARIOS = (IS_LONG ? LONG : SHORT).filter(({ name }) => name.includes(ONLY));
const MUST_HAVE_HAPPENED = [
  ...LIST_WAYS,
  ...CREATE_WAYS.map((way) => `create ${way}`),
  ...['read: errors with status 200', 'read: null', 'told: errors with status 200', 'unknown patron'],
].map((name) => `Alma: ${name}`);
const OTHERS = [
  'another library orders',
  'another program cancels',
  'staff makes a request in Alma',
  'staff cancels a request in Alma',
];

interface Played {
  readonly requests: number;
  readonly unknown: number;
  readonly twice: number;
  readonly wrong: number;
  readonly error?: Error;
}

describe(`first imports into an Alma that is awkward (DOUBLES_SEED=${String(SEED)})`, () => {
  const chronicles: Chronicle[] = [];
  const played = new Map<string, Played>();
  const sum = (number: (each: Played) => number): string =>
    String([...played.values()].reduce((total, each) => total + number(each), 0));

  beforeAll(async () => {
    await inParallel(SCENARIOS, AT_ONCE, async (scenario) => {
      const chronicle = new Chronicle(SEED);
      chronicles.push(chronicle);
      played.set(scenario.name, await play(scenario, chronicle));
    });
  }, LIMIT);
  afterAll(() => {
    const [requests, twice] = [sum((each) => each.requests), sum((each) => each.twice)];
    const [wrong, unknown] = [sum((each) => each.wrong), sum((each) => each.unknown)];
    setSuiteProperty(RESULT_PROPERTY, `${requests} requests: ${twice} twice, ${wrong} wrong, ${unknown} unknown`);
  });

  for (const { name } of SCENARIOS)
    it(`${name}: make nothing twice and touch no wrong request`, () => {
      const result = played.get(name);
      if (result?.error !== undefined) throw result.error;
      expect(result).toEqual(jasmine.objectContaining({ twice: 0, wrong: 0 }));
      // A report that names every request would prove nothing.
      if (!IS_LONG) expect(result?.unknown).toBeLessThan((result?.requests ?? 0) / 2);
    });

  if (ONLY === '')
    it('have met every awkward answer, kills and others', () => {
      const others = OTHERS.map((name) => `others: ${name}`);
      const missing = [...MUST_HAVE_HAPPENED, ...others, 'kills'].filter((what) =>
        chronicles.every((chronicle) => chronicle.counted(what) === 0),
      );
      expect(missing).toEqual([]);
    });
});

describe('what the judge takes for wrong', () => {
  for (const [name, [each, found]] of Object.entries(CASES))
    it(`a request of NACSIS-ILL in Alma: ${name}`, () => {
      expect(judged(each)).toBe(found);
    });
});

/** Starts stacks one after the other, because each picks free ports and needs all of a small machine. */
let lastStart: Promise<unknown> = Promise.resolve();
function started(options: LifeOptions): Promise<Life> {
  const life = lastStart.then(() => Life.start(options));
  lastStart = life.catch(() => undefined);
  return life;
}

async function play(scenario: Scenario, chronicle: Chronicle): Promise<Played> {
  const { name, requests, held, stepSeconds, hasSecondLibrary = false } = scenario;
  let life: Life | undefined;
  let error: Error | undefined;
  const begun = performance.now();
  try {
    life = await started({ name, chronicle, random: seededRandom(SEED), stepSeconds, hasSecondLibrary });
    await scenario.play(life, { requests, held, isLong: IS_LONG });
  } catch (thrown) {
    error = thrown instanceof Error ? thrown : new Error(messageOf(thrown));
    note(`${name}: ${error.stack ?? error.message}, because of ${messageOf(error.cause)}`);
  }
  await life?.stop();
  const faults = [...(life?.faults.values() ?? [])];
  const number = (of: Fault['sort']): number =>
    new Set(faults.filter(({ sort }) => sort === of).map(({ id }) => id)).size;
  const { requests: counted = 0, unknown = 0 } = life ?? {};
  const counts = { requests: counted, unknown, twice: number('twice'), wrong: number('wrong') };
  const seconds = ((performance.now() - begun) / 1000).toFixed(0);
  note(`${name}: ${JSON.stringify(counts)} in ${seconds} s\n${chronicle.tally}`);
  return { ...counts, ...(error === undefined ? {} : { error }) };
}
