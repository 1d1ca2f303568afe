import { illRequestFrom, recordOfRequest } from '#catp/ill-record';
import type { CatpRecord } from '#catp/types';
import type { Kind, Side } from '#domain/kinds';
import type { IllRequest } from '#domain/request';

/** SRVCE on the wire: values unknown, the proposal of the dossier (section 5). The one place to correct. */
export const SERVICE_WIRE = { copy: 'C', loan: 'L' } as const satisfies Record<Kind, string>;

/** A request in the server. */
export interface StoredRequest {
  readonly request: IllRequest;
  /** Place of the active lender in the candidate list; -1 when none is active. AMLID alone does not tell, for two holders may share one window. */
  readonly active: number;
  /** The record as it goes out. */
  readonly record: CatpRecord;
}

export function stored(request: IllRequest, active: number): StoredRequest {
  return { request, active, record: recordOfRequest(request) };
}

/** What is kept on disk. */
export interface RequestDocument {
  readonly kind: Kind;
  readonly active: number;
  readonly record: CatpRecord;
}

export function documentOf({ request, active, record }: StoredRequest): RequestDocument {
  return { kind: request.kind, active, record };
}

export function storedFrom({ kind, active, record }: RequestDocument): StoredRequest {
  return stored(illRequestFrom(record, kind), active);
}

/** Whether the library sees the request on this side: its own, or the one that it is the active lender of. 準備中 is invisible to lenders. */
export function isVisible({ request }: StoredRequest, library: string, side: Side): boolean {
  if (side === 'borrower') return request.fields.borrowerId === library;
  return request.fields.lenderId === library && request.state !== 'PREPARING';
}
