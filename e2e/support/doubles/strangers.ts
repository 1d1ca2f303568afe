import { setTimeout as pause } from 'node:timers/promises';
import type { Chronicle } from '../lives/chronicle';
import type { DoublesStack } from './doubles-stack';
import { NO_WRITING, type Ledger } from './ledger';

const PAUSE_MS = 600;
const PATRONS = ['patron001', 'patron002', 'patron003', 'ILL000'];
const KINDS = ['copy', 'loan'] as const;
/** A state in which the borrower may cancel. */
const MAY_BE_CANCELLED = '照会';

/** Other parties who create and cancel requests in NACSIS-ILL and Alma during the import. */
export class Strangers {
  /** NACSIS-ILL ids of the requests that they made or changed. */
  readonly touched = new Set<string>();
  /** Alma's ids of the requests that staff created in Alma. */
  readonly #made: string[] = [];
  #turn = 0;

  constructor(
    private readonly stack: DoublesStack,
    private readonly ledger: Ledger,
    private readonly chronicle: Chronicle,
    private readonly random: () => number,
  ) {}

  /** Keeps working until the promise settles. */
  async workDuring(work: Promise<unknown>): Promise<void> {
    const progress = { isOver: false };
    const over = work.catch(() => undefined).then(() => (progress.isOver = true));
    while (!progress.isOver) {
      await this.#act();
      await Promise.race([pause(PAUSE_MS * (0.5 + this.random())), over]);
    }
  }

  async #act(): Promise<void> {
    this.#turn += 1;
    const acts = [() => this.#order(), () => this.#make(), () => this.#cancel(), () => this.#cancelInAlma()];
    await acts[this.#turn % acts.length]?.();
  }

  /** Another library orders. */
  async #order(): Promise<void> {
    const [record] = await this.stack.nacsis.order({ kind: this.#one(KINDS), count: 1 });
    this.#note(String(record?.['ID']), 'another library orders');
  }

  /** The library itself cancels a request, with another program. */
  async #cancel(): Promise<void> {
    const { nacsis, libraries } = this.stack;
    const open = (await nacsis.borrowed()).filter(({ STAT: status }) => status === MAY_BE_CANCELLED);
    if (open.length === 0) return;
    const id = String(this.#one(open)['ID']);
    this.#note(id, 'another program cancels');
    await nacsis.perform(libraries[0]?.memberId ?? '', 'CANCEL', id);
  }

  /** Staff creates a request in Alma that has nothing to do with NACSIS-ILL. */
  async #make(): Promise<void> {
    const side = this.#one(['borrower', 'lender'] as const);
    const user = side === 'borrower' ? { user: this.#one(PATRONS) } : {};
    this.#made.push(await this.ledger.hold({ side, ...user, writing: NO_WRITING }));
    this.chronicle.count('others: staff makes a request in Alma');
  }

  async #cancelInAlma(): Promise<void> {
    const almaId = this.#made.shift();
    if (almaId === undefined) return;
    const isBorrowed = this.ledger.find(almaId)?.side === 'borrower';
    await this.ledger.change(almaId, isBorrowed ? 'CANCELLED_BY_STAFF' : 'CANCELLED');
    this.chronicle.count('others: staff cancels a request in Alma');
  }

  #note(id: string, words: string): void {
    this.touched.add(id);
    this.chronicle.tell('others', id, words);
    this.chronicle.count(`others: ${words}`);
  }

  #one<T>(items: readonly T[]): T {
    const item = items[Math.floor(this.random() * items.length)];
    if (item === undefined) throw new Error('there is nothing to choose from');
    return item;
  }
}
