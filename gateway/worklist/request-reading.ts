import { setTimeout } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { RefreshAnswer } from '#domain/api-list';
import { addDays, today } from '#domain/dates';
import { KINDS, SIDES } from '#domain/kinds';
import type { IllRequest } from '#domain/request';
import { goneAs } from '../commands/gone';
import type { InstitutionConfig, LibraryConfig } from '../config';
import { MAX_SINCE_DAYS, NacsisError, type NacsisPort } from '../nacsis/port';
import { ReadingsStore, type Reading } from '../store/readings-store';
import { lookAtRequests, sumUpCounts } from '../store/request-counts';
import { markGone, saveSnapshots } from '../store/requests-store';
import type { Schema } from '../store/schema';
import { differingStatuses, type RoleFile } from './file-differences';
import { unseenRequests } from './missing-requests';

export type LibraryReading = RefreshAnswer['libraries'][number];

const FILES: readonly RoleFile[] = SIDES.flatMap((side) => KINDS.map((kind) => ({ side, kind })));
/** Where the counts of NACSIS-ILL and the store do not come together, everything is read, but not more often than this. */
const FULL_AGAIN_AFTER_MS = 3_600_000;
/** After so many new or different requests the store looks at its tables anew. */
const MANY = 100;
/** The app waits 75 seconds for an answer; the first reading of many requests takes longer. */
const ANSWER_AFTER_MS = 20_000;

/** One reading of the files of a library. */
interface Run {
  readonly institution: string;
  readonly library: LibraryConfig;
  readonly startedAt: Date;
  readonly before: Reading;
  readonly progress: Progress;
}

/** What is told of a reading, also while it goes on. */
interface Progress {
  isFull: boolean;
  read: number;
  changed: number;
  gone: number;
}

interface Running {
  readonly progress: Readonly<Progress>;
  readonly result: Promise<LibraryReading>;
}

/** Reads the four role files of a library into the store: everything, or what changed since the last complete reading (ADR 0010). */
export class RequestReading {
  readonly #db: Kysely<Schema>;
  readonly #nacsis: NacsisPort;
  readonly #now: () => Date;
  readonly #readings: ReadingsStore;
  readonly #running = new Map<string, Running>();
  readonly #patience: () => Promise<unknown>;

  /** `patience`: resolves when an answer must not wait for its reading any longer. */
  constructor(
    db: Kysely<Schema>,
    nacsis: NacsisPort,
    now: () => Date,
    patience: () => Promise<unknown> = () => setTimeout(ANSWER_AFTER_MS, undefined, { ref: false }),
  ) {
    this.#db = db;
    this.#nacsis = nacsis;
    this.#now = now;
    this.#readings = new ReadingsStore(db);
    this.#patience = patience;
  }

  /**
   * The reading, or after a while what is known of it so far (`isReading`): it goes on, and the next call joins it. A fault after that
   * answer is given to `failed`.
   */
  async refreshOrTell(
    institution: InstitutionConfig,
    library: LibraryConfig,
    full: boolean | undefined,
    failed: (error: unknown) => void,
  ): Promise<LibraryReading> {
    const result = this.refresh(institution, library, full);
    const read = await Promise.race([result, this.#patience().then(() => undefined)]);
    if (read !== undefined) return read;
    result.catch(failed);
    const progress = this.#running.get(keyOf(institution, library))?.progress;
    return progress === undefined
      ? result
      : { ...(await this.#told(institution.code, library, progress)), isReading: true };
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
    const progress = { isFull: full, read: 0, changed: 0, gone: 0 };
    const result = this.#read(institution.code, library, progress).finally(() => this.#running.delete(key));
    this.#running.set(key, { progress, result });
    return result;
  }

  /** What a reading that goes on has brought so far; undefined when none does. */
  progressOf(institution: string, library: string): Pick<LibraryReading, 'read' | 'changed'> | undefined {
    return this.#running.get(`${institution}\n${library}`)?.progress;
  }

  async #read(institution: string, library: LibraryConfig, progress: Progress): Promise<LibraryReading> {
    const before = await this.#readings.find(institution, library.code);
    const startedAt = this.#now();
    progress.isFull ||= sinceOf(before, startedAt) === undefined;
    const run: Run = { institution, library, startedAt, before, progress };
    let failure: NacsisError | undefined;
    try {
      await (progress.isFull ? this.#readAll(run) : this.#readChanges(run));
      await this.#readings.complete(institution, library.code, startedAt, progress.isFull);
    } catch (error) {
      if (!(error instanceof NacsisError)) throw error;
      failure = error;
    }
    await this.#tidy(run);
    const told = await this.#told(institution, library, progress);
    return failure === undefined ? told : { ...told, failure: failure.code };
  }

  async #told(institution: string, { code }: LibraryConfig, progress: Readonly<Progress>): Promise<LibraryReading> {
    const { read_at: readAt } = await this.#readings.find(institution, code);
    return { library: code, ...(readAt === null ? {} : { readAt: readAt.toISOString() }), ...progress };
  }

  async #tidy({ institution, library, progress: { changed, gone } }: Run): Promise<void> {
    if (changed > 0 || gone > 0) await sumUpCounts(this.#db, institution, library.code);
    if (changed >= MANY) await lookAtRequests(this.#db);
  }

  async #readAll(run: Run): Promise<void> {
    run.progress.isFull = true;
    for (const file of FILES) await this.#readFile(run, file);
    for (const file of FILES) await this.#lookForMissing(run, file);
  }

  async #readChanges(run: Run): Promise<void> {
    const since = sinceOf(run.before, run.startedAt);
    for (const file of FILES) await this.#readFile(run, file, since === undefined ? {} : { since });
    const differing = [];
    for (const file of FILES) differing.push(await this.#readDifferences(run, file));
    if (!differing.includes(true)) return;
    const fullAt = run.before.full_at?.getTime() ?? 0;
    if (run.startedAt.getTime() - fullAt >= FULL_AGAIN_AFTER_MS) await this.#readAll(run);
  }

  /** Reads the states of which there are more or fewer than the store holds; whether there still are. */
  async #readDifferences(run: Run, file: RoleFile): Promise<boolean> {
    const statuses = await this.#differing(run, file);
    if (statuses.length === 0) return false;
    for (const status of statuses) await this.#readFile(run, file, { status });
    await this.#lookForMissing(run, file, statuses);
    return (await this.#differing(run, file)).length > 0;
  }

  #differing({ institution, library: { code: library, account } }: Run, file: RoleFile): Promise<readonly string[]> {
    return differingStatuses({ db: this.#db, nacsis: this.#nacsis }, { institution, library, account }, file);
  }

  async #readFile(run: Run, file: RoleFile, part: { readonly since?: string; readonly status?: string } = {}) {
    const { account } = run.library;
    // Of a page it is not known when NACSIS-ILL put it together: not before the search.
    const askedAt = this.#now();
    await this.#nacsis.readFile(account, { ...file, ...part }, (requests) => this.#save(run, file, requests, askedAt));
  }

  async #save(run: Run, { side }: RoleFile, requests: readonly IllRequest[], askedAt: Date): Promise<void> {
    const { institution, library, before } = run;
    const of = { institution, library: library.code, memberId: library.memberId, side, askedAt };
    const isFirstReading = before.read_at === null;
    const snapshots = requests.map((request) => ({ ...of, request, isFirstReading }));
    const saved = await saveSnapshots(this.#db, snapshots, this.#now());
    run.progress.read += saved.length;
    run.progress.changed += saved.filter(({ isChanged }) => isChanged).length;
  }

  /** What was held as open and not delivered is read once by its id; what is not there then is gone. */
  async #lookForMissing(run: Run, file: RoleFile, statuses?: readonly string[]): Promise<void> {
    const { institution, library, startedAt } = run;
    const of = { institution, library: library.code, ...file, since: startedAt };
    for (const row of await unseenRequests(this.#db, statuses === undefined ? of : { ...of, statuses })) {
      const askedAt = this.#now();
      const request = await this.#nacsis.readRequest(library.account, file.side, row.id, file.kind);
      if (request !== undefined) await this.#save(run, file, [request], askedAt);
      else if ((await markGone(this.#db, row, goneAs(row.state, file.side))).gone !== null) run.progress.gone += 1;
    }
  }
}

function keyOf({ code }: InstitutionConfig, library: LibraryConfig): string {
  return `${code}\n${library.code}`;
}

/** The day before the last complete reading (RNWDT is a day, and clocks differ); undefined where everything is to be read. */
function sinceOf({ read_at: readAt }: Reading, now: Date): string | undefined {
  if (readAt === null) return undefined;
  const since = addDays(
    today(() => readAt),
    -1,
  );
  return addDays(since, MAX_SINCE_DAYS - 1) < today(() => now) ? undefined : since;
}
