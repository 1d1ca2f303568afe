import { plain } from '#domain/catalog/identifiers';
import { AlmaError } from '../alma/port';
import type { AlmaList } from './alma-list';
import type { StockRow, StockStore } from './stock-store';

/** A create without an answer: when it was sent, and the time by which it is visible or never will be. */
export interface Doubt {
  readonly sentAt: Date;
  readonly settledAt: Date;
}

export interface InStock {
  readonly rows: readonly StockRow[];
  /** True when no other request can be the one. */
  readonly isComplete: boolean;
}

/**
 * The requests that Alma holds, list by list. Each list is read once per run, before the run creates anything that
 * could appear in it; the result is stored with the run. When that reading was incomplete, the run never treats a
 * request as missing. Each later step adds what the list shows by then. One instance per step of a run.
 */
export class AlmaStock {
  readonly #taken = new Map<string, Promise<boolean>>();
  readonly #again = new Map<string, { readonly at: number; readonly isComplete: Promise<boolean> }>();

  constructor(
    private readonly store: StockStore,
    private readonly now: () => Date,
  ) {}

  /** Finds the rows that name the id. With a doubt, reads the list again: the create without an answer must show. */
  async find(list: AlmaList, id: string, doubt?: Doubt): Promise<InStock> {
    const before = await this.take(list);
    const isComplete = doubt === undefined ? before : await this.#takenAgain(list, doubt);
    return { rows: await this.store.naming(list.key, plain(id)), isComplete };
  }

  /**
   * Reads the list, or looks at it again when another step of the run has read it. Resolves to true when Alma showed
   * all of it.
   */
  take(list: AlmaList): Promise<boolean> {
    const known = this.#taken.get(list.key);
    if (known !== undefined) return known;
    const taken = this.#take(list);
    this.#taken.set(list.key, taken);
    // After a failed call the next request asks again; after a malformed answer only the next step does.
    taken.catch((error: unknown) => {
      if (!(error instanceof AlmaError && error.fault === 'malformed')) this.#taken.delete(list.key);
    });
    return taken;
  }

  async #take(list: AlmaList): Promise<boolean> {
    const before = await this.store.isComplete(list.key);
    if (before !== undefined) {
      await list.look();
      return before;
    }
    const isComplete = await list.takeStock();
    await this.store.taken(list.key, isComplete);
    return isComplete;
  }

  #takenAgain(list: AlmaList, { sentAt, settledAt }: Doubt): Promise<boolean> {
    const before = this.#again.get(list.key);
    if (before !== undefined && before.at >= settledAt.getTime()) return before.isComplete;
    const entry = { at: this.now().getTime(), isComplete: list.takeStock(sentAt) };
    this.#again.set(list.key, entry);
    entry.isComplete.catch(() => {
      if (this.#again.get(list.key) === entry) this.#again.delete(list.key);
    });
    return entry.isComplete;
  }
}
