import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { Static } from 'typebox';
import type { GONE, JumpSchema } from '#domain/api';
import type { Problem } from '#domain/api-problem';
import type { Integration, SavedView, Tariff, Template } from '#domain/api-profile';
import type { Command } from '#domain/commands';
import type { Kind, Side } from '#domain/kinds';
import type { HistoryEntry, RequestFields } from '#domain/request';
import type { StateId } from '#domain/states';
import type { ImportTables } from './import-schema';

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
  /** Borrowing requests of the ILS are tied by the user, lending requests by the partner. */
  alma_user_id: string | null;
  alma_partner_code: string | null;
  alma_request_id: string | null;
  /** When NACSIS-ILL last told it; when it told this version first; when it told first what another than this library did. */
  seen_at: Timestamp;
  changed_at: Timestamp;
  news_at: Timestamp | null;
  /** When each entry of the history was first seen: place in the history, from 0 → ISO 8601. */
  history_seen: JSONColumnType<Readonly<Record<string, string>>>;
  /** Volume, year and pages in one line. */
  citation: string;
  /** ODATE and DDATE, yyyyMMdd. */
  ordered_on: string | null;
  due_date: string | null;
  /** This side must act; never where `gone`. */
  waits: boolean;
  /** Neither in a final state nor gone. */
  open: boolean;
  /** NACSIS-ILL does not deliver it to this library any more. */
  gone: Gone | null;
  /** The last change of state, where it is not in the table. */
  jump: ColumnType<Jump | null, string | null, string | null>;
  bib_id: string | null;
  /** What the list is searched in, folded (store/folded-text.ts). */
  search_text: string;
  /** The patron's data were erased, as it ended long ago; later snapshots of it are stored without them. */
  names_erased: Generated<boolean>;
}

/**
 * How many requests there are of each; rows that are alike are to be added up. Written by triggers of `requests`. Level `status` does not
 * part by partner, level `partner` not by status; what a level does not part by is null.
 */
export interface RequestCountsTable {
  level: 'status' | 'partner' | 'all';
  institution: string;
  library: string;
  side: Side;
  kind: Kind;
  waits: boolean;
  open: boolean;
  external_status: string | null;
  state: StateId | null;
  partner_id: string | null;
  partner_name: string | null;
  number: number;
}

export type Gone = (typeof GONE)[number];
export type Jump = Static<typeof JumpSchema>;

/** How far the role files of a library were read. */
export interface ReadingsTable {
  institution: string;
  library: string;
  /** Last reading that came to its end, and the last of these that read everything. */
  read_at: Timestamp | null;
  full_at: Timestamp | null;
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
  views: JSONColumnType<SavedView[]>;
  tariffs: JSONColumnType<Tariff[]>;
  /** Days from shipping to the due date. */
  loan_days: number | null;
  /** null: as the gateway's configuration says. */
  integration: ColumnType<Integration | null, string | null, string | null>;
  updated_at: Timestamp;
  updated_by: string;
}

export interface Schema extends ImportTables {
  requests: RequestsTable;
  request_counts: RequestCountsTable;
  journal: JournalTable;
  drafts: DraftsTable;
  profiles: ProfilesTable;
  readings: ReadingsTable;
}
