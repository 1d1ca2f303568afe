import type { Kysely } from 'kysely';
import type { ClosureDays } from '#domain/ill/closure';
import type { StoredRequest } from '../store/requests-store';
import type { Schema } from '../store/schema';

/** The library, and how many requests are wanted at most. */
interface Wanted extends ClosureDays {
  readonly institution: string;
  readonly library: string;
  readonly limit: number;
}

/** Requests open now that wait for the library, or are due on one of these days; the waiting ones first. */
export async function requestsAtClosure(
  db: Kysely<Schema>,
  { institution, library, from, to, limit }: Wanted,
): Promise<{ readonly total: number; readonly rows: readonly StoredRequest[] }> {
  const found = db
    .selectFrom('requests')
    .where('institution', '=', institution)
    .where('library', '=', library)
    .where('open', '=', true)
    .where((row) =>
      row.or([row('waits', '=', true), row.and([row('due_date', '>=', from), row('due_date', '<=', to)])]),
    );
  const { total } = await found.select((eb) => eb.fn.countAll<string>().as('total')).executeTakeFirstOrThrow();
  const rows = await found
    .selectAll()
    .orderBy('waits', 'desc')
    .orderBy('due_date', (order) => order.asc().nullsLast())
    .orderBy('id')
    .limit(limit)
    .execute();
  return { total: Number(total), rows };
}
