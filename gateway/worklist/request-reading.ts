import { setTimeout } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { RefreshAnswer } from '#domain/api-list';
import type { InstitutionConfig, LibraryConfig } from '../config';
import { NacsisError, type NacsisPort } from '../nacsis/port';
import { ReadingsStore } from '../store/readings-store';
import { lookAtRequests, sumUpCounts } from '../store/request-counts';
import type { Schema } from '../store/schema';
import { ReadingRun, sinceOf, type Progress } from './reading-run';

export type LibraryReading = RefreshAnswer['libraries'][number];

/** After so many new or different requests the store looks at its tables anew. */
const MANY = 100;
/** The app waits 75 seconds for an answer; the first reading of many requests takes longer. */
const ANSWER_AFTER_MS = 20_000;

/** Resolves when an answer must not wait for its reading any longer. */
export type Patience = () => Promise<unknown>;

/** Records delivered so far, and how many of them were new or different. */
export type ReadingProgress = Readonly<Pick<Progress, 'read' | 'changed'>>;

interface Running {
  readonly progress: Readonly<Progress>;
  readonly result: Promise<LibraryReading>;
}

type HasCode = Pick<LibraryConfig, 'code'>;

/** Reads the four role files of a library into the store: everything, or what changed since the last complete reading (ADR 0010). */
export class RequestReading {
  readonly #db: Kysely<Schema>;
  readonly #nacsis: NacsisPort;
  readonly #now: () => Date;
  readonly #readings: ReadingsStore;
  readonly #running = new Map<string, Running>();
  readonly #patience: Patience;

  /** `patience`: of the calls that bring none of their own. */
  constructor(
    db: Kysely<Schema>,
    nacsis: NacsisPort,
    now: () => Date,
    patience: Patience = () => setTimeout(ANSWER_AFTER_MS, undefined, { ref: false }),
  ) {
    this.#db = db;
    this.#nacsis = nacsis;
    this.#now = now;
    this.#readings = new ReadingsStore(db);
    this.#patience = patience;
  }

  /**
   * The reading, or when the patience is over what is known of it so far (`isReading`): it goes on, and the next call joins it. A fault
   * after that answer is given to `failed`.
   */
  async refreshOrTell(
    institution: InstitutionConfig,
    library: LibraryConfig,
    full: boolean | undefined,
    failed: (error: unknown) => void,
    patience: Patience = this.#patience,
  ): Promise<LibraryReading> {
    const result = this.refresh(institution, library, full);
    const read = await Promise.race([result, patience().then(() => undefined)]);
    if (read !== undefined) return read;
    result.catch(failed);
    const progress = this.#running.get(keyOf(institution, library))?.progress;
    return progress === undefined
      ? result
      : { ...(await this.#told(institution.code, library, progress)), isReading: true };
  }

  /** How far the reading that runs here has come; undefined when none does. */
  progressOf(institution: HasCode, library: HasCode): ReadingProgress | undefined {
    const progress = this.#running.get(keyOf(institution, library))?.progress;
    return progress && { read: progress.read, changed: progress.changed };
  }

  /**
   * One that runs already is joined; who wants everything waits for one that reads less, and begins anew. A failure of NACSIS-ILL is told
   * in the answer: what was read until then is kept.
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
    const parts = { db: this.#db, nacsis: this.#nacsis, now: this.#now };
    const run = new ReadingRun(parts, { institution, library, startedAt, before, progress });
    let failure: NacsisError | undefined;
    try {
      await (progress.isFull ? run.readAll() : run.readChanges());
      await this.#readings.complete(institution, library.code, startedAt, progress.isFull);
    } catch (error) {
      if (!(error instanceof NacsisError)) throw error;
      failure = error;
    }
    await this.#tidy(institution, library, progress);
    const told = await this.#told(institution, library, progress);
    return failure === undefined ? told : { ...told, failure: failure.code };
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
