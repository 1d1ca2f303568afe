import type { Selectable } from 'kysely';
import type { AlmaLink } from '#domain/api/requests';
import type { Side } from '#domain/ill/kinds';
import type { IllRequest } from '#domain/ill/request';
import type { RequestsTable } from './schema';

export type StoredRequest = Selectable<RequestsTable>;
export interface Snapshot {
  readonly institution: string;
  readonly library: string;
  readonly memberId: string;
  readonly side: Side;
  readonly request: IllRequest;
  readonly almaRequest?: AlmaLink;
  /** When NACSIS-ILL was asked; data stored since may be newer. Absent: unknown. */
  readonly askedAt?: Date;
  /** True for the first reading of the library's files: requests never seen before are not news. */
  readonly isFirstReading?: boolean;
}

/** The snapshot as a request of the domain. */
export function illRequestOf(row: StoredRequest): IllRequest {
  return { id: row.id, kind: row.kind, state: row.state, externalStatus: row.external_status, ...row.record };
}
