import type { AlmaLink } from '#domain/api';
import type { AlmaAccess, AlmaBody, AlmaPort, AlmaRequest } from '../alma/port';
import type { StoredRequest } from '../store/requests-store';
import type { AlmaLookups } from './alma-lookups';
import type { AlmaSide, Looked, Owner } from './alma-side';
import { borrowingBody } from './borrowing-body';
import type { CitedWork } from './cited-work';
import type { ItemContext } from './item';
import { borrowingPartner } from './partner-rule';
import { requesterOf } from './requester-rule';

/** Borrowing requests belong to a patron, and are found among the patron's only. */
export class BorrowingSide implements AlmaSide {
  constructor(
    private readonly alma: AlmaPort,
    private readonly access: AlmaAccess,
    private readonly lookups: AlmaLookups,
    private readonly context: ItemContext,
  ) {}

  async owner({ record: { fields } }: StoredRequest): Promise<Owner> {
    const { integration, library } = this.context;
    const { userId, changes } = await requesterOf(fields, integration.requester, library.code, this.lookups);
    return { name: userId, changes };
  }

  async look(userId: string, id: string, notBefore?: number): Promise<Looked> {
    const { almaIds, isComplete } = await this.lookups.findBorrowing(userId, id, notBefore);
    const requests: AlmaRequest[] = [];
    for (const almaId of almaIds) {
      const request = await this.alma.borrowing(this.access, userId, almaId);
      if (request !== undefined) requests.push(request);
    }
    return { requests, isComplete: isComplete && requests.length === almaIds.length };
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
    return this.alma.createBorrowing(this.access, userId, body, { notAfter });
  }

  async read(link: AlmaLink): Promise<AlmaRequest | undefined> {
    return 'userId' in link ? this.alma.borrowing(this.access, link.userId, link.requestId) : undefined;
  }

  link(userId: string, requestId: string): AlmaLink {
    return { userId, requestId };
  }
}
