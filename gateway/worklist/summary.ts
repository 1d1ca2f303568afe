import type { RequestSummary } from '#domain/api/work-list';
import type { Mode } from '#domain/ill/machine';
import { lacksView, offersOf, partnerView } from '../commands/view';
import type { StoredRequest } from '../store/requests-store';

/** A row of the work list. */
export function summaryOf(row: StoredRequest, mode: Mode): RequestSummary {
  const allowed = offersOf(row, mode).flatMap((offer) => (offer.allowed ? [offer] : []));
  const next = allowed.find(({ primary }) => primary)?.action;
  return {
    id: row.id,
    library: row.library,
    side: row.side,
    kind: row.kind,
    state: row.state,
    externalStatus: row.external_status,
    title: row.title,
    citation: row.citation,
    partner: partnerView(row),
    version: row.version,
    seenAt: row.seen_at.toISOString(),
    changedAt: row.changed_at.toISOString(),
    ...(row.news_at === null ? {} : { newsAt: row.news_at.toISOString() }),
    ...(row.updated_on === null ? {} : { updatedOn: row.updated_on }),
    ...(row.ordered_on === null ? {} : { orderedOn: row.ordered_on }),
    ...(row.due_date === null ? {} : { dueDate: row.due_date }),
    waitsForUs: row.waits,
    ...(row.gone === null ? {} : { gone: row.gone }),
    ...(row.jump === null ? {} : { hasJumped: true }),
    ...lacksView(row),
    allowed: allowed.map(({ action }) => action),
    ...(next === undefined ? {} : { next }),
  };
}
