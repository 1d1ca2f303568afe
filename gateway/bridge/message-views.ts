import { sql, type Kysely, type Selectable } from 'kysely';
import type { BridgeMessage, BridgeQueue, MessageName, MessageState, RequestMessages } from '#domain/api/bridge';
import type { Side } from '#domain/ill/kinds';
import type { Message } from '#iso18626/message';
import type { BridgeMessagesTable, BridgeTransactionsTable } from '../store/bridge-schema';
import type { Schema } from '../store/schema';
import type { StoredRequest } from '../store/stored-request';
import { contradictionOf } from './contradiction';
import { choicesOf } from './decisions';

const PAGE_SIZE = 50;
/** States of messages that need somebody or are on their way. */
export const QUEUED = ['waiting', 'held', 'refused', 'stopped'] as const satisfies readonly MessageState[];

type MessageColumns = Selectable<BridgeMessagesTable>;
type TransactionColumns = Selectable<BridgeTransactionsTable>;
/** A message with what its transaction says. */
type ShownMessage = MessageColumns &
  Pick<TransactionColumns, 'library' | 'side' | 'request_id' | 'requester_request_id' | 'title'>;

interface QueueQuery {
  readonly institution: string;
  /** The libraries of the institution that are asked for. */
  readonly libraries: readonly string[];
  readonly state?: MessageState;
  readonly page?: number;
}

/** The queue page: messages that need somebody, or those in one state. */
export async function queueOf(db: Kysely<Schema>, query: QueueQuery): Promise<BridgeQueue> {
  const { institution, libraries, state, page = 1 } = query;
  const states: readonly MessageState[] = state === undefined ? QUEUED : [state];
  const among = shown(db, institution).where('transaction.library', 'in', libraries);
  const rows = await among
    .where('message.state', 'in', states)
    .orderBy('message.message_id', 'desc')
    .limit(PAGE_SIZE)
    .offset((page - 1) * PAGE_SIZE)
    .execute();
  const counted = await db
    .selectFrom('bridge_messages as message')
    .innerJoin('bridge_transactions as transaction', 'transaction.transaction_id', 'message.transaction_id')
    .select(['message.state', sql<number>`count(*)::int`.as('count')])
    .where('message.institution', '=', institution)
    .where('transaction.library', 'in', libraries)
    .where('message.state', 'in', [...new Set([...QUEUED, ...states])])
    .groupBy('message.state')
    .execute();
  const countOf = (of: MessageState) => counted.find((each) => each.state === of)?.count ?? 0;
  return {
    total: states.reduce((sum, each) => sum + countOf(each), 0),
    page,
    pageSize: PAGE_SIZE,
    counts: {
      waiting: countOf('waiting'),
      held: countOf('held'),
      refused: countOf('refused'),
      stopped: countOf('stopped'),
    },
    items: rows.map(messageView),
  };
}

/** A message of the institution. */
export async function findShown(
  db: Kysely<Schema>,
  institution: string,
  messageId: string,
): Promise<BridgeMessage | undefined> {
  const row = await shown(db, institution).where('message.message_id', '=', messageId).executeTakeFirst();
  return row && messageView(row);
}

/**
 * The bridge's part of a request panel: the messages of all its transactions, and where Alma and NACSIS-ILL contradict
 * each other. `isWriter`: the bridge brings the library's requests to Alma.
 */
export async function requestMessages(
  db: Kysely<Schema>,
  request: StoredRequest,
  isWriter: boolean,
): Promise<RequestMessages> {
  const { institution, side, id, library } = request;
  const rows = await shown(db, institution)
    .where('transaction.side', '=', side)
    .where('transaction.request_id', '=', id)
    .where('transaction.library', '=', library)
    .orderBy('message.message_id')
    .execute();
  const newest = await db
    .selectFrom('bridge_transactions')
    .selectAll()
    .where((row) => row.and({ institution, side, request_id: id, library }))
    .orderBy('created_at', 'desc')
    .orderBy('transaction_id')
    .executeTakeFirst();
  if (newest === undefined) return { items: [] };
  const messages = rows.filter((row) => row.transaction_id === newest.transaction_id);
  const exchanged = messages.map(({ direction, name, state, content }) => ({
    ...{ direction, name, state, answer: content === null ? undefined : answerOf(content) },
  }));
  const contradiction = isWriter ? contradictionOf(request, exchanged) : undefined;
  return {
    externalId: newest.requester_request_id,
    ...(newest.told.last === undefined ? {} : { told: newest.told.last }),
    ...(contradiction === undefined ? {} : { contradiction }),
    items: rows.map(messageView),
  };
}

/** NACSIS id of the request that a transaction of the institution knows by this id of Alma; the newest one. */
export async function requestIdOf(
  db: Kysely<Schema>,
  institution: string,
  side: Side,
  externalId: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('bridge_transactions')
    .select('request_id')
    .where((each) => each.and({ institution, side, requester_request_id: externalId }))
    .where('request_id', 'is not', null)
    .orderBy('created_at', 'desc')
    .executeTakeFirst();
  return row?.request_id ?? undefined;
}

/** Number of messages, of every institution. */
export interface MessageCount {
  readonly direction: 'in' | 'out';
  readonly name: MessageName;
  readonly state: MessageState;
  readonly count: number;
}

export function messageCounts(db: Kysely<Schema>): Promise<readonly MessageCount[]> {
  return db
    .selectFrom('bridge_messages')
    .select(['direction', 'name', 'state', sql<number>`count(*)::int`.as('count')])
    .groupBy(['direction', 'name', 'state'])
    .execute();
}

function shown(db: Kysely<Schema>, institution: string) {
  return db
    .selectFrom('bridge_messages as message')
    .innerJoin('bridge_transactions as transaction', 'transaction.transaction_id', 'message.transaction_id')
    .selectAll('message')
    .select(['transaction.library', 'transaction.side', 'transaction.request_id'])
    .select(['transaction.requester_request_id', 'transaction.title'])
    .where('message.institution', '=', institution);
}

function messageView(row: ShownMessage): BridgeMessage {
  const note = row.content === null ? undefined : noteOf(row.content);
  const answer = row.content === null ? undefined : answerOf(row.content);
  return {
    id: row.message_id,
    library: row.library,
    direction: row.direction,
    name: row.name,
    ...(answer === undefined ? {} : { answer }),
    side: row.side,
    ...(row.request_id === null ? {} : { requestId: row.request_id }),
    externalId: row.requester_request_id,
    ...(row.title === null ? {} : { title: row.title }),
    ...(note === undefined ? {} : { note }),
    state: row.state,
    ...(row.hold === null
      ? {}
      : { hold: { reason: row.hold, since: (row.hold_since ?? row.created_at).toISOString() } }),
    commands: [...row.commands],
    ...(row.warnings.length === 0 ? {} : { warnings: [...row.warnings] }),
    ...(row.problem === null ? {} : { problem: row.problem }),
    at: row.created_at.toISOString(),
    ...(row.done_at === null ? {} : { doneAt: row.done_at.toISOString() }),
    ...(row.next_at === null || row.state !== 'waiting' ? {} : { nextAt: row.next_at.toISOString() }),
    attempts: row.attempts,
    can: [...choicesOf(row)],
  };
}

function noteOf(message: Message): string | undefined {
  switch (message.kind) {
    case 'request':
      return message.serviceInfo?.note;
    case 'supplyingAgencyMessage':
      return message.messageInfo.note;
    case 'requestingAgencyMessage':
      return message.note;
  }
}

function answerOf(message: Message): 'Y' | 'N' | undefined {
  if (message.kind !== 'supplyingAgencyMessage') return undefined;
  const { answerYesNo } = message.messageInfo;
  return answerYesNo === 'Y' || answerYesNo === 'N' ? answerYesNo : undefined;
}
