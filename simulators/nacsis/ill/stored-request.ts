import { illRequestFrom, recordOfRequest } from '#catp/ill-record';
import type { CatpRecord } from '#catp/types';
import type { Kind, Side } from '#domain/ill/kinds';
import type { IllRequest } from '#domain/ill/request';

/** @unconfirmed O: SRVCE is C for a copy and L for a loan (dossier section 5). Confirm: read a request of COPYO and one of LOANO. */
export const SERVICE_WIRE = { copy: 'C', loan: 'L' } as const satisfies Record<Kind, string>;

/** A request on the server. */
export interface StoredRequest {
  readonly request: IllRequest;
  /**
   * Index of the active lender in the candidate list, or -1 when there is none. AMLID alone does not identify the
   * candidate, because two holders may share one window.
   */
  readonly active: number;
  /** The record that clients receive. */
  readonly record: CatpRecord;
}

export function stored(request: IllRequest, active: number): StoredRequest {
  return { request, active, record: recordOfRequest(request) };
}

/** The form stored on disk. */
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

/**
 * True when the library sees the request on this side: as its borrower, or as its active lender. Lenders do not see
 * 準備中.
 * @unconfirmed I: A lender that refused no longer finds the request in its files. Confirm: refuse a request with two candidates, and search COPYS.
 */
export function isVisible({ request }: StoredRequest, library: string, side: Side): boolean {
  if (side === 'borrower') return request.fields.borrowerId === library;
  return request.fields.lenderId === library && request.state !== 'PREPARING';
}
