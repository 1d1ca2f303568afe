import { hasEndedInAlma, LENDING_STATUSES } from '#domain/alma/alma-steps';
import type { AlmaLink } from '#domain/api/requests';
import { oneLine } from '#domain/catalog/printed-text';
import { AlmaError, type AlmaBody, type AlmaRequest, type TaskFilter, type TaskList } from '../alma/port';
import { TASK_LIST_LIMIT } from '../alma/request-answer';
import { lendingPartner } from '../profiles/partner-rule';
import type { StoredRequest } from '../store/requests-store';
import {
  isUpToDate,
  readInto,
  shown,
  stockRow,
  type AlmaList,
  type AlmaLookups,
  type AlmaSide,
  type ListParts,
  type Owner,
  type Place,
  type Shown,
} from './alma-side';
import { citationBody, formatOf, noteOf, present } from './citation-body';
import type { CitedWork } from './cited-work';
import { misconfigured, type ItemContext, type Settled } from './item';

/** Lending requests belong to a partner and appear in the task list of the library. */
export class LendingSide implements AlmaSide {
  constructor(
    private readonly parts: ListParts,
    private readonly lookups: AlmaLookups,
    private readonly context: ItemContext,
  ) {}

  async owner({ record: { fields } }: StoredRequest): Promise<Owner | Settled> {
    const { integration, library } = this.context;
    const partner = await lendingPartner(fields, integration.partner, library.code, this.lookups);
    return typeof partner === 'string' ? { name: partner, changes: [] } : misconfigured(partner);
  }

  /** Requests of all partners: the partner code may have been different when the request was created. */
  places(partner: string): Promise<readonly Place[]> {
    const list = new LendingList(this.parts, this.context.library.code);
    return Promise.resolve([{ list, linkOf: ({ almaId, partnerCode = partner }) => this.link(partnerCode, almaId) }]);
  }

  ownPlaces(): Promise<readonly Place[]> {
    return this.places(this.context.integration.partner.code);
  }

  async body(row: StoredRequest, work: CitedWork, partner: string): Promise<AlmaBody> {
    return Promise.resolve(lendingBody(row, work, this.context.library.code, partner));
  }

  create(partner: string, body: AlmaBody, notAfter: number): Promise<AlmaRequest> {
    return this.parts.alma.createLending(this.parts.access, partner, body, { notAfter });
  }

  async read(link: AlmaLink): Promise<AlmaRequest | undefined> {
    return 'partnerCode' in link
      ? this.parts.alma.lending(this.parts.access, link.partnerCode, link.requestId)
      : undefined;
  }

  link(partnerCode: string, requestId: string): AlmaLink {
    return { partnerCode, requestId };
  }
}

/**
 * The body that creates a lending request (alma.md 2.1 P6). The requester is the borrowing library (OMLNM), never its
 * patron.
 */
export function lendingBody(row: StoredRequest, work: CitedWork, library: string, partner: string): AlmaBody {
  const { borrowerId, borrowerName } = row.record.fields;
  const name = oneLine(borrowerName ?? '');
  return {
    ...citationBody(work),
    external_id: row.id,
    owner: library,
    partner: { value: partner },
    format: { value: formatOf(row.kind, row.record.fields) },
    citation_type: { value: work.isArticle ? 'JOURNAL' : 'BOOK' },
    ...present({ additional_person_name: name }),
    note: noteOf(row.id, borrowerId, name),
  };
}

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
class LendingList implements AlmaList {
  readonly key: string;

  constructor(
    private readonly parts: ListParts,
    private readonly library: string,
  ) {
    this.key = `lending ${library}`;
  }

  async takeStock(since?: Date): Promise<Shown> {
    const { alma, access, store, now } = this.parts;
    const listedAt = now();
    const listed = new Map<string, AlmaRequest>();
    const { total, isComplete } = await this.#cut({}, CUTS, listed);
    const ended = await Promise.all(ENDED.map((status) => this.#list({ status })));
    await this.#keep([...ended.flatMap(({ requests }) => requests), ...listed.values()]);
    // A total of 100 may mean that Alma stopped counting there.
    const isShown = listed.size === total && (isComplete || total > TASK_LIST_LIMIT);
    if (!isShown) return this.#accountFor(total, new Set(listed.keys()));
    if (since === undefined) return 'all';
    const last = await store.lastMade('lender', { library: this.library }, since, listedAt);
    return shown(
      await isUpToDate(last, listed, ({ almaId, partnerCode }) => alma.lending(access, partnerCode, almaId)),
    );
  }

  async look(): Promise<Shown> {
    const { requests, isComplete } = await this.#list({});
    await this.#keep(requests);
    return shown(isComplete);
  }

  async #keep(requests: readonly AlmaRequest[]): Promise<void> {
    const rows = new Map(requests.map((request) => [request.requestId, stockRow('lender', request)]));
    await this.parts.store.add(this.key, [...rows.values()]);
  }

  /**
   * Adds to `listed` what the list or its parts show. The result is complete when Alma showed each part whole and the
   * totals of the parts add up to that of the list.
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
   * `all` when the total equals the listed requests plus the linked ones, whether or not the list shows those that have
   * ended.
   */
  async #accountFor(total: number, listed: ReadonlySet<string>): Promise<Shown> {
    const { alma, access, store } = this.parts;
    const linked = (await store.linkedLending(this.library)).filter(({ almaId }) => !listed.has(almaId));
    if (total <= TASK_LIST_LIMIT || total - listed.size > linked.length) return 'part';
    const ended = linked.filter(({ status }) => status !== null && hasEndedInAlma('lender', status));
    const others = linked.filter((each) => !ended.includes(each));
    const before = await store.known(this.key);
    const unread = others.filter(({ almaId }) => !before.has(almaId));
    const of = { key: this.key, side: 'lender' } as const;
    const read = await readInto(this.parts, of, unread, ({ almaId, partnerCode }) =>
      alma.lending(access, partnerCode, almaId),
    );
    if (typeof read === 'object') return read;
    const known = await store.known(this.key);
    const there = others.filter(({ almaId }) => known.has(almaId));
    const going = there.filter(({ almaId }) => known.get(almaId) === false);
    return shown([going.length, there.length + ended.length].some((number) => listed.size + number === total));
  }
}
