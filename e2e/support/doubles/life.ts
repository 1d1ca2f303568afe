import { setTimeout as pause } from 'node:timers/promises';
import type { ImportedRequest, ImportReport, StartImport } from '#domain/api/imports';
import { OUTCOMES } from '#domain/imports/import';
import { inParallel } from '../exchange/in-parallel';
import type { Chronicle } from '../lives/chronicle';
import { DoublesStack, type DoublesOptions } from './doubles-stack';
import { judge, keyOf, type Fault, type Told } from './judge';
import { Ledger } from './ledger';
import { Strangers } from './strangers';

/** Disturbances during a run. */
interface Troubles {
  /** Number of times the gateway is killed. */
  readonly kills?: number;
  readonly strangers?: boolean;
}
export interface LifeOptions extends DoublesOptions {
  readonly name: string;
  readonly random: () => number;
}
export type Items = ReadonlyMap<string, ImportedRequest>;

const AT_A_TIME = 8;
const POLL_MS = 250;
/** Number of remaining requests below which no kill is planned, because the run might end first. */
const BEYOND_THE_LAST_KILL = 20;
const ANY_ID = /[A-Z]{2}\d{9}[\dX]/g;

/** The life of one Alma and one NACSIS-ILL from the first import on. Counts both after each run. */
export class Life {
  readonly chronicle: Chronicle;
  readonly random: () => number;
  readonly name: string;
  readonly faults = new Map<string, Fault>();
  /** Patrons that Alma does not know at first. */
  readonly latePatrons = new Set<string>();
  readonly #links = new Map<string, Set<string>>();
  readonly #strangers: Strangers;
  /** Number of requests that the test has put into NACSIS-ILL. */
  sown = 0;
  #runs = 0;
  requests = 0;
  unknown = 0;

  private constructor(
    { name, chronicle, random }: LifeOptions,
    readonly stack: DoublesStack,
    readonly ledger: Ledger,
  ) {
    [this.name, this.chronicle, this.random] = [name, chronicle, random];
    this.#strangers = new Strangers(stack, ledger, chronicle, random);
  }

  static async start(options: LifeOptions): Promise<Life> {
    const stack = await DoublesStack.start(options);
    return new Life(options, stack, await Ledger.open(stack));
  }

  /** What the next run would do. */
  async dryRun(): Promise<Items> {
    const { api } = this.stack;
    const report = await api.runThrough({ dryRun: true });
    return this.#itemsOf(report);
  }

  /** Runs an import to its end and counts the result. */
  async run(order: StartImport = {}, { kills = 0, strangers = false }: Troubles = {}): Promise<Items> {
    const { api, alma } = this.stack;
    this.#runs += 1;
    alma.step = `${this.name}, run ${String(this.#runs)}`;
    this.#strangers.touched.clear();
    const runId = await api.start(order);
    const ended = this.#endOf(runId, kills);
    if (strangers) await this.#strangers.workDuring(ended);
    const report = await ended;
    await alma.quiet();
    return this.#counted(report);
  }

  /** Checks that the run did what the dry run announced, except for requests that others changed in between. */
  compare(promised: Items, done: Items): void {
    for (const [key, { id, outcome }] of promised) {
      const now = done.get(key)?.outcome;
      if (now === undefined || now === 'failed' || outcome === 'failed') continue;
      if ((outcome === 'created') === (now === 'created') || this.#strangers.touched.has(id)) continue;
      const [found, expected] = [now, `${outcome ?? ''}, as the dry run had said`];
      this.wrong(id, 'the dry run said otherwise', found, expected);
    }
  }

  /** Checks that the report does not claim success for calls that Alma answered with an error. */
  expectNotDone(
    almaIds: ReadonlySet<string>,
    done: Items,
    kind: string,
    isSaid: (item: ImportedRequest) => boolean,
  ): void {
    for (const almaId of almaIds)
      for (const key of this.#links.get(almaId) ?? []) {
        const item = done.get(key);
        if (item === undefined || !isSaid(item)) continue;
        const found = `${item.outcome ?? ''} ${item.changes.map(({ what }) => what).join(', ')}`;
        this.wrong(item.id, kind, found, 'failed, since Alma answered with an error');
      }
  }

  wrong(id: string, kind: string, found: string, expected: string): void {
    this.#fault({ sort: 'wrong', id, kind, found, expected });
  }

  async stop(): Promise<void> {
    await this.stack.stop();
  }

  async #endOf(runId: string, kills: number): Promise<ImportReport> {
    const { api } = this.stack;
    for (let left = kills; left > 0; left -= 1) {
      const { progress } = await api.until(runId, ({ phase }) => phase === 'importing', POLL_MS);
      const share = Math.max(0, (progress.due ?? 0) - BEYOND_THE_LAST_KILL - progress.done) / (left + 1);
      const point = progress.done + 2 * this.random() * share;
      const run = await api.until(runId, ({ progress: { done } }) => done > point, POLL_MS);
      if (run.finishedAt !== undefined) break;
      await pause(this.random() * 50);
      await this.stack.killAndRestart();
      this.chronicle.count('kills');
    }
    return api.ended(runId);
  }

  async #counted(report: ImportReport): Promise<Items> {
    const { alma } = this.stack;
    const items = await this.#itemsOf(report);
    this.chronicle.count(`runs ${report.state}${report.failure === undefined ? '' : `: ${report.failure.code}`}`);
    for (const [key, { id, outcome = 'open', changes, failure }] of items) {
      for (const { what, to } of changes) if (what === 'created' || what === 'linked') this.#link(to ?? '', key);
      const words = failure === undefined ? changes.map(({ what, to }) => `${what} ${to ?? ''}`) : [failure.code];
      this.chronicle.tell(alma.step, id, `report: ${outcome} ${words.join(', ')}`);
    }
    await inParallel(this.ledger.all, AT_A_TIME, async ({ almaId }) => {
      for (const each of await this.stack.api.linkedTo(almaId)) this.#link(almaId, keyOf(each));
    });
    const { failures: _, ...rest } = report;
    const told: Told = {
      items,
      named: new Set(JSON.stringify(rest).match(ANY_ID)),
      links: this.#links,
      isWhole: report.state === 'completed',
    };
    const late = this.#strangers.touched;
    const { inDoubt, shows } = alma;
    const excuses = { inDoubt, shows, late, latePatrons: this.latePatrons };
    const judgement = await judge(this.stack, this.ledger, told, excuses);
    [this.requests, this.unknown] = [judgement.requests, judgement.unknown];
    for (const fault of judgement.faults) this.#fault(fault);
    return items;
  }

  #fault(fault: Fault): void {
    const name = `${fault.id} ${fault.kind}`;
    if (this.faults.has(name)) return;
    this.faults.set(name, fault);
    this.chronicle.violation(this.stack.alma.step, fault.id, fault.kind, fault.found, fault.expected);
  }

  #link(almaId: string, key: string): void {
    const keys = this.#links.get(almaId) ?? new Set<string>();
    this.#links.set(almaId, keys.add(key));
  }

  async #itemsOf({ runId }: ImportReport): Promise<Items> {
    const items = new Map<string, ImportedRequest>();
    for (const outcome of OUTCOMES)
      for (const item of await this.stack.api.requests(runId, outcome)) items.set(keyOf(item), item);
    return items;
  }
}
