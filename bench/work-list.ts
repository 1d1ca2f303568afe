import type { RequestList } from '#domain/api-list';
import { openStore, type Store } from '../gateway/store/open-store';
import { ReadingsStore } from '../gateway/store/readings-store';
import { lookAtRequests, sumUpCounts } from '../gateway/store/request-counts';
import { saveSnapshots } from '../gateway/store/requests-store';
import { specApp, type SpecApp } from '../gateway/testing/spec-app';
import { madeUpRequest, OWN_ID } from './made-up-requests';

const FEW = 500;
const MANY = 50_000;
/** Runs of each query on each store, one after the other in turn; the first are not counted. */
const RUNS = 25;
const WARM_UP = 5;
const CHUNK = 500;
/** Page 1 of the list of a side costs this many times as much over the many as over the few, at most. */
const LIMIT = 3;
const LIBRARY = 'RES_SHARE';
const INSTITUTION = '81SIM_INST';
const A_DAY = 86_400_000;

interface Question {
  readonly name: string;
  readonly query: string;
  /** The limit holds for it; the others are only told. */
  readonly isLimited: boolean;
}

const status = (text: string) => `status=${encodeURIComponent(text)}`;
const QUESTIONS: readonly Question[] = [
  { name: 'unfiltered', query: '', isLimited: true },
  { name: 'borrower, needs', query: 'side=borrower&sort=needs', isLimited: true },
  { name: 'lender, needs', query: 'side=lender&sort=needs', isLimited: true },
  { name: 'borrower, newest', query: 'side=borrower&sort=newest', isLimited: true },
  { name: 'borrower, waiting', query: 'side=borrower&needsAction=true', isLimited: false },
  { name: 'borrower, by status', query: `side=borrower&${status('発送')}`, isLimited: false },
  { name: 'borrower, by partner', query: 'side=borrower&partner=FA100007', isLimited: false },
  { name: 'borrower, by title', query: 'side=borrower&sort=title', isLimited: false },
  { name: 'borrower, by text', query: `side=borrower&q=${encodeURIComponent('第12')}`, isLimited: false },
];

/** Page 1 of the work list, as the app asks for it, over few and over many requests side by side. Whether it is fast enough. */
export async function benchWorkList(): Promise<boolean> {
  const [few, many] = [await filled(FEW), await filled(MANY)];
  let passed = true;
  for (const question of QUESTIONS) {
    const ratio = await ratioOf(question, few.spec, many.spec);
    const isGood = !question.isLimited || ratio <= LIMIT;
    passed &&= isGood;
    const limit = question.isLimited ? `at most ${String(LIMIT)}` : 'no limit';
    tell(
      `page 1, ${question.name}: ${String(MANY)} / ${String(FEW)} requests = ${ratio.toFixed(2)} (${limit})${isGood ? '' : ' TOO SLOW'}`,
    );
  }
  for (const { spec, store } of [few, many]) {
    await spec.app.close();
    await store.close();
  }
  return passed;
}

async function filled(number: number): Promise<{ readonly spec: SpecApp; readonly store: Store }> {
  const store = await openStore({ dataDir: undefined, listen: 'bench' });
  const of = { institution: INSTITUTION, library: LIBRARY, memberId: OWN_ID, isFirstReading: true };
  const from = Date.now();
  for (let first = 0; first < number; first += CHUNK) {
    for (const [at, side] of (['borrower', 'lender'] as const).entries()) {
      const numbers = Array.from({ length: CHUNK / 2 }, (_, index) => first + at * (CHUNK / 2) + index);
      const snapshots = numbers.map((each) => ({ ...of, side, request: madeUpRequest(each, side) }));
      await saveSnapshots(store.db, snapshots, new Date());
    }
  }
  // As a reading does at its end.
  await sumUpCounts(store.db, INSTITUTION, LIBRARY);
  await lookAtRequests(store.db);
  // Fresh for as long as this takes: the list is measured, not a reading of a NACSIS-ILL that has none of these.
  await new ReadingsStore(store.db).complete(INSTITUTION, LIBRARY, new Date(from + A_DAY), true);
  tell(`a store of ${String(number)} requests, filled within ${String(Math.round((Date.now() - from) / 1000))} s`);
  return { spec: await specApp(store), store };
}

/** The median over the many by the median over the few. */
async function ratioOf({ query }: Question, few: SpecApp, many: SpecApp): Promise<number> {
  const times: Record<'few' | 'many', number[]> = { few: [], many: [] };
  for (let run = 0; run < WARM_UP + RUNS; run += 1)
    for (const [name, spec] of [
      ['few', few],
      ['many', many],
    ] as const) {
      const begun = performance.now();
      const { status: code, json } = await spec.call('GET', `/api/v1/requests?library=${LIBRARY}&${query}`);
      const time = performance.now() - begun;
      if (code !== 200 || (json as RequestList).total === 0)
        throw new Error(`${query} was answered with ${String(code)}`);
      if (run >= WARM_UP) times[name].push(time);
    }
  return median(times.many) / median(times.few);
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? NaN;
}

function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}
