import type { Transaction } from 'kysely';
import type { Change, ConfigurationError, Failure } from '#domain/api/imports';
import type { Integration, Writer } from '#domain/api/profile';
import type { ImportFault, Outcome, RunFault } from '#domain/imports/import';
import type { AlmaError } from '../alma/port';
import type { InstitutionConfig, LibraryConfig } from '../config';
import type { StoredRequest } from '../store/requests-store';
import type { Schema } from '../store/schema';

/** What the runs need of Alma. */
export interface AlmaSync {
  /** Creates the import of one library, for one step of a run. */
  readonly importFor: (context: ItemContext) => ItemImport;
  /** Resolves to true when Alma answers anything at all. */
  readonly isReachable: (institution: InstitutionConfig) => Promise<boolean>;
}

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
  /** The library's writer as it is now. Asked right before each write, because staff may choose another one meanwhile. */
  readonly writerNow: () => Promise<Writer>;
}

/** Brings single requests into Alma. One instance per step of a run, so that each lookup in Alma happens once. */
export interface ItemImport {
  sync(row: StoredRequest): Promise<ItemResult>;
  /**
   * Adds to the stock what Alma shows of the library at the end of the run. Resolves to true when Alma showed
   * everything; undefined when the step ran out of time (what was read is kept).
   */
  lookAround(): Promise<boolean | undefined>;
}

/** The result of a request. */
export interface Settled {
  readonly outcome: Outcome;
  readonly changes: readonly Change[];
  /** Set when the request is linked but Alma is not updated yet: the request is processed again. */
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
 * - other-writer: the library chose another writer; the request is processed again by the new rule
 */
export type PostponedReason = 'time-over' | 'claimed' | 'overtaken' | 'unreached' | 'other-writer';
/** The request is not settled yet; the next attempt is not before `notBefore`. */
export interface Postponed {
  readonly notBefore: Date;
  readonly reason: PostponedReason;
  /** Set with `time-over` when this attempt did work that the next one need not repeat. */
  readonly isFurther?: true;
  /** With `unreached`. */
  readonly fault?: RunFault;
  readonly detail?: string;
}
export type ItemResult = Settled | Postponed;

/** True when this value ends the work on the request; any other value is the input of the next part of the work. */
export function isResult(value: object): value is ItemResult {
  return 'outcome' in value || 'notBefore' in value;
}

export function failed(failure: Failure, more: Pick<Settled, 'configuration' | 'save'> = {}): Settled {
  return { outcome: 'failed', changes: [], failure, ...more };
}
/** Returns the failure for settings that name no requester or partner that Alma can use. */
export function misconfigured(configuration: ConfigurationError): Settled {
  const { library: _library, ...failure } = configuration;
  return failed(failure, { configuration });
}
export function postponed(notBefore: Date, reason: Exclude<PostponedReason, 'time-over' | 'unreached'>): Postponed {
  return { notBefore, reason };
}
/** `isFurther`: work was done that the next attempt need not repeat. */
export function timeOver(now: Date, isFurther = false): Postponed {
  return { notBefore: now, reason: 'time-over', ...(isFurther ? { isFurther } : {}) };
}

/** Set when the import must not write to Alma any more, because the library has chosen another writer. */
export async function otherWriter(
  { writerNow, integration }: Pick<ItemContext, 'writerNow' | 'integration'>,
  now: Date,
): Promise<Postponed | undefined> {
  return (await writerNow()) === integration.writer ? undefined : postponed(now, 'other-writer');
}

/** Seconds until the next attempt when Alma could not be asked. The run counts its own waits and may wait longer. */
const WAIT_SECONDS = { 'unavailable': 60, 'daily-threshold': 3600, 'key-refused': 600 } as const;

/** Alma codes with a more specific meaning than a refusal (alma.md 2.1). */
const NAMED_REFUSALS: Readonly<Partial<Record<string, ImportFault>>> = {
  '401890': 'requester-unknown',
  '402118': 'partner-missing',
};

/**
 * Maps an Alma error to the result of the request. Accepts only errors after which certainly nothing was done: of a
 * read, of a change that Alma refused, or of a change that may be repeated. `hidden`: patron ids, which must not appear
 * in messages.
 */
export function resultOf({ fault, message, details }: AlmaError, now: Date, hidden: readonly string[]): ItemResult {
  const bare = (text: string) => hidden.reduce((rest, id) => (id === '' ? rest : rest.replaceAll(id, '…')), text);
  if (fault === 'malformed') return failed({ code: 'alma-malformed', detail: bare(message) });
  if (fault === 'refused')
    return failed({
      code: NAMED_REFUSALS[details.code ?? ''] ?? 'alma-refused',
      ...(details.code === undefined ? {} : { almaCode: details.code }),
      ...(details.message === undefined ? {} : { almaMessage: bare(details.message) }),
    });
  const why = fault === 'unknown' ? 'unavailable' : fault;
  const notBefore = new Date(now.getTime() + WAIT_SECONDS[why] * 1000);
  return { notBefore, reason: 'unreached', fault: `alma-${why}`, detail: bare(message) };
}
