import { sql, type Kysely, type Transaction } from 'kysely';
import type { AlmaLink } from '#domain/api';
import type { FieldError } from '#domain/errors';
import type { Side } from '#domain/kinds';
import { GatewayError, invalidFields } from '../gateway-error';
import type { StoredRequest } from '../store/requests-store';
import type { Schema } from '../store/schema';

/** What the request of the ILS is found by, beside its id. */
const FOUND_BY = { borrower: 'userId', lender: 'partnerCode' } as const satisfies Readonly<Record<Side, string>>;

/** Throws `invalid-fields` where a borrower's request would be tied to a lending request of the ILS, or the other way about. */
export function checkLink(side: Side, link: AlmaLink | null): void {
  if (link === null || FOUND_BY[side] in link) return;
  const other = FOUND_BY[side === 'borrower' ? 'lender' : 'borrower'];
  const errors: readonly FieldError[] = [
    { field: `almaRequest.${FOUND_BY[side]}`, code: 'required' },
    { field: `almaRequest.${other}`, code: 'unknown-field' },
  ];
  throw invalidFields(errors);
}

/**
 * Ties the request to this one of the ILS in place of any other, or (null) to none; in a transaction of its own where `db` is none. Throws
 * `already-linked` when another request of this side has it. The same call twice is the same as once.
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
    // Two librarians may tie it to two requests at one moment.
    const name = [institution, side, link.requestId].join('\n');
    await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(transaction);
    const other = await tiedElsewhere(transaction, { institution, side, id }, link.requestId);
    if (other !== undefined)
      throw new GatewayError('already-linked', { detail: `it is tied to ${other}`, linkedTo: other });
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

/** The other request of this side that is tied to this request of the ILS. */
export async function tiedElsewhere(
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

/** What the request is tied to; undefined also where the patron by whom Alma finds it was erased. */
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
