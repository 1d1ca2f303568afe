import { sql, type RawBuilder } from 'kysely';
import type { Sort } from '#domain/api/work-list';

/** One sort key: an expression of `requests` (held by an index of migration 004) and its direction. */
interface OrderKey {
  readonly of: RawBuilder<unknown>;
  readonly direction: RawBuilder<unknown>;
}

const key = (of: string, direction: string): OrderKey => ({ of: sql.raw(of), direction: sql.raw(direction) });

/**
 * A request without a date of its last command sorts as the oldest; one without title, partner or due date sorts last.
 */
const OLDEST = [key('updated_on', 'asc nulls first'), key('requests.id', 'asc')];
const ORDERS: Readonly<Record<Sort, readonly OrderKey[]>> = {
  needs: [key('waits', 'desc'), ...OLDEST],
  oldest: OLDEST,
  newest: [key('updated_on', 'desc nulls last'), key('requests.id', 'desc')],
  due: [key('due_date', 'asc nulls last'), key('requests.id', 'asc')],
  title: [key(`(nullif(left(title, 200), '')) collate "C"`, 'asc nulls last'), key('requests.id', 'asc')],
  partner: [
    key(`(left(coalesce(partner_name, partner_id), 200)) collate "C"`, 'asc nulls last'),
    key('requests.id', 'asc'),
  ],
};

interface ListOrder {
  /** Order by clause over the columns of `requests`. */
  readonly byColumns: RawBuilder<unknown>;
  /** The keys as columns `key0`, `key1` …, and the order by clause over them. */
  readonly keys: RawBuilder<unknown>;
  readonly byKeys: RawBuilder<unknown>;
}

export function listOrder(sort: Sort): ListOrder {
  const keys = ORDERS[sort];
  const name = (at: number) => sql.raw(`key${String(at)}`);
  return {
    byColumns: sql.join(keys.map(({ of, direction }) => sql`${of} ${direction}`)),
    keys: sql.join(keys.map(({ of }, at) => sql`${of} as ${name(at)}`)),
    byKeys: sql.join(keys.map(({ direction }, at) => sql`${name(at)} ${direction}`)),
  };
}
