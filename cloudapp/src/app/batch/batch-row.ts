import type { RequestView } from '../../domain/api/requests';
import type { RequestSummary } from '../../domain/api/work-list';
import type { Action } from '../../domain/ill/commands';
import { citationOf } from '../../domain/ill/request-title';
import { REFUSALS, type Refusal } from '../../domain/errors';

/** Maximum number of rows in a batch (MAX_BATCH of the contract). */
export const MAX_ROWS = 500;

/** The data of a request that the batch needs; no patron data. */
export interface BatchRow extends Pick<
  RequestSummary,
  'id' | 'side' | 'kind' | 'state' | 'externalStatus' | 'version' | 'gone'
> {
  readonly title: string;
  /** Volume, year and pages in one line; '' when none is given. */
  readonly citation: string;
  /** The library on the other side; '' when there is none. */
  readonly partner: string;
  /** Actions allowed for the row's side. */
  readonly allowed: readonly Action[];
  /** Refusal reasons; present only when the request itself was read, because the list omits them. */
  readonly refusals?: Readonly<Partial<Record<Action, Refusal>>>;
}

export function rowOfSummary(summary: RequestSummary): BatchRow {
  const { id, side, kind, state, externalStatus, version, title, citation, partner, allowed, gone } = summary;
  return {
    id,
    side,
    kind,
    state,
    externalStatus,
    version,
    title,
    citation,
    partner: partner.name ?? partner.id ?? '',
    allowed,
    ...(gone !== undefined && { gone }),
  };
}

export function rowOfView(request: RequestView): BatchRow {
  const { id, side, kind, state, externalStatus, version, fields, partner, actions, gone } = request;
  return {
    id,
    side,
    kind,
    state,
    externalStatus,
    version,
    title: fields.bibNote ?? fields.article ?? '',
    citation: citationOf(fields),
    partner: partner.name ?? partner.id ?? '',
    allowed: actions.flatMap(({ action, allowed }) => (allowed ? [action] : [])),
    refusals: refusalsIn(actions),
    ...(gone !== undefined && { gone }),
  };
}

function refusalsIn(actions: RequestView['actions']): NonNullable<BatchRow['refusals']> {
  const known = actions.flatMap(({ action, reason }) => {
    const refusal = REFUSALS.find((each) => each === reason);
    return refusal === undefined ? [] : [[action, refusal] as const];
  });
  return Object.fromEntries(known);
}
