import { sql, type Selectable, type Transaction } from 'kysely';
import type { MessageName } from '#domain/api/bridge';
import type { Command } from '#domain/ill/commands';
import { STATUSES, type Header, type Message } from '#iso18626/message';
import type { BridgeTransactionsTable, Told } from '../store/bridge-schema';
import type { Schema } from '../store/schema';
import { agencyOf } from './iso-partner';
import type { Outgoing } from './rules';

type TransactionRow = Selectable<BridgeTransactionsTable>;

/** What may follow the end of a transaction: answers, and notes. */
const AFTER_END: readonly string[] = ['Notification', 'RenewResponse', 'CancelResponse', 'StatusRequestResponse'];

/**
 * Writes messages to Alma, in order. Each gets its ids and a timestamp later than that of every earlier message of the
 * transaction. A status that waits is dropped when a later one overtakes it, and after an end no status follows
 * (iso18626.md 8.12, 8.13). Keeps in `told` what Alma was told, on top of what the row in the store says. The agencies
 * are in lower case here; the delivery writes those of the configuration. `then`: commands that the gateway owes
 * NACSIS-ILL once the messages are written.
 *
 * Resolves to the ids of the written messages.
 */
export async function writeOutgoing(
  db: Transaction<Schema>,
  { transaction_id: id }: Pick<TransactionRow, 'transaction_id'>,
  outgoing: readonly Outgoing[],
  now: Date,
  then: readonly Command[] = [],
): Promise<readonly string[]> {
  if (outgoing.length === 0) return [];
  const row = await db
    .selectFrom('bridge_transactions')
    .selectAll()
    .where('transaction_id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow();
  let { told, ended } = row;
  let at = await nextTime(db, row, now);
  const written: string[] = [];
  for (const message of outgoing) {
    if (ended && !mayFollowEnd(message)) continue;
    written.push(await write(db, row, { message, at, now, commands: written.length === 0 ? then : [] }));
    at = new Date(at.getTime() + 1);
    told = toldAfter(told, message);
    ended ||= message.ends === true;
  }
  await db
    .updateTable('bridge_transactions')
    .set({ told: JSON.stringify(told), ended, updated_at: now })
    .where('transaction_id', '=', id)
    .execute();
  return written;
}

interface ToWrite {
  readonly message: Outgoing;
  /** Timestamp of the message. */
  readonly at: Date;
  readonly now: Date;
  readonly commands: readonly Command[];
}

async function write(
  db: Transaction<Schema>,
  row: TransactionRow,
  { message, at, now, commands }: ToWrite,
): Promise<string> {
  const { message_id: id } = await db
    .insertInto('bridge_messages')
    .values({
      institution: row.institution,
      transaction_id: row.transaction_id,
      direction: 'out',
      name: message.name,
      identity: null,
      body_hash: null,
      sent_at: at,
      content: JSON.stringify(withHeader(message, row, at)),
      state: 'waiting',
      overtakable: message.isOvertakable,
      rule: null,
      commands: JSON.stringify(commands),
      next_at: now,
      created_at: now,
    })
    .returning('message_id')
    .executeTakeFirstOrThrow();
  if (message.isOvertakable || message.ends === true) await dropOvertaken(db, row, id, now);
  return id;
}

async function dropOvertaken(db: Transaction<Schema>, row: TransactionRow, by: string, now: Date): Promise<void> {
  await db
    .updateTable('bridge_messages')
    .set({ state: 'dropped', done_at: now })
    .where('transaction_id', '=', row.transaction_id)
    .where('direction', '=', 'out')
    .where('overtakable', '=', true)
    .where('state', 'in', ['waiting', 'stopped'])
    .where('message_id', '<', by)
    .execute();
}

/** Not before `now`, and later than every message that was written for the transaction. */
async function nextTime(db: Transaction<Schema>, row: TransactionRow, now: Date): Promise<Date> {
  const last = await db
    .selectFrom('bridge_messages')
    .select(sql<Date | null>`max(sent_at)`.as('at'))
    .where('transaction_id', '=', row.transaction_id)
    .where('direction', '=', 'out')
    .executeTakeFirst();
  return new Date(Math.max(now.getTime(), (last?.at?.getTime() ?? -Infinity) + 1));
}

function withHeader(
  { name: _name, isOvertakable: _flag, ends: _ends, ...body }: Outgoing,
  row: TransactionRow,
  at: Date,
) {
  const timestamp = at.toISOString();
  const supplierId = row.supplier_request_id ?? (row.side === 'borrower' ? row.request_id : null);
  const header: Header = {
    supplyingAgencyId: agencyOf(row.supplier),
    requestingAgencyId: agencyOf(row.requester),
    timestamp,
    requestingAgencyRequestId: row.requester_request_id,
    ...(supplierId === null ? {} : { supplyingAgencyRequestId: supplierId }),
  };
  if (body.kind !== 'supplyingAgencyMessage') return { ...body, header } satisfies Message;
  const statusInfo = { ...body.statusInfo, lastChange: body.statusInfo.lastChange ?? timestamp };
  return { ...body, header, statusInfo } satisfies Message;
}

function mayFollowEnd(message: Outgoing): boolean {
  if (message.kind === 'supplyingAgencyMessage') return AFTER_END.includes(message.messageInfo.reasonForMessage);
  return message.kind === 'requestingAgencyMessage' && message.action === 'Notification';
}

/** A notification repeats what Alma knows; every other message tells something new. */
function toldAfter(told: Told, message: Outgoing): Told {
  const last = lastOf(message);
  const names = [message.name, ...(last === undefined ? [] : [last])].filter((name) => !told.sent.includes(name));
  return { ...told, sent: [...told.sent, ...new Set(names)], ...(last === undefined ? {} : { last }) };
}

function lastOf(message: Outgoing): MessageName | undefined {
  switch (message.kind) {
    case 'request':
      return message.name;
    case 'requestingAgencyMessage':
      return message.name === 'Notification' ? undefined : message.name;
    case 'supplyingAgencyMessage':
      return message.name === 'Notification'
        ? undefined
        : STATUSES.find((status) => status === message.statusInfo.status);
  }
}
