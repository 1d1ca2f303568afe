import type { Transaction } from 'kysely';
import type { Change, ConfigurationError, Failure } from '#domain/api/imports';
import type { Integration } from '#domain/api/profile';
import type { Outcome, RunFault } from '#domain/imports/import';
import type { InstitutionConfig, LibraryConfig } from '../config';
import type { StoredRequest } from '../store/requests-store';
import type { Schema } from '../store/schema';

/** The context in which a request is brought into Alma. */
export interface ItemContext {
  readonly institution: InstitutionConfig;
  readonly library: LibraryConfig;
  readonly integration: Integration;
  /** The run that stores what it found in Alma. */
  readonly runId: string;
  /** Only reads Alma and reports what would be done. */
  readonly dryRun: boolean;
  /** Also compares requests that were brought to Alma before. */
  readonly full: boolean;
  /** Milliseconds; nothing that changes Alma is sent after this time. */
  readonly notAfter: number;
}

/** The result of a request. */
export interface Settled {
  readonly outcome: Outcome;
  readonly changes: readonly Change[];
  /** The request is linked, but Alma is still to be updated: the request is processed again. */
  readonly isCut?: true;
  /** With outcome `failed`. */
  readonly failure?: Failure;
  /** A fault of the settings, reported once per run. */
  readonly configuration?: ConfigurationError;
  /** Saves what was learned; called in the transaction that writes the outcome. */
  readonly save?: (db: Transaction<Schema>) => Promise<void>;
}
/**
 * Why the request is not settled yet:
 * - time-over: the step ran out of time before the attempt was complete
 * - claimed: this or another process sent a create whose outcome is not visible yet
 * - overtaken: another request was linked to the same Alma request, or another process settled this one
 * - unreached: Alma could not be asked at all, which is not the request's fault
 */
export type PostponedReason = 'time-over' | 'claimed' | 'overtaken' | 'unreached';
/** The request is not settled yet; the next attempt is not before `notBefore`. */
export interface Postponed {
  readonly notBefore: Date;
  readonly reason: PostponedReason;
  /** With `time-over`: something was done that the next attempt finds done. */
  readonly isFurther?: true;
  /** With `unreached`. */
  readonly fault?: RunFault;
  readonly detail?: string;
}
export type ItemResult = Settled | Postponed;

/** Brings single requests into Alma. One instance per step of a run, so that each lookup in Alma happens once. */
export interface ItemImport {
  bring(row: StoredRequest): Promise<ItemResult>;
  /**
   * Adds to the stock what Alma shows of the library at the end of the run. Resolves to true when Alma showed
   * everything; undefined when the step ran out of time (what was read is kept).
   */
  lookAround(): Promise<boolean | undefined>;
}
