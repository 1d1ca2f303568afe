import { sql, type Kysely, type Transaction } from 'kysely';
import type { AlmaLink } from '#domain/api/requests';
import type { FieldError } from '#domain/errors';
import type { Side } from '#domain/ill/kinds';
import { GatewayError, invalidFields } from '../gateway-error';
import type { StoredRequest } from '../store/requests-store';
import type { Schema } from '../store/schema';

/** The key that addresses a request of the ILS, beside its id. */
const FOUND_BY = { borrower: 'userId', lender: 'partnerCode' } as const satisfies Readonly<Record<Side, string>>;

/**
 * Throws `invalid-fields` when a borrowing request would be linked to a lending request of the ILS or vice versa, and
 * for an id that no request of the ILS can have.
 */
export function checkLink(side: Side, link: AlmaLink | null): void {
  if (link === null) return;
  checkIlsIds(link);
  if (FOUND_BY[side] in link) return;
  const other = FOUND_BY[side === 'borrower' ? 'lender' : 'borrower'];
  const errors: readonly FieldError[] = [
    { field: `almaRequest.${FOUND_BY[side]}`, code: 'required' },
    { field: `almaRequest.${other}`, code: 'unknown-field' },
  ];
  throw invalidFields(errors);
}

/**
 * Throws `invalid-fields` for a blank id, an id with surrounding blanks, and for `.` and `..`, which would change the
 * URL of the ILS.
 */
export function checkIlsIds(link: AlmaLink): void {
  const wrong = Object.entries(link).filter(([, id]) => id !== id.trim() || /^\.{0,2}$/.test(id));
  if (wrong.length > 0)
    throw invalidFields(wrong.map(([name]) => ({ field: `almaRequest.${name}`, code: 'bad-format' })));
}

/**
 * Links the request to this request of the ILS and replaces any other link; null removes the link. Opens a transaction
 * when `db` is none. Throws `already-linked` when another request of this side has the link. Idempotent.
 */
export async function saveLink(
  db: Kysely<Schema> | Transaction<Schema>,
  request: StoredRequest,
  link: AlmaLink | null,
): Promise<StoredRequest> {
  const save = (transaction: Kysely<Schema>) => saveIn(transaction, request, link);
  return db.isTransaction ? save(db) : db.transaction().execute(save);
}

async function saveIn(
  transaction: Kysely<Schema>,
  { institution, side, id, names_erased: isErased }: StoredRequest,
  link: AlmaLink | null,
): Promise<StoredRequest> {
  if (link !== null) {
    // Locks the link: two librarians may link this request of the ILS to two requests at the same time.
    const name = [institution, side, link.requestId].join('\n');
    await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(transaction);
    const other = await linkedElsewhere(transaction, { institution, side, id }, link.requestId);
    if (other !== undefined)
      throw new GatewayError('already-linked', { detail: `it is linked to ${other}`, linkedTo: other });
  }
  return transaction
    .updateTable('requests')
    .set({ ...columnsOf(link), ...(isErased ? { alma_user_id: null } : {}) })
    .where('institution', '=', institution)
    .where('side', '=', side)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** The other request of this side that is linked to this request of the ILS. */
export async function linkedElsewhere(
  db: Kysely<Schema>,
  { institution, side, id }: Pick<StoredRequest, 'institution' | 'side' | 'id'>,
  almaRequestId: string,
): Promise<string | undefined> {
  const other = await db
    .selectFrom('requests')
    .select('id')
    .where('institution', '=', institution)
    .where('side', '=', side)
    .where('alma_request_id', '=', almaRequestId)
    .where('id', '<>', id)
    .executeTakeFirst();
  return other?.id;
}

/**
 * Returns the link of the request; undefined when it has none, or when the patron needed to look it up in Alma was
 * erased.
 */
export function linkOf(request: StoredRequest): AlmaLink | undefined {
  const { alma_user_id: userId, alma_partner_code: partnerCode, alma_request_id: requestId } = request;
  if (requestId === null) return undefined;
  if (userId !== null) return { userId, requestId };
  return partnerCode === null ? undefined : { partnerCode, requestId };
}

function columnsOf(link: AlmaLink | null) {
  return {
    alma_request_id: link?.requestId ?? null,
    alma_user_id: link !== null && 'userId' in link ? link.userId : null,
    alma_partner_code: link !== null && 'partnerCode' in link ? link.partnerCode : null,
  };
}
