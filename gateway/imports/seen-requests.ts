import type { Kysely, Transaction } from 'kysely';
import { requestIdsIn } from '#domain/identifiers';
import type { AlmaRequest } from '../alma/port';
import type { Schema } from '../store/schema';

/** Ids in one query. */
const IDS_AT_ONCE = 1000;

/** The NACSIS ids by which a request of Alma says what it is. */
export function nacsisIdsOf({
  externalId = '',
  note = '',
}: Pick<AlmaRequest, 'externalId' | 'note'>): readonly string[] {
  return requestIdsIn(`${externalId}\n${note}`);
}

/** The borrowing requests of an institution's Alma that were looked at, each once. */
export class SeenRequests {
  constructor(
    private readonly db: Kysely<Schema>,
    private readonly institution: string,
  ) {}

  /** Alma's id → NACSIS ids, of those that were looked at. */
  async among(almaIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const seen = new Map<string, readonly string[]>();
    for (let at = 0; at < almaIds.length; at += IDS_AT_ONCE) {
      const rows = await this.db
        .selectFrom('alma_seen')
        .select(['alma_request_id', 'nacsis_ids'])
        .where('institution', '=', this.institution)
        .where('alma_request_id', 'in', almaIds.slice(at, at + IDS_AT_ONCE))
        .execute();
      for (const row of rows) seen.set(row.alma_request_id, row.nacsis_ids);
    }
    return seen;
  }

  async remember(
    userId: string,
    requests: readonly { readonly almaId: string; readonly nacsisIds: readonly string[] }[],
    db: Kysely<Schema> | Transaction<Schema> = this.db,
  ): Promise<void> {
    if (requests.length === 0) return;
    await db
      .insertInto('alma_seen')
      .values(
        requests.map(({ almaId, nacsisIds }) => ({
          institution: this.institution,
          alma_request_id: almaId,
          user_id: userId,
          nacsis_ids: JSON.stringify(nacsisIds),
        })),
      )
      .onConflict((conflict) => conflict.columns(['institution', 'alma_request_id']).doNothing())
      .execute();
  }
}
