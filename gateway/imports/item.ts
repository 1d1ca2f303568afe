import type { Transaction } from 'kysely';
import type { Change, ConfigurationError, Failure } from '#domain/api-import';
import type { Integration } from '#domain/api-profile';
import type { Outcome, RunFault } from '#domain/import';
import type { InstitutionConfig, LibraryConfig } from '../config';
import type { StoredRequest } from '../store/requests-store';
import type { Schema } from '../store/schema';

/** What a request is brought into Alma by. */
export interface ItemContext {
  readonly institution: InstitutionConfig;
  readonly library: LibraryConfig;
  readonly integration: Integration;
  /** Reads Alma only, and says what would be done. */
  readonly dryRun: boolean;
  /** Also what was brought to Alma before is compared with it. */
  readonly full: boolean;
  /** Milliseconds; nothing that changes Alma is sent after it. */
  readonly notAfter: number;
}

/** What became of a request. */
export interface Settled {
  readonly outcome: Outcome;
  readonly changes: readonly Change[];
  /** The time of the step was over before Alma was told everything: the rest in another step of the run. */
  readonly isCut?: true;
  /** With outcome `failed`. */
  readonly failure?: Failure;
  /** What is to be said of the settings, once for the run. */
  readonly configuration?: ConfigurationError;
  /** Keeps what was learned; called in the transaction in which the outcome is written. */
  readonly save?: (db: Transaction<Schema>) => Promise<void>;
}
/**
 * Why nothing is settled yet:
 * - time-over: the time of the step was over, so that it was not tried to the end
 * - claimed: a create was sent, here or by another process, and what became of it does not show yet
 * - overtaken: another request was tied to the same one of Alma meanwhile, or another process has settled this one
 * - unreached: Alma could not be asked at all, which is not the request's fault
 */
export type PostponedReason = 'time-over' | 'claimed' | 'overtaken' | 'unreached';
/** Nothing is settled yet: to be tried again, not before then. */
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

/** Brings single requests into Alma; one for each step of a run, so that what is looked up in Alma is looked up once. */
export interface ItemImport {
  bring(row: StoredRequest): Promise<ItemResult>;
}
