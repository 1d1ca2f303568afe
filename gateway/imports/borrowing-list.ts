import { createHash } from 'node:crypto';
import { isUpToDate, readInto, type AlmaList, type ListParts } from './alma-list';

/**
 * The borrowing requests of a patron, including those that have ended. Alma cannot be searched for them (alma.md 2.1
 * U5), and its list does not identify them: each one is read, unless it is linked and was read before.
 */
export class BorrowingList implements AlmaList {
  readonly key: string;

  constructor(
    private readonly parts: ListParts,
    private readonly userId: string,
  ) {
    this.key = `borrowing ${createHash('sha256').update(userId).digest('hex')}`;
  }

  async takeStock(since?: Date): Promise<boolean> {
    const { alma, access, store } = this.parts;
    const listedAt = this.parts.now();
    const active = await alma.borrowingIds(access, this.userId, 'active');
    const history = await alma.borrowingIds(access, this.userId, 'history');
    const ids = [...new Set([...active.ids, ...history.ids])];
    const isWhole = (await this.#read(ids)) && active.isComplete && history.isComplete;
    if (!isWhole || since === undefined) return isWhole;
    const last = await store.lastMade('borrower', { userId: this.userId }, since, listedAt);
    return isUpToDate(last, new Set(ids), ({ almaId }) => alma.borrowing(access, this.userId, almaId));
  }

  async look(): Promise<boolean> {
    const { alma, access } = this.parts;
    const { ids, isComplete } = await alma.borrowingIds(access, this.userId, 'active');
    return (await this.#read(ids)) && isComplete;
  }

  /** Resolves to true when Alma returns every request that it lists. */
  async #read(ids: readonly string[]): Promise<boolean> {
    const { alma, access, store } = this.parts;
    const [known, clear] = await Promise.all([store.known(this.key), store.needNoReading(this.userId)]);
    const unread = ids.filter((id) => !known.has(id) && !clear.has(id)).map((almaId) => ({ almaId }));
    const of = { key: this.key, side: 'borrower' } as const;
    const missing = await readInto(this.parts, of, unread, ({ almaId }) => alma.borrowing(access, this.userId, almaId));
    return missing.length === 0;
  }
}
