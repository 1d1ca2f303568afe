import type { AlmaBody } from '../alma/port';
import type { StoredRequest } from '../store/requests-store';
import { citationBody, formatOf, noteOf } from './citation-body';
import type { CitedWork } from './cited-work';

/** Codes of Alma. `partner`: only when Alma has it. */
export interface BorrowingPlace {
  readonly library: string;
  readonly pickupLibrary: string;
  readonly partner?: string;
}

/**
 * The body that creates a borrowing request (alma.md 2.2). It contains nothing about the patron: Alma knows the owner.
 */
export function borrowingBody(row: StoredRequest, work: CitedWork, place: BorrowingPlace): AlmaBody {
  return {
    ...citationBody(work),
    owner: place.library,
    ...(place.partner === undefined ? {} : { partner: { value: place.partner } }),
    format: { value: formatOf(row.kind, row.record.fields) },
    citation_type: { value: work.isArticle ? 'CR' : 'BK' },
    pickup_location: { value: place.pickupLibrary },
    pickup_location_type: 'LIBRARY',
    agree_to_copyright_terms: true,
    note: noteOf(row.id),
  };
}
