import { setTimeout } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { RefreshAnswer } from '#domain/api/work-list';
import type { InstitutionConfig, LibraryConfig } from '../config';
import { NacsisError, type NacsisPort } from '../nacsis/port';
import { updateDueLoans } from '../store/due-loans';
import { ReadingsStore } from '../store/readings-store';
import { lookAtRequests, sumUpCounts } from '../store/request-counts';
import type { Schema } from '../store/schema';
import { ReadingRun, sinceOf, type Progress } from './reading-run';

export type LibraryReading = RefreshAnswer['libraries'][number];

/** Number of new or different requests after which the store analyzes its tables. */
const MANY = 100;
/**
 * Milliseconds after which a call stops waiting. The app waits 75 seconds for an answer; the first reading of many
 * requests takes longer.
 */
const ANSWER_AFTER_MS = 20_000;
/** Milliseconds after the start of an interrupted full reading before a new one may begin. */
const CUT_PAUSE_MS = 30_000;

/** Resolves when an answer must no longer wait for its reading. */
type Patience = () => Promise<unknown>;

/** Number of records delivered so far, and how many of them were new or different. */
type ReadingProgress = Readonly<Pick<Progress, 'read' | 'changed'>>;

/** Limits for full readings on request. */
interface ReadingLimits {
  /** Milliseconds from the start of one full reading to the next. */
  readonly fullPauseMs?: number;
  /** The patience of calls that give none of their own. */
  readonly patience?: Patience;
}

interface Running {
  readonly progress: Readonly<Progress>;
  readonly result: Promise<LibraryReading>;
}

type HasCode = Pick<LibraryConfig, 'code'>;

/**
 * Reads the four role files of a library into the store: everything, or the changes since the last complete reading
 * (ADR 0010).
 */
export class RequestReading {
  readonly #db: Kysely<Schema>;
  readonly #nacsis: NacsisPort;
  readonly #now: () => Date;
  readonly #readings: ReadingsStore;
  readonly #running = new Map<string, Running>();
  readonly #patience: Patience;
  readonly #fullPauseMs: number;
  /** When interrupted full readings began, and why they ended. */
  readonly #cut = new Map<string, { readonly at: Date; readonly failure: NacsisError }>();

  constructor(
    db: Kysely<Schema>,
    nacsis: NacsisPort,
    now: () => Date,
    { fullPauseMs = 0, patience = () => setTimeout(ANSWER_AFTER_MS, undefined, { ref: false }) }: ReadingLimits = {},
  ) {
    this.#fullPauseMs = fullPauseMs;
    this.#db = db;
    this.#nacsis = nacsis;
    this.#now = now;
    this.#readings = new ReadingsStore(db);
    this.#patience = patience;
  }

  /**
   * Resolves to the finished reading or, when the patience ends first, to its progress so far (`isReading`). The
   * reading then goes on, and the next call joins it; later errors go to `failed`. When everything was read lately,
   * reads only changes and returns `nextFullAt`.
   */
  async refreshOrTell(
    institution: InstitutionConfig,
    library: LibraryConfig,
    full: boolean | undefined,
    failed: (error: unknown) => void,
    patience: Patience = this.#patience,
  ): Promise<LibraryReading> {
    const nextFullAt = await this.#nextFullAt(institution.code, library, full === true);
    if (nextFullAt !== undefined) return this.#withoutFull(institution, library, nextFullAt);
    const result = this.refresh(institution, library, full);
    const read = await Promise.race([result, patience().then(() => undefined)]);
    if (read !== undefined) return read;
    result.catch(failed);
    const progress = this.#running.get(keyOf(institution, library))?.progress;
    return progress === undefined
      ? result
      : { ...(await this.#told(institution.code, library, progress)), isReading: true };
  }

  /**
   * Resolves to the time when the next full reading may begin, if this reading would be full and may not begin now.
   * Undefined otherwise, also when the call joins a running reading.
   */
  async #nextFullAt(institution: string, library: LibraryConfig, isAsked: boolean): Promise<Date | undefined> {
    const running = this.#running.get(keyOf({ code: institution }, library));
    if (running !== undefined && (running.progress.isFull || !isAsked)) return undefined;
    const now = this.#now();
    const before = await this.#readings.find(institution, library.code);
    if (!isAsked && sinceOf(before, now) !== undefined) return undefined;
    const afterFull = (before.full_at?.getTime() ?? -Infinity) + this.#fullPauseMs;
    const next = Math.max(afterFull, this.#fullNotBefore(institution, library) ?? -Infinity);
    return next > now.getTime() ? new Date(next) : undefined;
  }

  #fullNotBefore(institution: string, library: HasCode): number | undefined {
    const cut = this.#cut.get(keyOf({ code: institution }, library));
    return cut && cut.at.getTime() + Math.min(CUT_PAUSE_MS, this.#fullPauseMs);
  }

  /** Reads the changes; when that needs a full reading, explains why there is none. */
  async #withoutFull(institution: InstitutionConfig, library: LibraryConfig, next: Date): Promise<LibraryReading> {
    const nextFullAt = next.toISOString();
    const before = await this.#readings.find(institution.code, library.code);
    if (sinceOf(before, this.#now()) !== undefined)
      return { ...(await this.refresh(institution, library)), nextFullAt };
    const { failure } = this.#cut.get(keyOf(institution, library)) ?? {};
    const nothing = { isFull: true, read: 0, changed: 0, gone: 0, unreadable: 0 };
    const told = await this.#told(institution.code, library, nothing);
    return { ...told, nextFullAt, ...(failure === undefined ? {} : { failure: failure.code }) };
  }

  /** Progress of the reading that runs in this process; undefined when none does. */
  progressOf(institution: HasCode, library: HasCode): ReadingProgress | undefined {
    const progress = this.#running.get(keyOf(institution, library))?.progress;
    return progress && { read: progress.read, changed: progress.changed };
  }

  /**
   * Starts a reading, or joins the one that is running. If only the changes are being read, a call for a full reading
   * waits for the end and then starts its own. A failure of NACSIS-ILL is returned in the answer, not thrown, because
   * what was read before it stays stored.
   */
  async refresh(institution: InstitutionConfig, library: LibraryConfig, full = false): Promise<LibraryReading> {
    const key = keyOf(institution, library);
    const running = this.#running.get(key);
    if (running !== undefined && (running.progress.isFull || !full)) return running.result;
    if (running !== undefined) {
      await running.result.catch(() => undefined);
      return this.refresh(institution, library, full);
    }
    const progress = { isFull: full, read: 0, changed: 0, gone: 0, unreadable: 0 };
    const result = this.#read(institution.code, library, progress).finally(() => this.#running.delete(key));
    this.#running.set(key, { progress, result });
    return result;
  }

  async #read(institution: string, library: LibraryConfig, progress: Progress): Promise<LibraryReading> {
    const before = await this.#readings.find(institution, library.code);
    const startedAt = this.#now();
    progress.isFull ||= sinceOf(before, startedAt) === undefined;
    await updateDueLoans(this.#db, institution, library.code, startedAt);
    const parts = { db: this.#db, nacsis: this.#nacsis, now: this.#now };
    const notBefore = this.#fullNotBefore(institution, library);
    const mayReadAll = notBefore === undefined || notBefore <= startedAt.getTime();
    const run = new ReadingRun(parts, { institution, library, startedAt, before, progress, mayReadAll });
    let failure: NacsisError | undefined;
    try {
      await (progress.isFull ? run.readAll() : run.readChanges());
      await this.#readings.complete(institution, library.code, startedAt, progress.isFull, run.unexplained);
    } catch (error) {
      if (!(error instanceof NacsisError)) throw error;
      failure = error;
    }
    this.#noteCut(keyOf({ code: institution }, library), startedAt, progress, failure);
    await this.#tidy(institution, library, progress);
    const told = await this.#told(institution, library, progress);
    return failure === undefined ? told : { ...told, failure: failure.code };
  }

  /** Notes an interrupted full reading. One that NACSIS-ILL refused at once cost nothing, and may start again. */
  #noteCut(key: string, at: Date, { isFull, read }: Readonly<Progress>, failure: NacsisError | undefined): void {
    if (failure === undefined) this.#cut.delete(key);
    else if (isFull && read > 0) this.#cut.set(key, { at, failure });
  }

  async #told(institution: string, { code }: LibraryConfig, progress: Readonly<Progress>): Promise<LibraryReading> {
    const { read_at: readAt } = await this.#readings.find(institution, code);
    return { library: code, ...(readAt === null ? {} : { readAt: readAt.toISOString() }), ...progress };
  }

  async #tidy(institution: string, { code }: LibraryConfig, { changed, gone }: Readonly<Progress>): Promise<void> {
    if (changed > 0 || gone > 0) await sumUpCounts(this.#db, institution, code);
    if (changed >= MANY) await lookAtRequests(this.#db);
  }
}

function keyOf({ code }: HasCode, library: HasCode): string {
  return `${code}\n${library.code}`;
}
