import type { ColumnType, Generated, GeneratedAlways, JSONColumnType, Kysely, Transaction } from 'kysely';
import type { Static } from 'typebox';
import type { GONE, JumpSchema } from '#domain/api/requests';
import type { Problem } from '#domain/api/problem';
import type { Integration, SavedView, Tariff, Template } from '#domain/api/profile';
import type { ErrorCode } from '#domain/errors';
import type { ClosedHow, ClosureState, ReopenedHow } from '#domain/ill/closure';
import type { Command } from '#domain/ill/commands';
import type { Kind, Side } from '#domain/ill/kinds';
import type { MemberValues } from '#domain/ill/own-record';
import type { HistoryEntry, RequestFields } from '#domain/ill/request';
import type { StateId } from '#domain/ill/states';
import type { BridgeTables } from './bridge-schema';
import type { ImportTables } from './import-schema';

type Timestamp = ColumnType<Date, Date, Date>;

/** The last known state of a request, as one of its sides sees it. */
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
  /** Number of history entries at each version of the snapshot: version → number. */
  history_lengths: JSONColumnType<Readonly<Record<string, number>>>;
  title: string;
  partner_id: string | null;
  partner_name: string | null;
  /** RNWDT, yyyyMMdd. */
  updated_on: string | null;
  /** The link to the ILS: by user for borrowing requests, by partner for lending requests. */
  alma_user_id: string | null;
  alma_partner_code: string | null;
  alma_request_id: string | null;
  /**
   * When NACSIS-ILL last returned the request (`seen_at`), first returned this version (`changed_at`), and first
   * returned what another library did (`news_at`).
   */
  seen_at: Timestamp;
  changed_at: Timestamp;
  news_at: Timestamp | null;
  /** When each history entry was first seen: position from 0 → ISO 8601. */
  history_seen: JSONColumnType<Readonly<Record<string, string>>>;
  /** When this gateway first saw the request; null when it was there at the first reading of the library, or earlier. */
  first_seen_at: Timestamp | null;
  /** Volume, year and pages on one line. */
  citation: string;
  /** ODATE and DDATE, yyyyMMdd. */
  ordered_on: string | null;
  due_date: string | null;
  /** True when this side must act; never for a request that is `gone`. */
  waits: boolean;
  /** Neither in a final state nor gone. */
  open: boolean;
  /** Set when NACSIS-ILL no longer delivers the request to this library. */
  gone: Gone | null;
  /** True while `gone` is null. */
  delivered: GeneratedAlways<boolean>;
  /** The last change of state, when the transition table does not contain it. */
  jump: ColumnType<Jump | null, string | null, string | null>;
  bib_id: string | null;
  /** The text that the list searches, folded (store/folded-text.ts). */
  search_text: string;
  /** True when patron data were erased because the request ended long ago. Later snapshots are stored without them. */
  names_erased: Generated<boolean>;
}

/**
 * Counts of requests; rows with equal columns must be added up. Triggers of `requests` write them. Level `status` does
 * not split by partner, level `partner` not by status; columns that a level does not split by are null.
 */
interface RequestCountsTable {
  level: 'status' | 'partner' | 'all';
  institution: string;
  library: string;
  side: Side;
  kind: Kind;
  waits: boolean;
  open: boolean;
  delivered: boolean;
  external_status: string | null;
  state: StateId | null;
  partner_id: string | null;
  partner_name: string | null;
  number: number;
}

export type Gone = (typeof GONE)[number];
type Jump = Static<typeof JumpSchema>;

/**
 * Maps side, kind and STAT text to the count of NACSIS-ILL minus that of the store, and to the time when a reading
 * looked into the difference (ISO 8601).
 */
export type Unexplained = Readonly<Record<string, { readonly difference: number; readonly at: string }>>;

/** How far the role files of a library were read. */
export interface ReadingsTable {
  institution: string;
  library: string;
  /** The last completed reading, and the last completed reading of everything. */
  read_at: Timestamp | null;
  full_at: Timestamp | null;
  /**
   * Counts of final states that differ from those of NACSIS-ILL although a reading looked for the reason; null: none.
   */
  unexplained: ColumnType<Unexplained | null, string | null, string | null>;
}

/**
 * - pending: written before NACSIS-ILL is called, until the lease ends
 * - applied: done; the snapshot was stored in the same transaction
 * - rejected: NACSIS-ILL refused; nothing changed
 * - unsent: certainly not done; the same key may send again
 * - unknown: sent without an answer; the record is read before anything else happens
 */
export type JournalState = 'pending' | 'applied' | 'rejected' | 'unsent' | 'unknown';

/**
 * Every command, exactly once: who, what, when, and the outcome. Of the patron it holds only the id in the ILS, if any.
 */
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
  /** Null for a new record until its id is known. */
  request_id: string | null;
  /** Identifies a new record (see domain/ill/order-mark). */
  mark: string | null;
  /** Number of history entries before the command. */
  history_length: number;
  /** Null for a new record, and for a state that the transition table does not contain. */
  state_before: StateId | null;
  alma_user_id: string | null;
  alma_request_id: string | null;
  /** Hashes of what was sent, which identify the command (commands/own-command.ts); null once its outcome is known. */
  sent: ColumnType<Readonly<Record<string, string>> | null, string | null, string | null>;
  problem: ColumnType<Problem | null, string | null, string | null>;
  /** Number of the attempt, from 1. The outcome of one attempt never changes another. */
  attempt: Generated<number>;
  sent_at: Timestamp;
  /** NACSIS-ILL cannot receive the command after this time. */
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

/** Settings shared by the staff of a library. */
export interface ProfilesTable {
  institution: string;
  library: string;
  /** Starts at 1; a library that has saved nothing has no row. */
  version: number;
  templates: JSONColumnType<Template[]>;
  views: JSONColumnType<SavedView[]>;
  tariffs: JSONColumnType<Tariff[]>;
  /** Days from shipping to the due date. */
  loan_days: number | null;
  /** null: the gateway's configuration applies. */
  integration: ColumnType<Integration | null, string | null, string | null>;
  updated_at: Timestamp;
  updated_by: string;
}

/** The nightly upkeep, with one row per step. */
export interface UpkeepTable {
  step: string;
  /** When the store learned of the step; a step that was never done is overdue from then on. */
  known_since: Timestamp;
  /** Time of the last success and of the last failure. */
  done_at: Timestamp | null;
  failed_at: Timestamp | null;
}

/** Idempotency keys of calls that are not commands of NACSIS-ILL (those are in the journal). */
export interface UsedKeysTable {
  institution: string;
  idempotency_key: string;
  /** Hash of the call and its body. A repeat with the same key must have the same hash. */
  payload_hash: string;
  /** The import run that the call started or joined; null for other calls. */
  run_id: string | null;
  joined: boolean;
  used_at: Timestamp;
}

/** Every change of a library's own member record, exactly once: who, what, when, and the outcome. */
interface MemberChangesTable {
  institution: string;
  idempotency_key: string;
  payload_hash: string;
  state: JournalState;
  library: string;
  member_id: string;
  user_id: string;
  /** The changed fields before and after. */
  before: JSONColumnType<MemberValues>;
  changes: JSONColumnType<MemberValues>;
  problem: ColumnType<Problem | null, string | null, string | null>;
  /** Number of the attempt, from 1. The outcome of one attempt never changes another. */
  attempt: Generated<number>;
  /** NACSIS-ILL cannot receive the change after this time. */
  lease_until: Timestamp;
  created_at: Timestamp;
  updated_at: Timestamp;
  /** In the order of their first attempts. */
  number: GeneratedAlways<string>;
}

/** Why the gateway could not switch the service. */
interface ClosureFailure {
  readonly code: ErrorCode;
  /** ISO 8601. */
  readonly at: string;
  /** NACSIS-ILL's own words. */
  readonly nacsis?: string;
}

/** Planned closures. One that is planned or running is carried out by members/closure-work.ts. */
interface ClosuresTable {
  institution: string;
  closure_id: Generated<string>;
  idempotency_key: string;
  library: string;
  member_id: string;
  /** First and last closed day, yyyyMMdd in Japan. */
  from_day: string;
  to_day: string;
  state: ClosureState;
  version: Generated<number>;
  ends_early: Generated<boolean>;
  /** What became of the first day and of the day after the last; null: not yet done. */
  closed: ClosedHow | null;
  closed_at: Timestamp | null;
  reopened: ReopenedHow | null;
  reopened_at: Timestamp | null;
  /** Part of the keys of the changes; grows when NACSIS-ILL refused one. */
  attempt: Generated<number>;
  /** Failures since the last success, the last one, and when the gateway tries again. */
  failures: Generated<number>;
  failure: ColumnType<ClosureFailure | null, string | null, string | null>;
  next_at: Timestamp | null;
  planned_by: string;
  changed_by: string;
  created_at: Timestamp;
  updated_at: Timestamp;
}

export interface Schema extends ImportTables, BridgeTables {
  requests: RequestsTable;
  request_counts: RequestCountsTable;
  journal: JournalTable;
  drafts: DraftsTable;
  profiles: ProfilesTable;
  readings: ReadingsTable;
  upkeep: UpkeepTable;
  used_keys: UsedKeysTable;
  member_changes: MemberChangesTable;
  closures: ClosuresTable;
}

/** The store, inside or outside a transaction. */
export type Db = Kysely<Schema> | Transaction<Schema>;
