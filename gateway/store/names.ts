import { sql, type Kysely, type Transaction } from 'kysely';
import { folded } from './folded-text';
import { recordColumns } from './request-columns';
import type { Schema } from './schema';
import { illRequestOf, type StoredRequest } from './stored-request';
import { withoutNames } from './without-names';

/** Requests per transaction, which keeps other transactions from waiting long. */
const BATCH = 500;

/** True when the library writes the patron's id where its own request number belongs. */
export type IsPatronNumber = (of: Pick<StoredRequest, 'institution' | 'library'>) => boolean;
const NEVER: IsPatronNumber = () => false;

/**
 * Erases patron data and comments from requests that have ended and have not changed since `before`. Keeps the record
 * of which staff member did what. The version stays too, because erasing does not change the allowed actions. Later
 * snapshots of such a request are stored without the patron (snapshot-change.ts). Resolves to the number of erased
 * requests.
 */
export async function eraseRequests(
  db: Kysely<Schema>,
  before: Date,
  isPatronNumber: IsPatronNumber = NEVER,
): Promise<number> {
  let erased = 0;
  for (let done = BATCH; done === BATCH; erased += done)
    done = await db.transaction().execute((transaction) => eraseBatch(transaction, before, isPatronNumber));
  return erased;
}

async function eraseBatch(db: Transaction<Schema>, before: Date, isPatronNumber: IsPatronNumber): Promise<number> {
  const rows = await db
    .selectFrom('requests')
    .selectAll()
    .where('open', '=', false)
    .where('names_erased', '=', false)
    .where('changed_at', '<', before)
    .orderBy('changed_at')
    .limit(BATCH)
    .forUpdate()
    .execute();
  if (rows.length === 0) return 0;
  const erased = rows.map((row) => erasedRow(row, isPatronNumber(row)));
  await sql`update requests as request
    set record = erased.record, search_text = erased.search_text, alma_user_id = null, names_erased = true
    from jsonb_to_recordset(${JSON.stringify(erased)}::jsonb)
      as erased(institution text, side text, id text, record jsonb, search_text text)
    where (request.institution, request.side, request.id) = (erased.institution, erased.side, erased.id)`.execute(db);
  return rows.length;
}

function erasedRow(row: StoredRequest, isPatronNumber: boolean) {
  const { institution, side, id } = row;
  const request = withoutNames(illRequestOf(row), !isPatronNumber && !numberNamesPatron(row));
  const { record, search_text } = recordColumns(request, side);
  return { institution, side, id, record: JSON.parse(record) as unknown, search_text };
}

/** True when the request's number contains the patron's id, which a library may have entered by hand. */
function numberNamesPatron({ alma_user_id: userId, record: { fields } }: StoredRequest): boolean {
  return userId !== null && userId !== '' && folded(fields.borrowerNumber ?? '').includes(folded(userId));
}
