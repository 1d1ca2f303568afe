import * as fc from 'fast-check';
import { CatpClient, type WireRecord } from '../../test/catp-client/catp-client';
import { attempt, chainsToEveryEdge, completeAttempt, NEW_MODEL, rowsOf, situationOf, type Attempt, type Chain, type Model, type ModelOptions } from '../../test/catp-client/ill-model';
import { buildNacsisSimulator } from './app';

const FIXED_SEED = 20_261_124;
const STEPS = 25;
const COMMANDS = ['SAVE', 'ORDER', 'CANCEL', 'ANSWER', 'FORWARD', 'RETRY', 'RECEIVE', 'OK', 'BORROW', 'CLAIM', 'SENDBACK', 'RENEW', 'INQUIRE', 'PARDON', 'SEND', 'CALLBACK'];
const DATABASE = { copy: { B: 'COPYO', L: 'COPYS' }, loan: { B: 'LOANO', L: 'LOANS' } } as const;
const VALUES: Readonly<Record<string, string>> = {
  ACCT: 'pb', TYPE: '電子複写', ODATE: '20260401', OSTAF: '担当 A', OADRS: '見本大学図書館', ADATE: '20260402', SDATE: '20260403', SUM: '500', DDATE: '20260501', BDATE: '20260420', KDATE: '20260422',
};

/** One step of a random sequence; numbers are choices among what is there at that moment. */
interface Step {
  readonly likely: boolean;
  readonly choice: number;
  readonly side: 'B' | 'L';
  readonly command: string;
  readonly complete: boolean;
  readonly stranger: boolean;
  readonly toggle: number | undefined;
}
const STEP: fc.Arbitrary<Step> = fc.record({
  likely: fc.integer({ min: 0, max: 9 }).map((number) => number < 7),
  choice: fc.nat(),
  side: fc.constantFrom('B', 'L'),
  command: fc.constantFrom(...COMMANDS),
  complete: fc.integer({ min: 0, max: 9 }).map((number) => number < 9),
  stranger: fc.integer({ min: 0, max: 19 }).map((number) => number === 0),
  toggle: fc.option(fc.nat(2), { freq: 12, nil: undefined }),
});

describe('the NACSIS-ILL simulator against the independent tables', () => {
  let url = '';
  let close: () => Promise<unknown> = async () => undefined;
  let accounts: readonly { readonly memberId: string; readonly user: string; readonly password: string }[] = [];
  const clients = new Map<string, CatpClient>();

  async function start(mode: 'lenient' | 'strict'): Promise<ModelOptions['lenders']> {
    const { server } = buildNacsisSimulator({ mode });
    url = await server.listen({ host: '127.0.0.1', port: 0 });
    close = async () => server.close();
    accounts = (await sim('accounts')) as typeof accounts;
    clients.clear();
    for (const { memberId, user, password } of accounts.slice(0, 5)) {
      const client = new CatpClient(`${url}/catp`);
      expect((await client.login(user, password)).status).toBe('200');
      clients.set(memberId, client);
    }
    return accounts.slice(1, 4).map(({ memberId }) => memberId);
  }
  afterEach(async () => close());

  async function sim(path: string): Promise<unknown> {
    return (await fetch(`${url}/_sim/${path}`)).json();
  }

  /** Sends the attempt and checks that the server does what the model says. Returns the model and the record after it. */
  async function check(model: Model, before: WireRecord | undefined, wanted: Attempt, options: ModelOptions, serves: (id: string) => boolean): Promise<{ model: Model; record: WireRecord | undefined }> {
    const expected = attempt(model, wanted, options, serves);
    const library = wanted.side === 'B' ? accounts[0]?.memberId : wanted.library;
    const client = clients.get(library ?? '');
    if (client === undefined) throw new Error(`no client for ${String(library)}`);
    const answer = await client.command(DATABASE[options.kind][wanted.side], wanted.command, body(before, wanted, options));
    const what = `${wanted.side} ${wanted.command} in ${model.state || '(none)'}: ${answer.status} ${answer.reason}`;
    if (expected === undefined) {
      if (!answer.status.startsWith('4')) throw new Error(`not refused: ${what}`);
      if (before) expect(await sim(`records/${String(before['ID'])}`)).withContext(what).toEqual(before);
      return { model, record: before };
    }
    const [record] = answer.records;
    if (answer.status !== '200' || record === undefined) throw new Error(`not carried out: ${what}`);
    const seen = { STAT: record['STAT'], AMLID: record['AMLID'], CLAIMFLG: record['CLAIMFLG'], LOANFLG: record['LOANFLG'], history: record['SENDG']?.length };
    const right = {
      STAT: expected.state, AMLID: expected.active < 0 ? undefined : options.lenders[expected.active],
      CLAIMFLG: expected.claim ? '1' : undefined, LOANFLG: expected.renewed ? '1' : undefined, history: expected.history,
    };
    if (JSON.stringify(seen) !== JSON.stringify(right)) throw new Error(`${what}: ${JSON.stringify(seen)} instead of ${JSON.stringify(right)}`);
    expect(await sim(`records/${String(record['ID'])}`)).withContext(what).toEqual(record);
    return { model: expected, record };
  }

  function body(before: WireRecord | undefined, { fills, comment }: Attempt, { lenders }: ModelOptions): WireRecord {
    const record: WireRecord = before ? { ID: String(before['ID']) } : {};
    for (const name of fills) {
      if (name === 'BIBID') record['BIBG'] = [{ BIBNT: '𠮷野の民家' }];
      else if (name === 'HMLID') record['HMLG'] = lenders.map((HMLID) => ({ HMLID }));
      else record[name] = VALUES[name] ?? '';
    }
    return comment ? { ...record, _COMMENT_: 'よろしくお願いいたします。髙' } : record;
  }

  /** A way into the machine, then random steps from there. */
  async function runSequence(options: ModelOptions, way: Chain['rows'], steps: readonly Step[]): Promise<void> {
    let at: { model: Model; record: WireRecord | undefined } = { model: NEW_MODEL, record: undefined };
    const stopped = new Set<string>();
    for (const row of way) at = await check(at.model, at.record, completeAttempt(row, at.model, options), options, () => true);
    for (const step of steps) {
      const toggled = step.toggle === undefined ? undefined : options.lenders[step.toggle];
      if (toggled !== undefined) await toggle(stopped, toggled);
      at = await check(at.model, at.record, attemptOf(step, at.model, options), options, (id) => !stopped.has(id));
    }
    for (const id of [...stopped]) await toggle(stopped, id);
  }

  async function toggle(stopped: Set<string>, id: string): Promise<void> {
    const STAT = stopped.has(id) ? 'A' : 'N';
    await fetch(`${url}/_sim/members/${id}`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ STAT }) });
    if (!stopped.delete(id)) stopped.add(id);
  }

  /** Mostly a row that stands in the table here; else any command of any side. */
  function attemptOf(step: Step, model: Model, options: ModelOptions): Attempt {
    const here = rowsOf(options).filter(({ state }) => state === model.state);
    const row = step.likely ? here[step.choice % Math.max(here.length, 1)] : undefined;
    const wanted = row ? completeAttempt(row, model, options) : { side: step.side, command: step.command, library: options.lenders[model.active] ?? options.lenders[0] ?? '', fills: [], comment: true };
    const library = step.stranger ? (accounts[4]?.memberId ?? '') : wanted.library;
    return { ...wanted, library: library || (options.lenders[0] ?? ''), ...(step.complete ? {} : { fills: [], comment: false }) };
  }

  for (const mode of ['lenient', 'strict'] as const) {
    for (const kind of ['copy', 'loan'] as const) {
      it(`does what the tables say in random sequences (${kind}, ${mode})`, async () => {
        const options: ModelOptions = { kind, lenders: await start(mode), strict: mode === 'strict' };
        const numRuns = mode === 'lenient' ? 40 : 10;
        const ways = [[], ...chainsToEveryEdge(options).map(({ rows }) => rows)];
        const steps = fc.array(STEP, { minLength: STEPS, maxLength: STEPS });
        await fc.assert(fc.asyncProperty(fc.constantFrom(...ways), steps, async (way, those) => runSequence(options, way, those)), { seed: FIXED_SEED, numRuns, interruptAfterTimeLimit: 60_000, markInterruptAsFailure: true });
      }, 90_000);
    }
  }

  for (const kind of ['copy', 'loan'] as const) {
    it(`carries out every edge and refuses everything else in every situation (${kind})`, async () => {
      const options: ModelOptions = { kind, lenders: (await start('lenient')).slice(0, 2), strict: false };
      const chains = chainsToEveryEdge(options);
      expect(rowsOf(options).filter((row) => !chains.some(({ rows }) => rows.includes(row)))).toEqual([]);
      const refused = new Set<string>();
      for (const { rows } of chains) {
        let at: { model: Model; record: WireRecord | undefined } = { model: NEW_MODEL, record: undefined };
        for (const row of rows) at = await check(at.model, at.record, completeAttempt(row, at.model, options), options, () => true);
        if (refused.has(situationOf(at.model))) continue;
        refused.add(situationOf(at.model));
        for (const wrong of impossible(at.model, options)) await check(at.model, at.record, wrong, options, () => true);
      }
      expect(new Set([...refused].map((situation) => situation.split(',')[0])).size).toBe(kind === 'copy' ? 12 : 17);
    }, 120_000);
  }

  /** Every command of both sides that must be refused here, sent complete. */
  function impossible(model: Model, options: ModelOptions): readonly Attempt[] {
    const fills = Object.keys(VALUES).filter((name) => ['ADATE', 'SDATE', 'SUM', 'KDATE'].includes(name) && !(name === 'KDATE' && options.kind === 'copy'));
    const attempts = (['B', 'L'] as const).flatMap((side) => COMMANDS.map((command): Attempt => ({
      side, command, library: options.lenders[model.active] ?? options.lenders[0] ?? '', fills: side === 'L' ? fills : [], comment: true,
    })));
    return attempts.filter((wanted) => attempt(model, wanted, options, () => true) === undefined);
  }
});
