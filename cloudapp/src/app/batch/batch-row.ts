import type { RequestView } from '../../domain/api';
import type { RequestSummary } from '../../domain/api-list';
import type { Action } from '../../domain/commands';

/** Rows of one batch at most (MAX_BATCH of the contract). */
export const MAX_ROWS = 500;

/** A request as the batch needs it; nothing of the patron. */
export interface BatchRow extends Pick<
  RequestSummary,
  'id' | 'side' | 'kind' | 'state' | 'externalStatus' | 'version'
> {
  readonly title: string;
  /** The library on the other side; '' where nobody has it. */
  readonly partner: string;
  /** What its side may do now. */
  readonly allowed: readonly Action[];
}

export function rowOfSummary(summary: RequestSummary): BatchRow {
  const { id, side, kind, state, externalStatus, version, title, partner, allowed } = summary;
  return { id, side, kind, state, externalStatus, version, title, partner: partner.name ?? partner.id ?? '', allowed };
}

export function rowOfView(request: RequestView): BatchRow {
  const { id, side, kind, state, externalStatus, version, fields, partner, actions } = request;
  return {
    id,
    side,
    kind,
    state,
    externalStatus,
    version,
    title: fields.bibNote ?? fields.article ?? '',
    partner: partner.name ?? partner.id ?? '',
    allowed: actions.flatMap(({ action, allowed }) => (allowed ? [action] : [])),
  };
}
