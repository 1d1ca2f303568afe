import { sql, type RawBuilder } from 'kysely';
import type { Kind, Side } from '#domain/ill/kinds';
import type { StateId } from '#domain/ill/states';
import { folded } from './folded-text';

type Condition = RawBuilder<unknown>;

export interface RequestFilter {
  readonly institution: string;
  readonly libraries: readonly string[];
  readonly side?: Side;
  readonly kind?: Kind;
  readonly state?: StateId;
  /** STAT texts of delivered requests. */
  readonly status?: readonly string[];
  /** Selects requests that are no longer delivered, in addition to those of a state or statuses. */
  readonly gone?: boolean;
  readonly partner?: string;
  /** Only requests that wait for their side. */
  readonly needsAction?: boolean;
  /**
   * Only requests that are neither gone nor, as far as known, in a final state. Requests selected by `gone` are shown
   * anyway.
   */
  readonly open?: boolean;
  /** Day of the last command, inclusive, yyyyMMdd. */
  readonly from?: string;
  readonly to?: string;
  readonly q?: string;
  readonly ids?: readonly string[];
  readonly almaRequestId?: string;
  /** NCID */
  readonly bibId?: string;
  /** Only requests that another library changed after this time. */
  readonly newsAfter?: Date;
}

/**
 * Condition on the status. Each facet has its own condition, because a facet leaves out its own. Requests that are gone
 * have no status.
 */
export function statusCondition(filter: RequestFilter): Condition {
  const { status = [], state, gone, open } = filter;
  const isNamed = status.length > 0 || state !== undefined;
  if (!isNamed && gone === true) return sql`not delivered`;
  const named = all([
    ...(isNamed ? [sql`delivered`] : []),
    ...(open === true ? [sql`open`] : []),
    ...(status.length === 0 ? [] : [sql`external_status in (${sql.join([...status])})`]),
    ...(state === undefined ? [] : [sql`state = ${state}`]),
  ]);
  return gone === true ? sql`((${named}) or not delivered)` : named;
}
export function kindCondition({ kind }: RequestFilter): Condition {
  return all(kind === undefined ? [] : [sql`kind = ${kind}`]);
}
export function partnerCondition({ partner }: RequestFilter): Condition {
  return all(partner === undefined ? [] : [sql`partner_id = ${partner}`]);
}

/** Conditions that `request_counts` can answer too: owner and waiting. */
export function countedCondition({ institution, libraries, side, needsAction }: RequestFilter): Condition {
  return all([
    sql`institution = ${institution}`,
    libraries.length === 0 ? sql`false` : sql`library in (${sql.join([...libraries])})`,
    ...(side === undefined ? [] : [sql`side = ${side}`]),
    ...(needsAction === true ? [sql`waits`] : []),
  ]);
}

/** Conditions that only the requests themselves can answer; undefined when none is set. */
export function otherCondition(filter: RequestFilter): Condition | undefined {
  const { from, to, q, ids, almaRequestId, bibId, newsAfter } = filter;
  const searched = folded(q ?? '');
  const conditions = [
    ...(from === undefined ? [] : [sql`updated_on >= ${from}`]),
    ...(to === undefined ? [] : [sql`updated_on <= ${to}`]),
    // A plain substring: no character has a special meaning.
    ...(searched === '' ? [] : [sql`strpos(search_text, ${searched}) > 0`]),
    ...(ids === undefined || ids.length === 0 ? [] : [sql`id in (${sql.join([...ids])})`]),
    ...(almaRequestId === undefined ? [] : [sql`alma_request_id = ${almaRequestId}`]),
    ...(bibId === undefined ? [] : [sql`bib_id = ${bibId}`]),
    ...(newsAfter === undefined ? [] : [sql`news_at > ${newsAfter}`]),
  ];
  return conditions.length === 0 ? undefined : all(conditions);
}

export function all(conditions: readonly (Condition | undefined)[]): Condition {
  const set = conditions.filter((condition) => condition !== undefined);
  return set.length === 0 ? sql`true` : sql.join(set, sql` and `);
}
