import type { Kysely } from 'kysely';
import type { Schema } from '../store/schema';
import type { StoredRequest } from '../store/requests-store';
import type { RoleFile } from './file-differences';

/** So many requests are read one by one in a reading at most; the others are looked for in the next. */
const MAX_SINGLE = 200;

export interface Unseen extends RoleFile {
  readonly institution: string;
  readonly library: string;
  /** Not delivered since. */
  readonly since: Date;
  /** Only in these states (STAT texts); in all when absent. */
  readonly statuses?: readonly string[];
}

/** What the store holds as open and NACSIS-ILL did not deliver, the longest unseen first. */
export async function unseenRequests(db: Kysely<Schema>, unseen: Unseen): Promise<readonly StoredRequest[]> {
  const { institution, library, side, kind, since, statuses } = unseen;
  if (statuses?.length === 0) return [];
  return db
    .selectFrom('requests')
    .selectAll()
    .where('institution', '=', institution)
    .where('library', '=', library)
    .where('side', '=', side)
    .where('kind', '=', kind)
    .where('open', '=', true)
    .where('seen_at', '<', since)
    .$if(statuses !== undefined, (query) => query.where('external_status', 'in', [...(statuses ?? [])]))
    .orderBy('seen_at')
    .orderBy('id')
    .limit(MAX_SINGLE)
    .execute();
}
