import { sql, type Insertable, type Selectable, type Transaction, type Updateable } from 'kysely';
import type { MessageName, MessageState } from '#domain/api/bridge';
import type { Kind, Side } from '#domain/ill/kinds';
import type { Message } from '#iso18626/message';
import type { BridgeMessagesTable, BridgeTransactionsTable, Told } from '../store/bridge-schema';
import type { Db, Schema } from '../store/schema';

export type BridgeTransaction = Selectable<BridgeTransactionsTable>;
export type BridgeMessageRow = Selectable<BridgeMessagesTable>;

/** Nothing was sent to Alma yet. */
export const NOTHING_TOLD: Told = { historyLength: 0, sent: [] };

/**
 * Identifies a transaction (iso18626.md 8.4). `requester`: the symbol of the agency that asks, in any case. Two libraries
 * of an institution may share it.
 */
export interface TransactionKey {
  readonly institution: string;
  readonly library: string;
  readonly side: Side;
  readonly requester: string;
  readonly requesterRequestId: string;
}

/**
 * Locks the key until the end of the store's transaction, so that two messages never create a transaction twice.
 * Resolves to its row, locked as well; undefined when there is none yet.
 */
export async function lockTransaction(
  db: Transaction<Schema>,
  { institution, library, side, requester, requesterRequestId }: TransactionKey,
): Promise<BridgeTransaction | undefined> {
  const ids = { requester: requester.toLowerCase(), requester_request_id: requesterRequestId };
  const key = { institution, library, side, ...ids };
  const name = JSON.stringify(['bridge', ...Object.values(key)]);
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(db);
  return db
    .selectFrom('bridge_transactions')
    .selectAll()
    .where((row) => row.and(key))
    .forUpdate()
    .executeTakeFirst();
}

/** The row of a transaction that exists, locked until the end of the store's transaction. */
export async function lockTransactionRow(db: Transaction<Schema>, transactionId: string): Promise<BridgeTransaction> {
  return db
    .selectFrom('bridge_transactions')
    .selectAll()
    .where('transaction_id', '=', transactionId)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

export interface NewTransaction extends TransactionKey {
  readonly supplier: string;
  readonly supplierRequestId?: string;
  /** NACSIS id. */
  readonly requestId?: string;
  readonly kind?: Kind;
  readonly title?: string;
  /** The snapshot that the requester knows of when the transaction begins. */
  readonly toldVersion?: number;
  readonly told?: Told;
}

/** Adds a transaction whose key is locked (`lockTransaction`). Symbols are stored in lower case. */
export async function insertTransaction(db: Db, of: NewTransaction, now: Date): Promise<BridgeTransaction> {
  return db
    .insertInto('bridge_transactions')
    .values({
      institution: of.institution,
      library: of.library,
      side: of.side,
      requester: of.requester.toLowerCase(),
      supplier: of.supplier.toLowerCase(),
      requester_request_id: of.requesterRequestId,
      supplier_request_id: of.supplierRequestId ?? null,
      request_id: of.requestId ?? null,
      kind: of.kind ?? null,
      title: of.title ?? null,
      told_version: of.toldVersion ?? 0,
      told: JSON.stringify(of.told ?? NOTHING_TOLD),
      created_at: now,
      updated_at: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function updateTransaction(
  db: Db,
  { transaction_id: id }: Pick<BridgeTransaction, 'transaction_id'>,
  changes: Updateable<BridgeTransactionsTable>,
  now: Date,
): Promise<BridgeTransaction> {
  return db
    .updateTable('bridge_transactions')
    .set({ ...changes, updated_at: now })
    .where('transaction_id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function transactionOf(
  db: Db,
  { transaction_id: id }: Pick<BridgeMessageRow, 'transaction_id'>,
): Promise<BridgeTransaction> {
  return db.selectFrom('bridge_transactions').selectAll().where('transaction_id', '=', id).executeTakeFirstOrThrow();
}

/** Every transaction that names this request, oldest first. */
export async function transactionsOfRequest(
  db: Db,
  { institution, side, id }: { readonly institution: string; readonly side: Side; readonly id: string },
): Promise<readonly BridgeTransaction[]> {
  return db
    .selectFrom('bridge_transactions')
    .selectAll()
    .where((row) => row.and({ institution, side, request_id: id }))
    .orderBy('created_at')
    .orderBy('transaction_id')
    .execute();
}

export interface NewMessage {
  readonly direction: 'in' | 'out';
  readonly name: MessageName;
  readonly content: Message;
  readonly sentAt: Date;
  readonly state: MessageState;
  /** Only of messages from Alma (`identity`, `body_hash` of the schema). */
  readonly identity?: string;
  readonly bodyHash?: string;
}

/**
 * Adds a message to a transaction. Resolves to undefined, without a change, when the institution has a message of the
 * same identity.
 */
export async function insertMessage(
  db: Db,
  of: Pick<BridgeTransaction, 'institution' | 'transaction_id'>,
  message: NewMessage,
  more: Partial<Insertable<BridgeMessagesTable>>,
  now: Date,
): Promise<BridgeMessageRow | undefined> {
  return db
    .insertInto('bridge_messages')
    .values({
      institution: of.institution,
      transaction_id: of.transaction_id,
      direction: message.direction,
      name: message.name,
      identity: message.identity ?? null,
      body_hash: message.bodyHash ?? null,
      sent_at: message.sentAt,
      content: JSON.stringify(message.content),
      state: message.state,
      rule: null,
      commands: '[]',
      created_at: now,
      ...more,
    })
    .onConflict((conflict) => conflict.columns(['institution', 'identity']).doNothing())
    .returningAll()
    .executeTakeFirst();
}

export async function findMessage(
  db: Db,
  institution: string,
  messageId: string,
): Promise<BridgeMessageRow | undefined> {
  return db
    .selectFrom('bridge_messages')
    .selectAll()
    .where('institution', '=', institution)
    .where('message_id', '=', messageId)
    .executeTakeFirst();
}

export async function messageByIdentity(
  db: Db,
  institution: string,
  identity: string,
): Promise<BridgeMessageRow | undefined> {
  return db
    .selectFrom('bridge_messages')
    .selectAll()
    .where('institution', '=', institution)
    .where('identity', '=', identity)
    .executeTakeFirst();
}

/** The messages of a transaction, oldest first. */
export async function messagesOf(
  db: Db,
  { transaction_id: id }: Pick<BridgeTransaction, 'transaction_id'>,
): Promise<readonly BridgeMessageRow[]> {
  return db.selectFrom('bridge_messages').selectAll().where('transaction_id', '=', id).orderBy('message_id').execute();
}

/**
 * Changes a message that is in one of these states. Resolves to undefined, without a change, when it is in another one:
 * another gateway or a member of staff was quicker.
 */
export async function changeMessage(
  db: Db,
  { message_id: id }: Pick<BridgeMessageRow, 'message_id'>,
  from: readonly MessageState[],
  changes: Updateable<BridgeMessagesTable>,
): Promise<BridgeMessageRow | undefined> {
  return db
    .updateTable('bridge_messages')
    .set(changes)
    .where('message_id', '=', id)
    .where('state', 'in', from)
    .returningAll()
    .executeTakeFirst();
}

/** The last Request or Retry by which Alma named a transaction; undefined for one that began here. */
export async function lastNaming(
  db: Db,
  { transaction_id: id }: Pick<BridgeTransaction, 'transaction_id'>,
): Promise<Pick<BridgeMessageRow, 'body_hash' | 'state'> | undefined> {
  return db
    .selectFrom('bridge_messages')
    .select(['body_hash', 'state'])
    .where('transaction_id', '=', id)
    .where('direction', '=', 'in')
    .where('body_hash', 'is not', null)
    .orderBy('message_id', 'desc')
    .executeTakeFirst();
}

/** The newest message of Alma in the transaction. */
export async function lastIn(
  db: Db,
  { transaction_id: id }: Pick<BridgeTransaction, 'transaction_id'>,
): Promise<BridgeMessageRow | undefined> {
  return db
    .selectFrom('bridge_messages')
    .selectAll()
    .where('transaction_id', '=', id)
    .where('direction', '=', 'in')
    .orderBy('message_id', 'desc')
    .executeTakeFirst();
}

/** The oldest message of Alma in the transaction that the worker has not finished; later ones follow it. */
export async function firstWaiting(
  db: Db,
  { transaction_id: id }: Pick<BridgeTransaction, 'transaction_id'>,
): Promise<BridgeMessageRow | undefined> {
  return db
    .selectFrom('bridge_messages')
    .selectAll()
    .where('transaction_id', '=', id)
    .where('direction', '=', 'in')
    .where('state', '=', 'waiting')
    .orderBy('message_id')
    .executeTakeFirst();
}

/** Of several names of a record in Alma, only the newest is told about. */
export async function endOtherNames(
  db: Db,
  { institution, side, transaction_id: id }: Pick<BridgeTransaction, 'institution' | 'side' | 'transaction_id'>,
  now: Date,
): Promise<void> {
  await db
    .updateTable('bridge_transactions')
    .set({ ended: true, updated_at: now })
    .where('institution', '=', institution)
    .where('side', '=', side)
    .where('request_id', '=', (query) =>
      query.selectFrom('bridge_transactions').select('request_id').where('transaction_id', '=', id),
    )
    .where('transaction_id', '<>', id)
    .where('ended', '=', false)
    .execute();
}
