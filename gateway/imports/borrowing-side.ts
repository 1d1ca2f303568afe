import type { AlmaLink } from '#domain/api/requests';
import type { AlmaBody, AlmaRequest } from '../alma/port';
import type { StoredRequest } from '../store/requests-store';
import type { ListParts } from './alma-list';
import type { AlmaLookups } from './alma-lookups';
import type { AlmaSide, Owner, Place } from './alma-side';
import { borrowingBody } from './borrowing-body';
import { BorrowingList } from './borrowing-list';
import type { CitedWork } from './cited-work';
import type { ItemContext } from './item';
import { borrowingPartner } from './partner-rule';
import { requesterOf } from './requester-rule';

/**
 * Borrowing requests belong to a patron. They are searched among the requests of that patron and of the collective
 * patron.
 */
export class BorrowingSide implements AlmaSide {
  constructor(
    private readonly parts: ListParts,
    private readonly lookups: AlmaLookups,
    private readonly context: ItemContext,
  ) {}

  async owner({ record: { fields } }: StoredRequest): Promise<Owner> {
    const { integration, library } = this.context;
    const { userId, changes } = await requesterOf(fields, integration.requester, library.code, this.lookups);
    return { name: userId, changes };
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
