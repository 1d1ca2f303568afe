import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { Problem } from '#domain/api-problem';
import type { Template } from '#domain/api-profile';
import type { Command } from '#domain/commands';
import type { Kind, Side } from '#domain/kinds';
import type { HistoryEntry, RequestFields } from '#domain/request';
import type { StateId } from '#domain/states';

type Timestamp = ColumnType<Date, Date, Date>;

/** The last known state of a request, as one side of it sees it. */
export interface RequestsTable {
  institution: string;
  side: Side;
  id: string;
  library: string;
  member_id: string;
  kind: Kind;
  state: StateId | null;
  external_status: string;
  version: Generated<number>;
  record: JSONColumnType<{ readonly fields: RequestFields; readonly history: readonly HistoryEntry[] }>;
  /** Entries of the history at each version of the snapshot: version → number. */
  history_lengths: JSONColumnType<Readonly<Record<string, number>>>;
  title: string;
  partner_id: string | null;
  partner_name: string | null;
  /** RNWDT, yyyyMMdd. */
  updated_on: string | null;
  alma_user_id: string | null;
  alma_request_id: string | null;
  seen_at: Timestamp;
}

/**
 * - pending: written before NACSIS-ILL is called, until the lease is over
 * - applied: done, the snapshot was stored with it
 * - rejected: NACSIS-ILL refused; nothing was changed
 * - unsent: certainly not done; the same key may send again
 * - unknown: sent and not answered; the record is read before anything else happens
 */
export const JOURNAL_STATES = ['pending', 'applied', 'rejected', 'unsent', 'unknown'] as const;
export type JournalState = (typeof JOURNAL_STATES)[number];

/** What was learned when an answer stayed away. `killed`: the gateway ended in the middle. */
export type LostBy = 'cut' | 'timeout' | 'malformed' | 'killed';

/** Every command, exactly once: who, what, when, with which outcome. Of the patron it holds the id in the ILS only, where there is one. */
export interface JournalTable {
  institution: string;
  idempotency_key: string;
  payload_hash: string;
  state: JournalState;
  library: string;
  member_id: string;
  user_id: string;
  kind: Kind;
  side: Side;
  command: Command;
  /** Null for a new record until it is known. */
  request_id: string | null;
  /** By which a new record is found again (see domain/order-mark). */
  mark: string | null;
  /** Entries of the history before the command. */
  history_length: number;
  /** Null for a new record, and for a state that the table does not know. */
  state_before: StateId | null;
  alma_user_id: string | null;
  alma_request_id: string | null;
  problem: ColumnType<Problem | null, string | null, string | null>;
  lost_by: LostBy | null;
  sent_at: Timestamp;
  lease_until: Timestamp;
  created_at: Timestamp;
  updated_at: Timestamp;
}

export interface DraftsTable {
  institution: string;
  draft_id: string;
  library: string;
  user_id: string;
  kind: Kind | null;
  content: JSONColumnType<Record<string, unknown>>;
  updated_at: Timestamp;
}

/** What the staff of a library share. */
export interface ProfilesTable {
  institution: string;
  library: string;
  /** From 1 on; a library that has saved nothing has no row. */
  version: number;
  templates: JSONColumnType<Template[]>;
  updated_at: Timestamp;
  updated_by: string;
}

export interface Schema {
  requests: RequestsTable;
  journal: JournalTable;
  drafts: DraftsTable;
  profiles: ProfilesTable;
}
