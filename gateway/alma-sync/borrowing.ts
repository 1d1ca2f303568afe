import { createHash } from 'node:crypto';
import type { AlmaLink } from '#domain/api/requests';
import type { AlmaBody, AlmaRequest } from '../alma/port';
import { borrowingPartner } from '../profiles/partner-rule';
import { requesterOf } from '../profiles/requester-rule';
import type { StoredRequest } from '../store/requests-store';
import {
  isUpToDate,
  readInto,
  shown,
  type AlmaList,
  type AlmaLookups,
  type AlmaSide,
  type ListParts,
  type Owner,
  type Place,
  type Shown,
} from './alma-side';
import { citationBody, formatOf, noteOf } from './citation-body';
import type { CitedWork } from './cited-work';
import { misconfigured, type ItemContext, type Settled } from './item';

/**
 * The borrowing side. Borrowing requests belong to a patron; the import searches for them among the requests of that
 * patron and of the collective patron.
 */
export class BorrowingSide implements AlmaSide {
  constructor(
    private readonly parts: ListParts,
    private readonly lookups: AlmaLookups,
    private readonly context: ItemContext,
  ) {}

  async owner({ record: { fields } }: StoredRequest): Promise<Owner | Settled> {
    const { integration, library } = this.context;
    const requester = await requesterOf(fields, integration.requester, library.code, this.lookups);
    return 'code' in requester ? misconfigured(requester) : { name: requester.userId, changes: requester.changes };
  }

  /** Includes the collective patron, who owns the request when its patron was unknown earlier or is unknown by now. */
  async places(userId: string): Promise<readonly Place[]> {
    const { collectivePatron } = this.context.integration.requester;
    return collectivePatron === userId ? [this.#place(userId)] : [this.#place(userId), ...(await this.ownPlaces())];
  }

  async ownPlaces(): Promise<readonly Place[]> {
    const { collectivePatron: user } = this.context.integration.requester;
    return user !== undefined && (await this.lookups.hasUser(user)) ? [this.#place(user)] : [];
  }

  #place(userId: string): Place {
    return { list: new BorrowingList(this.parts, userId), linkOf: ({ almaId }) => this.link(userId, almaId) };
  }

  async body(row: StoredRequest, work: CitedWork): Promise<AlmaBody> {
    const { integration, library } = this.context;
    const partner = await borrowingPartner(row.record.fields, integration.partner, this.lookups);
    return borrowingBody(row, work, {
      library: library.code,
      pickupLibrary: integration.pickupLibrary ?? library.code,
      ...(partner === undefined ? {} : { partner }),
    });
  }

  create(userId: string, body: AlmaBody, notAfter: number): Promise<AlmaRequest> {
    return this.parts.alma.createBorrowing(this.parts.access, userId, body, { notAfter });
  }

  async read(link: AlmaLink): Promise<AlmaRequest | undefined> {
    return 'userId' in link ? this.parts.alma.borrowing(this.parts.access, link.userId, link.requestId) : undefined;
  }

  link(userId: string, requestId: string): AlmaLink {
    return { userId, requestId };
  }
}

/** Codes of Alma. `partner` is set only when Alma has the partner. */
interface BorrowingPlace {
  readonly library: string;
  readonly pickupLibrary: string;
  readonly partner?: string;
}

/**
 * The body that creates a borrowing request (alma.md 2.2). It contains nothing about the patron: Alma knows the owner.
 */
export function borrowingBody(row: StoredRequest, work: CitedWork, place: BorrowingPlace): AlmaBody {
  return {
    ...citationBody(work),
    owner: place.library,
    ...(place.partner === undefined ? {} : { partner: { value: place.partner } }),
    format: { value: formatOf(row.kind, row.record.fields) },
    citation_type: { value: work.isArticle ? 'CR' : 'BK' },
    pickup_location: { value: place.pickupLibrary },
    pickup_location_type: 'LIBRARY',
    agree_to_copyright_terms: true,
    note: noteOf(row.id),
  };
}

/**
 * The borrowing requests of a patron, including those that have ended. Alma cannot be searched for them (alma.md 2.1
 * U5), and its list does not identify them: each one is read, unless it is linked and was read before.
 */
class BorrowingList implements AlmaList {
  readonly key: string;

  constructor(
    private readonly parts: ListParts,
    private readonly userId: string,
  ) {
    this.key = `borrowing ${createHash('sha256').update(userId).digest('hex')}`;
  }

  async takeStock(since?: Date): Promise<Shown> {
    const { alma, access, store, now } = this.parts;
    const listedAt = now();
    const active = await alma.borrowingIds(access, this.userId, 'active');
    const history = await alma.borrowingIds(access, this.userId, 'history');
    const ids = [...new Set([...active.ids, ...history.ids])];
    const read = await this.#read(ids);
    if (read !== 'all') return read;
    if (!active.isComplete || !history.isComplete) return 'part';
    if (since === undefined) return 'all';
    const last = await store.lastMade('borrower', { userId: this.userId }, since, listedAt);
    return shown(await isUpToDate(last, new Set(ids), ({ almaId }) => alma.borrowing(access, this.userId, almaId)));
  }

  async look(): Promise<Shown> {
    const { alma, access } = this.parts;
    const { ids, isComplete } = await alma.borrowingIds(access, this.userId, 'active');
    const read = await this.#read(ids);
    return read === 'all' ? shown(isComplete) : read;
  }

  /** Resolves to `part` when Alma does not return every request that it lists. */
  async #read(ids: readonly string[]): Promise<Shown> {
    const { alma, access, store } = this.parts;
    const [known, clear] = await Promise.all([store.known(this.key), store.needNoReading(this.userId)]);
    const unread = ids.filter((id) => !known.has(id) && !clear.has(id));
    const of = { key: this.key, side: 'borrower' } as const;
    return readInto(this.parts, of, unread, (almaId) => alma.borrowing(access, this.userId, almaId));
  }
}
