import { historyIn, textIn } from '../../../test/catp-client/catp-client';
import type { BreakWay } from './broken-http';
import type { ExchangeBench } from './exchange-bench';
import type { ExchangeKind, Target } from './exchange-kinds';
import type { Break } from './hostile-proxy';
import { meaningOf, type GatewayCall, type Reply } from './librarian';
import { counted, type Done } from './nacsis-truth';

/** Seconds after which NACSIS-ILL has executed a command or never will. */
export const SETTLE_SECONDS = 3;

/**
 * Behaviour of the librarian. app: repeats with the same key when the gateway says so. hasty: ten calls at once with
 * the same key. anew: uses a new key after the gateway said that nothing was done.
 */
export type Manner = 'app' | 'hasty' | 'anew';

export interface Making {
  /** The kind of command. A row of a batch does not need `call`. */
  readonly kind: Omit<ExchangeKind, 'call'> & Partial<Pick<ExchangeKind, 'call'>>;
  /** For each command, the breaks of its first, second, … arrival. */
  readonly breaks: Readonly<Record<string, readonly Break[]>>;
  readonly manner: Manner;
}

/**
 * Tolerance in milliseconds. Messages take time, so the test's clock and the gateway's measure slightly different
 * durations.
 */
const TOLERANCE = 500;
/** Maximum number of new keys per command. */
const ATTEMPTS = 6;

/** One command (or a chain of two) whose exchange with NACSIS-ILL is broken, and all answers about it. */
export class Exchange {
  readonly #problems = new Set<string>();
  hasSucceeded = false;
  /** Number of breaks carried out. */
  struck = 0;
  version = 0;
  readonly #said: [code: string, times: number][] = [];
  readonly #breaks: Map<string, Break[]>;
  readonly #done = new Set<string>();
  #entriesBefore = 0;
  #last: { readonly at: number; readonly broken: Break | undefined } | undefined;
  /** Number of commands that NACSIS-ILL has yet to receive. */
  #underway = 0;
  #id: string;

  constructor(
    private readonly bench: ExchangeBench,
    private readonly making: Making,
    private readonly given: Omit<Target, 'version'>,
  ) {
    this.#id = given.id;
    this.#breaks = new Map(Object.entries(making.breaks).map(([command, breaks]) => [command, [...breaks]]));
  }

  get kind(): Making['kind'] {
    return this.making.kind;
  }

  get tag(): string {
    return this.given.tag;
  }

  /** Empty until the request exists. */
  get id(): string {
    return this.#id;
  }

  get isOnExisting(): boolean {
    return this.given.id !== '';
  }

  /**
   * The name of the exchange in reports. Example: `a chain (hasty): CANCEL: HTTP 204 when received, late; then an end
   * when done, done`.
   */
  get name(): string {
    const breaks = Object.entries(this.making.breaks).flatMap(([command, all]) =>
      all.length === 0 ? [] : [`${command}: ${all.map(nameOf).join('; then ')}`],
    );
    return `${this.tag} ${this.kind.name} (${this.making.manner}): ${breaks.join(' | ')}`;
  }

  /** The problems found and the gateway's answers in order; undefined without problems. */
  get report(): string | undefined {
    if (this.#problems.size === 0) return undefined;
    const said = this.#said.map(([code, times]) => (times === 1 ? code : `${code} ×${String(times)}`));
    return [this.name, ...this.#problems, `said: ${said.join(', ')}`].join('\n    ');
  }

  /** Reads the state before the command. */
  async prepare(): Promise<void> {
    if (!this.isOnExisting) return;
    this.#entriesBefore = historyIn(await this.bench.truth.record(this.id)).length;
    await this.#readVersion();
  }

  /** Called when the gateway has sent the command. Returns how to break the exchange. */
  arrived(command: string): Break | undefined {
    if (this.#done.has(command)) this.#fault(`${command} was sent again although it was done`);
    else if (this.#underway > 0) this.#fault(`${command} was sent again while NACSIS-ILL was still to do it`);
    const broken = this.#breaks.get(command)?.shift();
    if (broken !== undefined) this.struck += 1;
    if (broken?.fate === 'late') this.#underway += 1;
    this.#last = { at: performance.now(), broken };
    return broken;
  }

  /** Called when NACSIS-ILL has answered the command. */
  came(command: string, { isDone, isLate }: { readonly isDone: boolean; readonly isLate: boolean }): void {
    if (isLate) this.#underway -= 1;
    if (isDone) this.#done.add(command);
  }

  /** Called when a late command will not be forwarded. */
  neverComes(): void {
    this.#underway -= 1;
  }

  /** Runs the command from the click until it is done. */
  async run(): Promise<void> {
    for (let attempt = 0; attempt < ATTEMPTS && !this.hasSucceeded; attempt += 1) {
      if (attempt > 0) await this.#readVersion();
      const meaning = meaningOf(await this.#attempt());
      if (meaning !== 'not-done' && meaning !== 'refused') break;
    }
    this.mustHaveSucceeded();
  }

  /** Reports a fault when the command has not succeeded. Every command must succeed in the end. */
  mustHaveSucceeded(): void {
    if (!this.hasSucceeded) this.#fault('it was never done');
  }

  /** Makes the first call with a new key and returns the answer. */
  async first(key: string): Promise<Reply> {
    const reply = await this.bench.librarian.once(this.#call(), key);
    await this.hear(reply);
    return reply;
  }

  /** Repeats a call that was started before. */
  async goOn(key: string): Promise<void> {
    await this.bench.librarian.persist(this.#call(), key, (reply) => this.hear(reply));
    if (!this.hasSucceeded) await this.run();
  }

  /** Checks an answer of the gateway against NACSIS-ILL. */
  async hear(reply: Reply): Promise<void> {
    const at = performance.now();
    const meaning = meaningOf(reply);
    this.#note(reply.code === '' ? 'done' : reply.code);
    if (meaning === 'fault') this.#fault(`${reply.code} was answered`);
    if (meaning === 'fault' || meaning === 'open') return;
    if (meaning === 'done') await this.#heardDone(reply);
    else await this.#heardNothing(reply, { at, isRefusal: meaning === 'refused' });
  }

  /** How often the library executed each command. */
  async done(): Promise<Done> {
    const { truth } = this.bench;
    if (this.isOnExisting) return truth.doneOn(this.id, this.#entriesBefore);
    const histories = (await truth.withVolume(this.tag)).map(historyIn);
    return counted(histories.flatMap((history) => history.map(({ SENDCMND = '' }) => SENDCMND)));
  }

  /**
   * Final check: how often the command was executed, and whether the gateway shows the request as NACSIS-ILL has it.
   */
  async conclude(): Promise<{ readonly isDoubled: boolean; readonly isLost: boolean }> {
    const done = await this.done();
    const isDoubled = this.kind.commands.some((command) => (done[command] ?? 0) > 1);
    const isLost = this.hasSucceeded && this.kind.commands.some((command) => (done[command] ?? 0) === 0);
    if (isDoubled) this.#fault(`it was done more than once: ${JSON.stringify(done)}`);
    if (isLost) this.#fault(`it was reported as done, and NACSIS-ILL has ${JSON.stringify(done)}`);
    if (this.hasSucceeded && !isDoubled)
      await this.#checkShown().catch((error: unknown) => this.#fault(`it cannot be read: ${String(error)}`));
    return { isDoubled, isLost };
  }

  async #attempt(): Promise<Reply> {
    const { librarian } = this.bench;
    const [call, key] = [this.#call(), librarian.newKey()];
    const heard = (reply: Reply): Promise<void> => this.hear(reply);
    if (this.making.manner === 'hasty') return librarian.insist(call, key, heard);
    return librarian.persist(call, key, heard, { stop: this.making.manner === 'anew' ? ['not-done'] : [] });
  }

  #call(): GatewayCall {
    if (this.kind.call === undefined) throw new Error('the row of a batch is not sent by itself');
    return this.kind.call({ ...this.given, version: this.version });
  }

  async #heardDone({ request }: Reply): Promise<void> {
    if (!this.hasSucceeded && !(await this.#isDone()))
      this.#fault('it was called done, and NACSIS-ILL has not done it');
    if (request !== undefined && !this.isOnExisting) {
      const ids = (await this.bench.truth.withVolume(this.tag)).map((record) => textIn(record, 'ID'));
      if (!ids.includes(request.id))
        this.#fault(`the request is said to be ${request.id}, NACSIS-ILL has ${ids.join()}`);
    }
    if (request !== undefined) this.#id = request.id;
    this.hasSucceeded = true;
  }

  /**
   * Checks an answer of the gateway that nothing was done. With ten calls at once others may still be running, so the
   * current state proves nothing.
   */
  async #heardNothing(
    { code, detail = '' }: Reply,
    { at, isRefusal }: { readonly at: number; readonly isRefusal: boolean },
  ): Promise<void> {
    const broken = this.#last?.broken;
    const mayRefuse = (broken?.way as BreakWay | undefined)?.refuses === true;
    if (isRefusal && !mayRefuse) this.#fault(`it was refused: ${code} ${detail}`);
    if (this.making.manner === 'hasty') return;
    if (this.#underway > 0) this.#fault(`${code} was answered, and NACSIS-ILL was still to do it`);
    if (await this.#isDone()) this.#fault(`${code} was answered, and NACSIS-ILL had done it`);
    const since = at - (this.#last?.at ?? -Infinity);
    if (broken !== undefined && !mayRefuse && since < SETTLE_SECONDS * 1000 - TOLERANCE)
      this.#fault(`${code} was answered ${since.toFixed(0)} ms after the command was sent`);
  }

  async #isDone(): Promise<boolean> {
    const done = await this.done();
    return this.kind.commands.every((command) => (done[command] ?? 0) > 0);
  }

  async #checkShown(): Promise<void> {
    const view = await this.bench.librarian.read(this.kind.side, this.id, false);
    if (view === undefined) this.#fault('the gateway does not know the request');
    else if (this.kind.commands.includes('PARDON')) {
      if (view.gone !== 'passed-on') this.#fault(`it is shown as ${view.gone ?? 'still there'}, and it was passed on`);
    } else for (const difference of await this.bench.truth.differences(view)) this.#fault(difference);
  }

  async #readVersion(): Promise<void> {
    if (!this.isOnExisting) return;
    this.version = (await this.bench.librarian.read(this.kind.side, this.id))?.version ?? 0;
  }

  #fault(what: string): void {
    this.#problems.add(what);
  }

  #note(code: string): void {
    const last = this.#said.at(-1);
    if (last?.[0] === code) last[1] += 1;
    else this.#said.push([code, 1]);
  }
}

function nameOf({ way, moment, fate }: Break): string {
  return `${way.name}, ${moment}, ${fate}`;
}
