import type { AlmaLink } from '#domain/api';
import type { AlmaAccess, AlmaBody, AlmaPort, AlmaRequest } from '../alma/port';
import type { StoredRequest } from '../store/requests-store';
import type { AlmaLookups } from './alma-lookups';
import type { AlmaSide, Looked, Owner } from './alma-side';
import type { CitedWork } from './cited-work';
import type { ItemContext } from './item';
import { lendingBody } from './lending-body';
import { lendingPartner } from './partner-rule';

/** Lending requests belong to a partner, and are found in the task list of the library. */
export class LendingSide implements AlmaSide {
  constructor(
    private readonly alma: AlmaPort,
    private readonly access: AlmaAccess,
    private readonly lookups: AlmaLookups,
    private readonly context: ItemContext,
  ) {}

  async owner({ record: { fields } }: StoredRequest): Promise<Owner> {
    const { integration, library } = this.context;
    return { name: await lendingPartner(fields, integration.partner, library.code, this.lookups), changes: [] };
  }

  look(partner: string, id: string, notBefore?: number): Promise<Looked> {
    return this.lookups.findLending(this.context.library.code, partner, id, notBefore);
  }

  async body(row: StoredRequest, work: CitedWork, partner: string): Promise<AlmaBody> {
    return Promise.resolve(lendingBody(row, work, this.context.library.code, partner));
  }

  create(partner: string, body: AlmaBody, notAfter: number): Promise<AlmaRequest> {
    return this.alma.createLending(this.access, partner, body, { notAfter });
  }

  async read(link: AlmaLink): Promise<AlmaRequest | undefined> {
    return 'partnerCode' in link ? this.alma.lending(this.access, link.partnerCode, link.requestId) : undefined;
  }

  link(partnerCode: string, requestId: string): AlmaLink {
    return { partnerCode, requestId };
  }
}
