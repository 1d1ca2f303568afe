import type { ColumnType, JSONColumnType } from 'kysely';
import type { Change, ConfigurationError, Failure, RunCheck } from '#domain/api/imports';
import type { Writer } from '#domain/api/profile';
import type { Outcome, RunFault, RunState, RunTrigger } from '#domain/imports/import';
import type { Kind, Side } from '#domain/ill/kinds';

type Timestamp = ColumnType<Date, Date, Date>;
type OptionalJson<T> = ColumnType<T | null, string | null, string | null>;

/** A run of the import job. Its requests are in `import_items`. */
export interface ImportRunsTable {
  institution: string;
  run_id: string;
  libraries: JSONColumnType<string[]>;
  trigger: RunTrigger;
  started_by: string | null;
  /** Identifies the run: the same key means the same run. */
  idempotency_key: string | null;
  full: boolean;
  dry_run: boolean;
  /** Only this request, which failed in the run `retry_of`. */
  only: OptionalJson<{ readonly library: string; readonly side: Side; readonly id: string }>;
  retry_of: string | null;
  state: RunState;
  cancelling: boolean;
  requested_at: Timestamp;
  started_at: Timestamp | null;
  finished_at: Timestamp | null;
  /**
   * When the current step began; null between steps. When a new step finds a time here, a gateway died during the
   * previous step.
   */
  step_at: Timestamp | null;
  resumed: number;
  /** Libraries whose files were read, so that their requests are in `import_items`; total number of records read. */
  libraries_read: JSONColumnType<string[]>;
  records_read: number;
  /** Start, end and reason of the wait; number of waits in a row. */
  wait_since: Timestamp | null;
  wait_until: Timestamp | null;
  wait_code: RunFault | null;
  wait_count: number;
  failure: OptionalJson<{ readonly code: RunFault; readonly detail?: string }>;
  configuration: JSONColumnType<ConfigurationError[]>;
  /** Result of the final check; null: the run did not reach its end. */
  checked: ColumnType<RunCheck | null, string | null | undefined, string | null>;
  /** Grows with every change, so that streams can resume. */
  revision: number;
}

/** A request of a run. */
export interface ImportItemsTable {
  institution: string;
  run_id: string;
  library: string;
  side: Side;
  /** The request's id; `?1`, `?2` … for a record whose id could not be read. */
  id: string;
  kind: Kind | null;
  /** Order within the run. */
  place: number;
  /** null: the request waits for its turn, not before `not_before`. */
  outcome: Outcome | null;
  changes: JSONColumnType<Change[]>;
  failure: OptionalJson<Failure>;
  attempts: number;
  not_before: Timestamp | null;
  done_at: Timestamp | null;
}

/**
 * What Alma has of a request, and how far an import brought the request. The link itself is in `requests`. Contains
 * nothing about the patron but the id.
 */
export interface AlmaRecordsTable {
  institution: string;
  side: Side;
  id: string;
  /** When a create was sent or was about to be sent, for this patron or partner; its outcome is not known yet. */
  claimed_at: Timestamp | null;
  claimed_for: string | null;
  /** Creates sent in a row without an answer. */
  claims: ColumnType<number, number | undefined, number>;
  /** When Alma answered the create. */
  made_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
  /** Alma's id of the linked request, set when that request was read and named no other request of NACSIS-ILL. */
  names_no_other: ColumnType<string | null, string | null | undefined, string | null>;
  /**
   * True when a create was sent again, because the first had no answer and was not visible: Alma may have two requests.
   */
  repeated: ColumnType<boolean, boolean | undefined, boolean>;
  /** True when the outcome stayed unknown: staff must check. */
  unknown: boolean;
  /** Version and STAT of the snapshot that was last brought to Alma; null: none yet. */
  imported_version: number | null;
  imported_status: string | null;
  imported_at: Timestamp | null;
  /** Alma's status when it was last seen. */
  alma_status: string | null;
  alma_status_name: string | null;
  alma_seen_at: Timestamp | null;
  /** The status that the status map gives. */
  wanted_status: string | null;
  kept: JSONColumnType<{ readonly field: string; readonly value: string }[]>;
  /** The writer to which the import left something of this version; null: nothing. Another writer is due to do it. */
  left_to: ColumnType<Writer | null, Writer | null | undefined, Writer | null>;
}

/**
 * A list of requests in Alma that a run has read: the lending requests of a library, or the borrowing requests of a
 * patron.
 */
interface AlmaStockListsTable {
  institution: string;
  run_id: string;
  /** Identifies the list; a patron appears only as a hash. */
  list: string;
  /** True when Alma showed the whole list. */
  complete: boolean;
}

/**
 * A request of Alma that a run has seen, with the NACSIS ids that it names (alma-sync/named-ids.ts). Deleted at the end
 * of the run.
 */
interface AlmaStockTable {
  institution: string;
  run_id: string;
  list: string;
  alma_request_id: string;
  external_id: string | null;
  mark: string | null;
  mentions: JSONColumnType<string[]>;
  partner_code: string | null;
  title: string;
  /** True when the request has ended in Alma. */
  ended: boolean;
}

/**
 * The link and the row of `alma_records` that a library had for a lending request, before the request moved to another
 * library of the institution.
 */
interface AlmaLeftTable {
  institution: string;
  side: Side;
  id: string;
  library: string;
  alma_request_id: string | null;
  alma_partner_code: string | null;
  record: OptionalJson<object>;
}

/** Records of NACSIS-ILL that could not be read; deleted once they can be. */
interface UnreadableRecordsTable {
  institution: string;
  library: string;
  side: Side;
  kind: Kind;
  /** See `import_items`. */
  id: string;
  reason: string;
  seen_at: Timestamp;
}

export interface ImportTables {
  import_runs: ImportRunsTable;
  import_items: ImportItemsTable;
  alma_records: AlmaRecordsTable;
  alma_stock_lists: AlmaStockListsTable;
  alma_stock: AlmaStockTable;
  alma_left: AlmaLeftTable;
  unreadable_records: UnreadableRecordsTable;
}
