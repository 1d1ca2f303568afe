import { sql, type Kysely, type Transaction } from 'kysely';
import type { MessageName } from '#domain/api/bridge';
import { isEntryOf } from '../commands/own-command';
import type { Schema } from '../store/schema';
import type { StoredRequest } from '../store/stored-request';

/**
 * Beginning of the idempotency keys of commands that a message caused, from Alma or the gateway's own after one to Alma:
 * `iso18626 <message id> …`.
 */
const KEY = /^iso18626 (\d+)(?: |$)/;

/**
 * Which history entries the bridge itself caused, and by which message. Alma is not told about them again
 * (iso18626.md 8.6).
 */
export async function causesOf(
  db: Kysely<Schema> | Transaction<Schema>,
  { institution, side, id, record }: Pick<StoredRequest, 'institution' | 'side' | 'id' | 'record'>,
): Promise<(historyIndex: number) => MessageName | undefined> {
  const rows = await db
    .selectFrom('journal')
    .select(['idempotency_key', 'command', 'member_id', 'history_length'])
    .where((row) => row.and({ institution, side, request_id: id, state: 'applied' }))
    // As in the index.
    .where(sql<boolean>`idempotency_key like 'iso18626 %'`)
    .orderBy('history_length')
    .execute();
  const caused = rows.flatMap((row) => {
    const message = KEY.exec(row.idempotency_key)?.[1];
    const index = record.history.findIndex((entry, at) => at >= row.history_length && isEntryOf(row, entry));
    return message === undefined || index < 0 ? [] : [{ message, index }];
  });
  if (caused.length === 0) return () => undefined;
  const messages = await db
    .selectFrom('bridge_messages')
    .select(['message_id', 'name'])
    .where('institution', '=', institution)
    .where('message_id', 'in', [...new Set(caused.map(({ message }) => message))])
    .execute();
  const names = new Map(messages.map(({ message_id: message, name }) => [message, name]));
  const byIndex = new Map(caused.map(({ message, index }) => [index, names.get(message)]));
  return (index) => byIndex.get(index);
}
