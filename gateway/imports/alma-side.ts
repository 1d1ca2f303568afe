import type { AlmaLink } from '#domain/api/requests';
import type { Change } from '#domain/api/imports';
import type { AlmaBody, AlmaRequest } from '../alma/port';
import type { StoredRequest } from '../store/requests-store';
import type { AlmaList } from './alma-list';
import type { CitedWork } from './cited-work';
import type { StockRow } from './stock-store';

/** The owner of a request in Alma: a patron (id) or a partner (code). */
export interface Owner {
  readonly name: string;
  readonly changes: readonly Change[];
}

/** A list in which a request of this side may appear. */
export interface Place {
  readonly list: AlmaList;
  /** How Alma addresses a request in this list. */
  readonly linkOf: (row: Pick<StockRow, 'almaId' | 'partnerCode'>) => AlmaLink;
}

/** What differs in Alma between borrowing and lending requests. The `owner` parameters take the owner's name. */
export interface AlmaSide {
  /** Resolves the requester or partner; throws when the settings name none that is valid. */
  owner(row: StoredRequest): Promise<Owner>;
  /** Lists that may contain a request of this owner, whoever created it. */
  places(owner: string): Promise<readonly Place[]>;
  /** Lists to search when the owner is unknown: those of the library itself. */
  ownPlaces(): Promise<readonly Place[]>;
  /** The body to send to Alma. */
  body(row: StoredRequest, work: CitedWork, owner: string): Promise<AlmaBody>;
  create(owner: string, body: AlmaBody, notAfter: number): Promise<AlmaRequest>;
  read(link: AlmaLink): Promise<AlmaRequest | undefined>;
  link(owner: string, requestId: string): AlmaLink;
}
