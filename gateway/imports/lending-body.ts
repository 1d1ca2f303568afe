import { oneLine } from '#domain/catalog/printed-text';
import type { AlmaBody } from '../alma/port';
import type { StoredRequest } from '../store/requests-store';
import { citationBody, formatOf, noteOf, present } from './citation-body';
import type { CitedWork } from './cited-work';

/**
 * The body that creates a lending request (alma.md 2.1 P6). The requester is the borrowing library (OMLNM), never its
 * patron.
 */
export function lendingBody(row: StoredRequest, work: CitedWork, library: string, partner: string): AlmaBody {
  const { borrowerId, borrowerName } = row.record.fields;
  const name = oneLine(borrowerName ?? '');
  return {
    ...citationBody(work),
    external_id: row.id,
    owner: library,
    partner: { value: partner },
    format: { value: formatOf(row.kind, row.record.fields) },
    citation_type: { value: work.isArticle ? 'JOURNAL' : 'BOOK' },
    ...present({ additional_person_name: name }),
    note: noteOf(row.id, borrowerId, name),
  };
}
