import { hasEndedInAlma, LENDING_STATUSES } from '#domain/alma/alma-steps';
import { AlmaError, type AlmaRequest, type TaskFilter, type TaskList } from '../alma/port';
import { TASK_LIST_LIMIT } from '../alma/request-answer';
import { isUpToDate, readInto, stockRow, type AlmaList, type ListParts } from './alma-list';

/** Alma's code for an unknown status (alma.md 2.1, T1). */
const NO_STATUS = '40166414';
/** Filters that split the list into parts that Alma shows whole, applied one after the other as far as necessary. */
const CUTS: readonly { readonly by: keyof TaskFilter; readonly values: readonly string[] }[] = [
  { by: 'requested_format', values: ['PHYSICAL', 'PHYSICAL_NON_RETURNABLE', 'DIGITAL'] },
  { by: 'printed', values: ['Y', 'N'] },
  { by: 'reported', values: ['Y', 'N'] },
  { by: 'status', values: LENDING_STATUSES },
];
/**
 * @unconfirmed O: Alma's task list shows lending requests that have ended when it is asked for their status, and not otherwise.
 * Confirm: complete a lending request in a sandbox, and ask for the list with and without `status=REQUEST_COMPLETED`.
 */
const ENDED = LENDING_STATUSES.filter((status) => hasEndedInAlma('lender', status));
const NOTHING: TaskList = { requests: [], total: 0, isComplete: true };

/**
 * The lending requests of a library, for all partners. The task list shows at most 100 and has no pages (T1), so
 * filters split a longer list. Requests still hidden must be linked ones that Alma has, and their number must match
 * Alma's total.
 */
export class LendingList implements AlmaList {
  readonly key: string;

  constructor(
    private readonly parts: ListParts,
    private readonly library: string,
  ) {
    this.key = `lending ${library}`;
  }

  async takeStock(since?: Date): Promise<boolean> {
    const { alma, access, store, now } = this.parts;
    const listedAt = now();
    const listed = new Map<string, AlmaRequest>();
    const { total, isComplete } = await this.#cut({}, CUTS, listed);
    const ended = await Promise.all(ENDED.map((status) => this.#list({ status })));
    await this.#keep([...ended.flatMap(({ requests }) => requests), ...listed.values()]);
    // A total of 100 may be a count that stops there.
    const isShown = listed.size === total && (isComplete || total > TASK_LIST_LIMIT);
    const isWhole = isShown || (await this.#isAccountedFor(total, new Set(listed.keys())));
    if (!isWhole || since === undefined || !isShown) return isWhole;
    const last = await store.lastMade('lender', { library: this.library }, since, listedAt);
    return isUpToDate(last, listed, ({ almaId, partnerCode }) => alma.lending(access, partnerCode, almaId));
  }

  async look(): Promise<boolean> {
    const { requests, isComplete } = await this.#list({});
    await this.#keep(requests);
    return isComplete;
  }

  async #keep(requests: readonly AlmaRequest[]): Promise<void> {
    const rows = new Map(requests.map((request) => [request.requestId, stockRow('lender', request)]));
    await this.parts.store.add(this.key, [...rows.values()]);
  }

  /**
   * Adds to `listed` what the list or its parts show. Complete: the parts make up the list, and each was shown whole.
   */
  async #cut(
    filter: TaskFilter,
    [cut, ...further]: typeof CUTS,
    listed: Map<string, AlmaRequest>,
  ): Promise<Pick<TaskList, 'total' | 'isComplete'>> {
    const { requests, total, isComplete } = await this.#list(filter);
    for (const request of requests) listed.set(request.requestId, request);
    if (isComplete || cut === undefined) return { total, isComplete };
    const parts: Pick<TaskList, 'total' | 'isComplete'>[] = [];
    for (const value of cut.values) parts.push(await this.#cut({ ...filter, [cut.by]: value }, further, listed));
    const sum = parts.reduce((number, part) => number + part.total, 0);
    return { total, isComplete: sum === total && parts.every((part) => part.isComplete) };
  }

  async #list(filter: TaskFilter): Promise<TaskList> {
    try {
      return await this.parts.alma.taskList(this.parts.access, this.library, filter);
    } catch (error) {
      const isUnknown = filter.status !== undefined && error instanceof AlmaError && error.details.code === NO_STATUS;
      if (!isUnknown) throw error;
      return NOTHING;
    }
  }

  /**
   * True when the total equals the listed requests plus the linked ones, whether or not the list shows those that have
   * ended.
   */
  async #isAccountedFor(total: number, listed: ReadonlySet<string>): Promise<boolean> {
    const { alma, access, store } = this.parts;
    const tied = (await store.tiedLending(this.library)).filter(({ almaId }) => !listed.has(almaId));
    if (total <= TASK_LIST_LIMIT || total - listed.size > tied.length) return false;
    const ended = tied.filter(({ status }) => status !== null && hasEndedInAlma('lender', status));
    const others = tied.filter((each) => !ended.includes(each));
    const before = await store.known(this.key);
    const unread = others.filter(({ almaId }) => !before.has(almaId));
    await readInto(this.parts, { key: this.key, side: 'lender' }, unread, ({ almaId, partnerCode }) =>
      alma.lending(access, partnerCode, almaId),
    );
    const known = await store.known(this.key);
    const there = others.filter(({ almaId }) => known.has(almaId));
    const going = there.filter(({ almaId }) => known.get(almaId) === false);
    return [going.length, there.length + ended.length].some((number) => listed.size + number === total);
  }
}
