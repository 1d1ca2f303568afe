import type { Selectable } from 'kysely';
import type { AlmaLink } from '#domain/api';
import type { Side } from '#domain/kinds';
import type { IllRequest } from '#domain/request';
import type { RequestsTable } from './schema';

export type StoredRequest = Selectable<RequestsTable>;
export interface Snapshot {
  readonly institution: string;
  readonly library: string;
  readonly memberId: string;
  readonly side: Side;
  readonly request: IllRequest;
  readonly almaRequest?: AlmaLink;
  /** When NACSIS-ILL was asked for it: what was stored since may be newer. Absent: not known. */
  readonly askedAt?: Date;
  /** What was never seen before is no news: the files of the library are read for the first time. */
  readonly isFirstReading?: boolean;
}

/** The snapshot as the domain knows it. */
export function illRequestOf(row: StoredRequest): IllRequest {
  return { id: row.id, kind: row.kind, state: row.state, externalStatus: row.external_status, ...row.record };
}
