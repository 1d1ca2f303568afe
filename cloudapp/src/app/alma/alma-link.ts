import type { AlmaLink } from '../../domain/api/requests';
import type { Side } from '../../domain/ill/kinds';
import type { AlmaEntity } from '../core/alma-entity';

const BORROWING = /^(?:\/?almaws\/v1)?\/users\/([^/]+)\/resource-sharing-requests\/([^/]+)$/;
const LENDING = /^(?:\/?almaws\/v1)?\/partners\/([^/]+)\/lending-requests\/([^/]+)$/;

/** The Alma request of a record on the page; undefined for other records, and when Alma offers no way to read it. */
export function linkOf({ type, link }: AlmaEntity): AlmaLink | undefined {
  const [, holder, requestId] = (type === 'BORROWING_REQUEST' ? BORROWING : LENDING).exec(link) ?? [];
  if (type === 'BIB_MMS' || holder === undefined || requestId === undefined) return undefined;
  return type === 'BORROWING_REQUEST'
    ? { userId: decoded(holder), requestId: decoded(requestId) }
    : { partnerCode: decoded(holder), requestId: decoded(requestId) };
}

/** Alma's borrowing requests belong to the borrower side, its lending requests to the lender side. */
export function sideOfLink(link: AlmaLink): Side {
  return 'userId' in link ? 'borrower' : 'lender';
}

/** The side of a request on the Alma page; undefined for other records. */
export function sideOfEntity({ type }: AlmaEntity): Side | undefined {
  if (type === 'BIB_MMS') return undefined;
  return type === 'BORROWING_REQUEST' ? 'borrower' : 'lender';
}

/** Path in Alma's REST API. */
export function pathOfLink(link: AlmaLink): string {
  const id = encodeURIComponent(link.requestId);
  return 'userId' in link
    ? `/users/${encodeURIComponent(link.userId)}/resource-sharing-requests/${id}`
    : `/partners/${encodeURIComponent(link.partnerCode)}/lending-requests/${id}`;
}

/** Router commands of the page that finds and shows the NACSIS-ILL request of this Alma request. */
export function routeOfLink(link: AlmaLink): readonly string[] {
  return 'userId' in link
    ? ['/entity', 'borrowing', link.userId, link.requestId]
    : ['/entity', 'lending', link.partnerCode, link.requestId];
}

/** Returns a key of the request. Equal keys mean the same request. */
export function keyOfLink(link: AlmaLink): string {
  return routeOfLink(link).join(' ');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
