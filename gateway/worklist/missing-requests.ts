import { sql, type Kysely } from 'kysely';
import type { Schema } from '../store/schema';
import type { StoredRequest } from '../store/requests-store';
import type { RoleFile } from './file-differences';

/** Selects a part of a file; all of it by default. */
export interface UnseenPart {
  readonly open?: boolean;
  /** STAT texts */
  readonly statuses?: readonly string[];
  /** Month of the last change (RNWDT), yyyyMM; null: the date is not valid. */
  readonly updatedIn?: string | null;
}

interface Unseen extends RoleFile, UnseenPart {
  readonly institution: string;
  readonly library: string;
  /** Not delivered since this time. */
  readonly since: Date;
  /** Maximum number of requests. */
  readonly limit: number;
}

/** The month of the last change, null when its date is not valid. An expression of `requests`. */
export const MONTH = sql<string | null>`substring(updated_on from '^[0-9]{6}')`;

/**
 * Requests that the store holds as delivered and NACSIS-ILL has not delivered since. Open ones come first, longest
 * unseen first; then ended ones, newest first, since the oldest move to the back file by the hundred.
 */
export async function unseenRequests(db: Kysely<Schema>, unseen: Unseen): Promise<readonly StoredRequest[]> {
  const { institution, library, side, kind, since, open, statuses, updatedIn, limit } = unseen;
  if (statuses?.length === 0 || limit <= 0) return [];
  return db
    .selectFrom('requests')
    .selectAll()
    .where('institution', '=', institution)
    .where('library', '=', library)
    .where('side', '=', side)
    .where('kind', '=', kind)
    .where('delivered', '=', true)
    .where('seen_at', '<', since)
    .$if(open !== undefined, (query) => query.where('open', '=', open === true))
    .$if(statuses !== undefined, (query) => query.where('external_status', 'in', [...(statuses ?? [])]))
    .$if(updatedIn !== undefined, (query) => query.where(MONTH, updatedIn === null ? 'is' : '=', updatedIn ?? null))
    .orderBy('open', 'desc')
    .orderBy(sql`case when open then seen_at end`)
    .orderBy('updated_on', (order) => order.desc().nullsLast())
    .orderBy('id')
    .limit(limit)
    .execute();
}
