import type { ColumnType, JSONColumnType } from 'kysely';
import type { Change, ConfigurationError, Failure } from '#domain/api-import';
import type { Outcome, RunFault, RunState, RunTrigger } from '#domain/import';
import type { Kind, Side } from '#domain/kinds';

type Timestamp = ColumnType<Date, Date, Date>;
type OptionalJson<T> = ColumnType<T | null, string | null, string | null>;

/** A run of the import job. Its requests stand in `import_items`. */
export interface ImportRunsTable {
  institution: string;
  run_id: string;
  libraries: JSONColumnType<string[]>;
  trigger: RunTrigger;
  started_by: string | null;
  /** Same key, same run. */
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
  /** When the step began that is being worked; null between steps. Found by the next one, it tells of a gateway that died. */
  step_at: Timestamp | null;
  resumed: number;
  /** Libraries whose files were read, and whose requests stand in `import_items` therefore; records read in all. */
  libraries_read: JSONColumnType<string[]>;
  records_read: number;
  /** Waits since, until, and why; how often in a row. */
  wait_since: Timestamp | null;
  wait_until: Timestamp | null;
  wait_code: RunFault | null;
  wait_count: number;
  failure: OptionalJson<{ readonly code: RunFault; readonly detail?: string }>;
  configuration: JSONColumnType<ConfigurationError[]>;
  /** Grows with every change, for streams that are taken up again. */
  revision: number;
}

/** A request of a run. */
export interface ImportItemsTable {
  institution: string;
  run_id: string;
  library: string;
  side: Side;
  /** `?1`, `?2` …: a record whose id could not be read. */
  id: string;
  kind: Kind | null;
  /** Order within the run. */
  place: number;
  /** null: waits for its turn, not before `not_before`. */
  outcome: Outcome | null;
  changes: JSONColumnType<Change[]>;
  failure: OptionalJson<Failure>;
  attempts: number;
  not_before: Timestamp | null;
  done_at: Timestamp | null;
}

/** What Alma is known to have of a request, and how far an import brought it. The link itself stands in `requests`. Holds nothing of the patron but the id. */
export interface AlmaRecordsTable {
  institution: string;
  side: Side;
  id: string;
  /** A create was sent, or is about to be, and its outcome is not known yet; for this patron or partner. */
  claimed_at: Timestamp | null;
  claimed_for: string | null;
  /** The outcome stayed unknown: staff is to look. */
  unknown: boolean;
  /** The version of the snapshot, and its STAT, that was last brought to Alma; null: none yet. */
  imported_version: number | null;
  imported_status: string | null;
  imported_at: Timestamp | null;
  /** Alma's status as it was last seen. */
  alma_status: string | null;
  alma_status_name: string | null;
  alma_seen_at: Timestamp | null;
  /** The status that the map names. */
  wanted_status: string | null;
  kept: JSONColumnType<{ readonly field: string; readonly value: string }[]>;
}

/** Borrowing requests of Alma that were looked at once, with the NACSIS ids that stand in them: nobody can search Alma for these. */
export interface AlmaSeenTable {
  institution: string;
  alma_request_id: string;
  user_id: string;
  nacsis_ids: JSONColumnType<string[]>;
}

/** Records of NACSIS-ILL that could not be read, until they can. */
export interface UnreadableRecordsTable {
  institution: string;
  library: string;
  side: Side;
  kind: Kind;
  /** As with `import_items`. */
  id: string;
  reason: string;
  seen_at: Timestamp;
}

export interface ImportTables {
  import_runs: ImportRunsTable;
  import_items: ImportItemsTable;
  alma_records: AlmaRecordsTable;
  alma_seen: AlmaSeenTable;
  unreadable_records: UnreadableRecordsTable;
}
