import type { Kysely } from 'kysely';
import type { Side } from '#domain/kinds';
import type { StateId } from '#domain/states';
import type { Gone, Schema } from '../store/schema';
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

/** A lender loses a request to another lender only while it may refuse it, or the borrower forward or take it back. */
const MAY_GO_ON: readonly (StateId | null)[] = ['UNPROCESSED', 'PROCESSING', 'NEW_INQUIRY', 'INQUIRY', 'ANSWERED'];

/** Why a request is not delivered any more, as far as the state tells in which it was last seen. */
export function goneAs(state: StateId | null, side: Side): Gone {
  return side === 'lender' && MAY_GO_ON.includes(state) ? 'passed-on' : 'ended';
}
