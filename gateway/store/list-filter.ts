import { sql, type RawBuilder } from 'kysely';
import type { Kind, Side } from '#domain/kinds';
import type { StateId } from '#domain/states';
import { folded } from './folded-text';

type Condition = RawBuilder<unknown>;

export interface RequestFilter {
  readonly institution: string;
  readonly libraries: readonly string[];
  readonly side?: Side;
  readonly kind?: Kind;
  readonly state?: StateId;
  /** STAT texts. */
  readonly status?: readonly string[];
  readonly partner?: string;
  /** Only those that wait for their side. */
  readonly needsAction?: boolean;
  /** Only those that are neither in a final state, as far as it is known, nor gone. */
  readonly open?: boolean;
  /** Day of the last command, inclusive, yyyyMMdd. */
  readonly from?: string;
  readonly to?: string;
  readonly q?: string;
  readonly ids?: readonly string[];
  readonly almaRequestId?: string;
  /** NCID */
  readonly bibId?: string;
  /** Only those of which another told something new after this time. */
  readonly newsAfter?: Date;
}

/** What a facet is made of is a condition of its own, since the facet itself leaves it out. */
export function statusCondition({ status, state }: RequestFilter): Condition {
  return all([
    ...(status === undefined || status.length === 0 ? [] : [sql`external_status in (${sql.join([...status])})`]),
    ...(state === undefined ? [] : [sql`state = ${state}`]),
  ]);
}
export function kindCondition({ kind }: RequestFilter): Condition {
  return all(kind === undefined ? [] : [sql`kind = ${kind}`]);
}
export function partnerCondition({ partner }: RequestFilter): Condition {
  return all(partner === undefined ? [] : [sql`partner_id = ${partner}`]);
}

/** The conditions that `request_counts` can answer, too: whose they are, and whether they wait or are open. */
export function countedCondition({ institution, libraries, side, needsAction, open }: RequestFilter): Condition {
  return all([
    sql`institution = ${institution}`,
    libraries.length === 0 ? sql`false` : sql`library in (${sql.join([...libraries])})`,
    ...(side === undefined ? [] : [sql`side = ${side}`]),
    ...(needsAction === true ? [sql`waits`] : []),
    ...(open === true ? [sql`open`] : []),
  ]);
}

/** The conditions that only the requests themselves answer; undefined where none is set. */
export function otherCondition(filter: RequestFilter): Condition | undefined {
  const { from, to, q, ids, almaRequestId, bibId, newsAfter } = filter;
  const searched = folded(q ?? '');
  const conditions = [
    ...(from === undefined ? [] : [sql`updated_on >= ${from}`]),
    ...(to === undefined ? [] : [sql`updated_on <= ${to}`]),
    // A plain part of the text: no character has a meaning of its own.
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
