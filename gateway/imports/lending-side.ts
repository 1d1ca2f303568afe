import type { AlmaLink } from '#domain/api/requests';
import type { AlmaBody, AlmaRequest } from '../alma/port';
import type { StoredRequest } from '../store/requests-store';
import type { ListParts } from './alma-list';
import type { AlmaLookups } from './alma-lookups';
import type { AlmaSide, Owner, Place } from './alma-side';
import type { CitedWork } from './cited-work';
import type { ItemContext } from './item';
import { lendingBody } from './lending-body';
import { LendingList } from './lending-list';
import { lendingPartner } from './partner-rule';

/** Lending requests belong to a partner and appear in the task list of the library. */
export class LendingSide implements AlmaSide {
  constructor(
    private readonly parts: ListParts,
    private readonly lookups: AlmaLookups,
    private readonly context: ItemContext,
  ) {}

  async owner({ record: { fields } }: StoredRequest): Promise<Owner> {
    const { integration, library } = this.context;
    return { name: await lendingPartner(fields, integration.partner, library.code, this.lookups), changes: [] };
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
