import type { AlmaLink } from '../../domain/api';
import type { Side } from '../../domain/kinds';
import type { AlmaEntity } from '../core/alma-entity';

const BORROWING = /^(?:\/?almaws\/v1)?\/users\/([^/]+)\/resource-sharing-requests\/([^/]+)$/;
const LENDING = /^(?:\/?almaws\/v1)?\/partners\/([^/]+)\/lending-requests\/([^/]+)$/;

/** The request of Alma that a record on its page is; undefined for other records, and where Alma gives no way to read it. */
export function linkOf({ type, link }: AlmaEntity): AlmaLink | undefined {
  const [, holder, requestId] = (type === 'BORROWING_REQUEST' ? BORROWING : LENDING).exec(link) ?? [];
  if (type === 'BIB_MMS' || holder === undefined || requestId === undefined) return undefined;
  return type === 'BORROWING_REQUEST'
    ? { userId: decoded(holder), requestId: decoded(requestId) }
    : { partnerCode: decoded(holder), requestId: decoded(requestId) };
}

/** Alma's borrowing requests are ours as borrower, its lending requests as lender. */
export function sideOfLink(link: AlmaLink): Side {
  return 'userId' in link ? 'borrower' : 'lender';
}

/** The side of a request on the Alma page; undefined for a record that is none. */
export function sideOfEntity({ type }: AlmaEntity): Side | undefined {
  if (type === 'BIB_MMS') return undefined;
  return type === 'BORROWING_REQUEST' ? 'borrower' : 'lender';
}

/** Where Alma's REST API has it. */
export function pathOfLink(link: AlmaLink): string {
  const id = encodeURIComponent(link.requestId);
  return 'userId' in link
    ? `/users/${encodeURIComponent(link.userId)}/resource-sharing-requests/${id}`
    : `/partners/${encodeURIComponent(link.partnerCode)}/lending-requests/${id}`;
}

/** Commands for the router: the page that finds the NACSIS-ILL request of this request of Alma and shows it. */
export function routeOfLink(link: AlmaLink): readonly string[] {
  return 'userId' in link
    ? ['/entity', 'borrowing', link.userId, link.requestId]
    : ['/entity', 'lending', link.partnerCode, link.requestId];
}

/** The same for the same request. */
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
