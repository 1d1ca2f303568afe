import { readFile, writeFile } from 'node:fs/promises';
import { textIn, type WireRecord } from '../../../test/catp-client/catp-client';
import { catpWays, WRONG_IDS, type Forger } from './broken-catp';
import type { Ways } from './break-plan';
import { AFTER_WAYS, CUTS, HTTP_WAYS } from './broken-http';
import { idOf, statusIn, type CatpCall } from './catp-message';
import { Exchange, SETTLE_SECONDS, type Making } from './exchange';
import { inParallel } from './in-parallel';
import { HostileProxy, type Break, type Delivery } from './hostile-proxy';
import { Librarian } from './librarian';
import { NacsisSim, type SeedOptions } from '../nacsis-sim';
import { NacsisTruth } from './nacsis-truth';
import { TestStack } from '../stack';

/**
 * Latest time in milliseconds at which NACSIS-ILL starts a command after receiving it. The rest of the settling time
 * allows for a slow machine.
 */
const LATEST = SETTLE_SECONDS * 1000 - 1_000;

/**
 * Settings with short timeouts, so that a break costs little time. The breaker is effectively off, and each exchange
 * has a handle.
 */
const NACSIS_SETTINGS = {
  connectTimeoutMs: 2_000,
  firstByteTimeoutMs: 2_500,
  answerTimeoutMs: 3_500,
  settleSeconds: SETTLE_SECONDS,
  loginPauseSeconds: 1,
  breakerFailures: 1_000,
  handlesPerAccount: 60,
  queueLimit: 2_000,
  maxAnswerBytes: 2_000_000,
} as const;
/** No exchange concerns Alma, so its rate limit is raised. */
const ALMA_SETTINGS = { callsPerSecond: 1_000 } as const;

/** One unrelated request per file. An answer about it never belongs to a command on another request. */
const BYSTANDERS: Readonly<Record<string, SeedOptions>> = {
  COPYO: { side: 'borrower', kind: 'copy', state: '発送' },
  COPYS: { side: 'lender', kind: 'copy', state: '処理中' },
  LOANO: { side: 'borrower', kind: 'loan', state: '借用中' },
};

/** Gateway and NACSIS-ILL with the hostile proxy between them, and all exchanges made so far. */
export class ExchangeBench {
  readonly exchanges: Exchange[] = [];
  /** Breaks of the next logins, in order. */
  logins: Break[] = [];
  /** Chooses the break of a call that reads; undefined: none. */
  readings: () => Break | undefined = () => undefined;
  /** Delay in milliseconds of data that was read, which makes it outdated on arrival. */
  readingsHeld: () => number = () => 0;
  readonly librarian: Librarian;
  readonly ways: Ways;
  readonly #bystanders = new Map<string, WireRecord>();
  readonly #madeUp = new Set<string>();
  #lenders: readonly string[] = [];
  readonly #lastAnswers: { readonly id: string; readonly answer: Buffer }[] = [];
  /** Number of commands that reached NACSIS-ILL completely. */
  #commands = 0;

  private constructor(
    readonly test: TestStack,
    readonly proxy: HostileProxy,
    readonly truth: NacsisTruth,
  ) {
    this.librarian = new Librarian(test.stack.urls);
    this.ways = { cuts: CUTS, others: [...HTTP_WAYS, ...AFTER_WAYS, ...catpWays(this.#forger())] };
    proxy.watcher = {
      choose: (call) => this.#choose(call),
      holds: ({ command }) => (command === '' ? this.readingsHeld() : 0),
      delivered: (delivery) => this.#delivered(delivery),
      dropped: (call) => this.#of(call)?.neverComes(),
    };
  }

  static async start(): Promise<ExchangeBench> {
    const proxy = await HostileProxy.start(LATEST);
    const test = await TestStack.start({
      alma: ALMA_SETTINGS,
      nacsis: NACSIS_SETTINGS,
      nacsisUrl: `${proxy.url}/catp`,
    });
    proxy.passTo(test.stack.urls.nacsis);
    const sim = new NacsisSim(test.stack.urls.nacsis);
    const [me = '', ...others] = (await sim.accounts()).map(({ memberId }) => memberId);
    const bench = new ExchangeBench(test, proxy, new NacsisTruth(sim, me));
    bench.#lenders = others;
    await bench.#prepare();
    return bench;
  }

  async stop(): Promise<void> {
    await this.proxy.stop();
    await this.test.stop();
  }

  /** Kills the gateway as a power cut would, and restarts it. */
  async killGateway(): Promise<void> {
    await this.test.stack.killGateway();
    await this.test.stack.startGateway();
  }

  /** Restarts the gateway with some of its NACSIS settings replaced. */
  async restartGateway(settings: Readonly<Record<string, number | string>>): Promise<void> {
    const { stack } = this.test;
    await stack.stopGateway();
    const config = JSON.parse(await readFile(stack.configFile, 'utf8')) as { readonly nacsis: object };
    await writeFile(stack.configFile, JSON.stringify({ ...config, nacsis: { ...config.nacsis, ...settings } }));
    await stack.startGateway();
  }

  /** Creates exchanges of these kinds, each on its own request and with the breaks of its commands. */
  async make(wanted: readonly Making[]): Promise<readonly Exchange[]> {
    const ids = await this.truth.sim.seedIn(
      ...wanted.flatMap(({ kind: { seed } }) => (seed === undefined ? [] : [seed])),
    );
    const made: Exchange[] = [];
    for (const making of wanted) {
      const id = making.kind.seed === undefined ? '' : (ids[made.filter((each) => each.isOnExisting).length] ?? '');
      const tag = `X${String(this.exchanges.length + made.length + 1)}`;
      made.push(new Exchange(this, making, { tag, id, lenders: this.#lenders }));
    }
    this.exchanges.push(...made);
    await inParallel(made, 8, (each) => each.prepare());
    return made;
  }

  /** Compares the gateway's view of each bystander with NACSIS-ILL. */
  async bystanderDifferences(): Promise<readonly string[]> {
    const found = await Promise.all(
      Object.entries(BYSTANDERS).map(async ([database, { side }]) => {
        const view = await this.librarian.read(side, textIn(this.#bystanders.get(database), 'ID'), false);
        return view === undefined
          ? [`the bystander of ${database} is not known any more`]
          : this.truth.differences(view);
      }),
    );
    return found.flat();
  }

  /**
   * Commands that NACSIS-ILL counted but the proxy did not forward. Must be 0; otherwise something bypassed the proxy.
   */
  async unseenCommands(): Promise<number> {
    return ((await this.truth.sim.counters())['SERVERPROCEDURECALL'] ?? 0) - this.#commands;
  }

  /** Ids that the gateway must not know, because they are made up or NACSIS-ILL would never use them. */
  async storedByMistake(): Promise<readonly string[]> {
    const ids = [...this.#madeUp, ...WRONG_IDS].filter((id) => /^[A-Za-z0-9]+$/.test(id));
    const views = await inParallel(ids, 8, (id) => this.librarian.read('borrower', id, false));
    return views.flatMap((view) => (view === undefined ? [] : [view.id]));
  }

  async #prepare(): Promise<void> {
    const names = Object.keys(BYSTANDERS);
    const ids = await this.truth.sim.seedIn(...Object.values(BYSTANDERS));
    for (const [at, id] of ids.entries()) {
      this.#bystanders.set(names[at] ?? '', await this.truth.record(id));
      // lets the gateway know the request
      await this.librarian.read(BYSTANDERS[names[at] ?? '']!.side, id);
    }
  }

  #forger(): Forger {
    return {
      memberId: this.truth.memberId,
      madeUp: this.#madeUp,
      current: (id) => this.truth.record(id),
      bystander: (database) => this.#bystanders.get(database) ?? {},
      foreign: (call) => this.#lastAnswers.findLast(({ id }) => id !== idOf(call))?.answer ?? call.bytes,
    };
  }

  #choose(call: CatpCall): Break | undefined {
    if (call.method === 'GETHANDLE') return this.logins.shift();
    if (call.command === '') return this.readings();
    return this.#of(call)?.arrived(call.command);
  }

  #delivered({ call, answer, isLate }: Delivery): void {
    if (call.command === '') return;
    this.#commands += 1;
    this.#of(call)?.came(call.command, { isDone: statusIn(answer).startsWith('2'), isLate });
    this.#lastAnswers.push({ id: idOf(call), answer });
    if (this.#lastAnswers.length > 20) this.#lastAnswers.shift();
  }

  #of(call: CatpCall): Exchange | undefined {
    const id = idOf(call);
    return this.exchanges.find((each) => (id === '' ? each.tag === textIn(call.record, 'VLNO') : each.id === id));
  }
}
