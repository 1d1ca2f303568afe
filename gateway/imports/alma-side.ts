import type { AlmaLink } from '#domain/api';
import type { Change } from '#domain/api-import';
import type { AlmaBody, AlmaRequest } from '../alma/port';
import type { StoredRequest } from '../store/requests-store';
import type { CitedWork } from './cited-work';

/** In whose name a request stands in Alma: id of a patron, or code of a partner. */
export interface Owner {
  readonly name: string;
  readonly changes: readonly Change[];
}

/** Requests of Alma that carry a NACSIS id. `isComplete`: there can be no other. */
export interface Looked {
  readonly requests: readonly AlmaRequest[];
  readonly isComplete: boolean;
}

/** What differs in Alma between borrowing and lending requests. `owner`: its name. */
export interface AlmaSide {
  /** Whose the request is to be. Stops where the settings name nobody who is fit for it. */
  owner(row: StoredRequest): Promise<Owner>;
  /** `notBefore` (milliseconds): what was in Alma then must show. */
  look(owner: string, id: string, notBefore?: number): Promise<Looked>;
  /** What Alma is to be sent. */
  body(row: StoredRequest, work: CitedWork, owner: string): Promise<AlmaBody>;
  create(owner: string, body: AlmaBody, notAfter: number): Promise<AlmaRequest>;
  read(link: AlmaLink): Promise<AlmaRequest | undefined>;
  link(owner: string, requestId: string): AlmaLink;
}
