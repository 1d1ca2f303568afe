import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { DraftWarning, HoldReason, MessageName, MessageState } from '#domain/api/bridge';
import type { Command } from '#domain/ill/commands';
import type { Kind, Side } from '#domain/ill/kinds';
import type { ErrorType, Message } from '#iso18626/message';

type Timestamp = ColumnType<Date, Date, Date>;
type OptionalTime = ColumnType<Date | null, Date | null | undefined, Date | null>;
type OptionalJson<T> = ColumnType<T | null, string | null | undefined, string | null>;

/**
 * A transaction: one request of Alma and one of NACSIS-ILL. Several may name one NACSIS request (a retry of Alma, a
 * second visit to a lender).
 */
export interface BridgeTransactionsTable {
  institution: string;
  transaction_id: Generated<string>;
  library: string;
  side: Side;
  /** Symbols `type:value` in lower case: the agency that asks, and the one that supplies. */
  requester: string;
  supplier: string;
  /** requestingAgencyRequestId: Alma's external id (borrower), or the NACSIS id with `-2` … for later visits (lender). */
  requester_request_id: string;
  /** supplyingAgencyRequestId, once known. */
  supplier_request_id: string | null;
  /** NACSIS id; null until the request is saved in NACSIS-ILL. */
  request_id: string | null;
  kind: Kind | null;
  title: string | null;
  /** The snapshot up to which Alma was told: its version, and what was compared. */
  told_version: number;
  told: JSONColumnType<Told>;
  /** The last message of Alma that was applied, and its timestamp: later ones with an older timestamp are only kept. */
  last_in: ColumnType<MessageName | null, MessageName | null | undefined, MessageName | null>;
  last_in_at: OptionalTime;
  /** True when no message may follow: completed, unfilled, cancelled. */
  ended: Generated<boolean>;
  created_at: Timestamp;
  updated_at: Timestamp;
}

/** What Alma knows of a request through the bridge. */
export interface Told {
  /** Number of history entries that Alma was told about. */
  readonly historyLength: number;
  /** The last status sent to Alma (supplier's message), or the last action (requester's). */
  readonly last?: MessageName;
  /** Every status or action sent so far: some are sent once only. */
  readonly sent: readonly MessageName[];
  /** DDATE when the last RENEW was sent, yyyyMMdd. */
  readonly dueDateAtRenewal?: string;
  /** STAT and DDATE of the snapshot up to which Alma was told. */
  readonly state?: string;
  readonly dueDate?: string;
  /** Lender: index of the history entry with which the request came to this library. */
  readonly arrival?: number;
}

/** A message in either direction. Never deleted before its request's texts are erased. */
export interface BridgeMessagesTable {
  institution: string;
  message_id: Generated<string>;
  transaction_id: string;
  direction: 'in' | 'out';
  name: MessageName;
  /**
   * Identity of a message of Alma: hash of kind, agencies, ids, timestamp and action or reason and status. Unique per
   * institution. Null for messages to Alma.
   */
  identity: string | null;
  /** Hash of the body of a Request: the same id with another body is refused. */
  body_hash: string | null;
  /** The timestamp in the message; a repeated delivery has the same. */
  sent_at: Timestamp;
  /** The message, without patron data unless the profile allows its use. Null once erased. */
  content: OptionalJson<Message>;
  state: MessageState;
  /** To Alma: a status that a later one makes needless while it waits. */
  overtakable: Generated<boolean>;
  hold: ColumnType<HoldReason | null, HoldReason | null | undefined, HoldReason | null>;
  hold_since: OptionalTime;
  /** Row of config/bridge-map.json that decided (`id`). */
  rule: string | null;
  /** Commands of the rule, or that the gateway owes NACSIS-ILL after a message to Alma; and how many are done. */
  commands: JSONColumnType<readonly Command[]>;
  commands_done: Generated<number>;
  /** Of a Request or Retry: what the message says that is not in the record as it stands there. */
  warnings: ColumnType<readonly DraftWarning[], string | undefined, string>;
  /** Version of the snapshot on which a held message was judged: it is judged again when the request has changed. */
  judged_version: ColumnType<number | null, number | null | undefined, number | null>;
  /** True when staff consented to what was held. */
  consented: Generated<boolean>;
  /** The ERROR that the confirmation said; null after OK. A repeat gets the same confirmation. */
  error: OptionalJson<{ readonly type: ErrorType; readonly value?: string }>;
  problem: OptionalJson<{ readonly code: string; readonly detail?: string }>;
  attempts: Generated<number>;
  next_at: OptionalTime;
  created_at: Timestamp;
  done_at: OptionalTime;
}

/** Libraries whose requests the bridge brings to Alma. */
interface BridgeProgressTable {
  institution: string;
  library: string;
  /** What was in NACSIS-ILL before this time counts as told. */
  since: Timestamp;
}

export interface BridgeTables {
  bridge_transactions: BridgeTransactionsTable;
  bridge_messages: BridgeMessagesTable;
  bridge_progress: BridgeProgressTable;
}
