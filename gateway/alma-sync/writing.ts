import { sql, type Kysely } from 'kysely';
import type { AlmaStep } from '#domain/alma/alma-steps';
import type { Change } from '#domain/api/imports';
import type { Writer } from '#domain/api/profile';
import type { Side } from '#domain/ill/kinds';
import { markOf } from '#domain/ill/order-mark';
import type { StoredRequest } from '../store/requests-store';
import type { Schema } from '../store/schema';

/** What the import may write to Alma about a request. The rest is left to the library's writer. */
export interface Rights {
  readonly creates: boolean;
  readonly tells: readonly AlmaStep['do'][];
}

const ALL: Rights = { creates: true, tells: ['cancel', 'shipping-cost'] };
const NONE: Rights = { creates: false, tells: [] };
/** Alma lacks the request, and no message of ISO 18626 can create a borrowing request. The bridge does not know it. */
const UNKNOWN_TO_BRIDGE: Rights = { creates: true, tells: ['cancel'] };

/**
 * Exactly one part writes to Alma about a request (WRITERS in domain/api/profile.ts).
 * @param isOfBridge the request was sent from Alma over ISO 18626
 */
export function rightsOf(writer: Writer, side: Side, isOfBridge: boolean): Rights {
  if (writer === 'rest') return ALL;
  return writer === 'iso18626' && side === 'borrower' && !isOfBridge ? UNKNOWN_TO_BRIDGE : NONE;
}

/**
 * True when the request belongs to a transaction of the bridge, or a message of Alma saved it and the transaction does
 * not name it yet.
 */
export async function isOfBridge(
  db: Kysely<Schema>,
  { institution, side, id, record }: StoredRequest,
): Promise<boolean> {
  const mark = markOf(record.fields.borrowerLocalData) ?? null;
  const { rows } = await sql`
    select 1 from bridge_transactions where institution = ${institution} and side = ${side} and request_id = ${id}
    union all
    select 1 from journal where institution = ${institution} and side = ${side} and idempotency_key like 'iso18626 %'
      and (request_id = ${id} or (request_id is null and mark = ${mark}))
    limit 1`.execute(db);
  return rows.length > 0;
}

/** What was left to the writer: all of the request, or a step. */
export function leftChange(writer: Writer, what: 'request' | AlmaStep['do']): Change {
  const kinds = { 'request': 'left', 'shipping-cost': 'left-cost', 'cancel': 'left-cancel' } as const;
  return { what: kinds[what], to: writer };
}
