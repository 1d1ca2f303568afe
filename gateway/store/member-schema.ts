import type { ColumnType, Generated, GeneratedAlways, JSONColumnType } from 'kysely';
import type { Problem } from '#domain/api/problem';
import type { ErrorCode } from '#domain/errors';
import type { ClosedHow, ClosureState, ReopenedHow } from '#domain/ill/closure';
import type { MemberValues } from '#domain/ill/own-record';
import type { JournalState } from './schema';

type Timestamp = ColumnType<Date, Date, Date>;

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
export interface ClosureFailure {
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

export interface MemberTables {
  member_changes: MemberChangesTable;
  closures: ClosuresTable;
}
