import { textOf } from '../../shared/json-body';
import type { Bib, BorrowingRecord, LendingRecord } from '../model';

/** An entity that a page reports to the app. `link` is a REST path; empty for a borrowing request without requester. */
export interface Entity {
  readonly id: string;
  readonly code?: string;
  readonly type: 'BIB_MMS' | 'BORROWING_REQUEST' | 'LENDING_REQUEST';
  readonly link: string;
  readonly description: string;
}

export function bibEntity(bib: Bib): Entity {
  return { id: bib.mmsId, type: 'BIB_MMS', link: `/bibs/${bib.mmsId}`, description: bib.title ?? '' };
}

export function borrowingEntity({ request, user }: BorrowingRecord): Entity {
  const link = user === undefined ? '' : `/users/${user}/resource-sharing-requests/${request.request_id}`;
  return { id: request.request_id, type: 'BORROWING_REQUEST', link, description: textOf(request['title']) };
}

export function lendingEntity({ request, partner }: LendingRecord): Entity {
  return {
    id: request.request_id,
    type: 'LENDING_REQUEST',
    link: `/partners/${partner}/lending-requests/${request.request_id}`,
    description: textOf(request['title']),
  };
}
