import type { RequestList } from '#domain/api/work-list';
import type { Store } from '../gateway/store/open-store';
import { ReadingsStore } from '../gateway/store/readings-store';
import { lookAtRequests, sumUpCounts } from '../gateway/store/request-counts';
import { specApp, type SpecApp } from '../gateway/testing/spec-app';
import { filledStore } from './filled-store';
import { judged, ratioOf } from './ratio';

const FEW = 500;
const MANY = 50_000;
/** Rounds of each query on each store. */
const ROUNDS = { warmUp: 5, runs: 25 };
/** Maximum cost of page 1 of a side's list over many requests, as a multiple of the cost over few. */
const LIMIT = 3;
const LIBRARY = 'RES_SHARE';
const INSTITUTION = '81SIM_INST';
const A_DAY = 86_400_000;

interface Question {
  readonly name: string;
  readonly query: string;
  /** True when `LIMIT` applies to the ratio. Other ratios are only printed. */
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

/**
 * Compares page 1 of the work list, as the app requests it, over few and over many requests. Returns true when it is
 * fast enough.
 */
export async function benchWorkList(): Promise<boolean> {
  const [few, many] = [await filled(FEW), await filled(MANY)];
  let passed = true;
  for (const { name, query, isLimited } of QUESTIONS) {
    const ratio = await ratioOf(({ spec }) => pageOne(spec, query), few, many, ROUNDS);
    const what = `page 1, ${name}: ${String(MANY)} / ${String(FEW)} requests`;
    passed = judged(what, ratio, isLimited ? LIMIT : undefined) && passed;
  }
  for (const { spec, store } of [few, many]) {
    await spec.app.close();
    await store.close();
  }
  return passed;
}

async function filled(number: number): Promise<{ readonly spec: SpecApp; readonly store: Store }> {
  const store = await filledStore({ institution: INSTITUTION, library: LIBRARY }, number);
  // Brings the store to its state at the end of a reading.
  await sumUpCounts(store.db, INSTITUTION, LIBRARY);
  await lookAtRequests(store.db);
  // Keeps the reading fresh during the benchmark, so that the benchmark measures the list and not a reading of a
  // NACSIS-ILL without these requests.
  await new ReadingsStore(store.db).complete(INSTITUTION, LIBRARY, new Date(Date.now() + A_DAY), true);
  return { spec: await specApp(store), store };
}

async function pageOne(spec: SpecApp, query: string): Promise<void> {
  const { status: code, json } = await spec.call('GET', `/api/v1/requests?library=${LIBRARY}&${query}`);
  if (code !== 200 || (json as RequestList).total === 0) throw new Error(`${query} was answered with ${String(code)}`);
}
