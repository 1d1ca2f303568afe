import { goneAs } from '../commands/gone';
import type { Kysely } from 'kysely';
import type { RefreshAnswer } from '#domain/api-list';
import { addDays, today } from '#domain/dates';
import { KINDS, SIDES } from '#domain/kinds';
import type { IllRequest } from '#domain/request';
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

/** One reading of the files of a library. */
interface Run {
  readonly institution: string;
  readonly library: LibraryConfig;
  readonly startedAt: Date;
  readonly before: Reading;
  isFull: boolean;
  read: number;
  changed: number;
  gone: number;
}

/** Reads the four role files of a library into the store: everything, or what changed since the last complete reading (ADR 0010). */
export class RequestReading {
  readonly #db: Kysely<Schema>;
  readonly #nacsis: NacsisPort;
  readonly #now: () => Date;
  readonly #readings: ReadingsStore;
  readonly #running = new Map<string, { readonly isFull: boolean; readonly result: Promise<LibraryReading> }>();

  constructor(db: Kysely<Schema>, nacsis: NacsisPort, now: () => Date) {
    this.#db = db;
    this.#nacsis = nacsis;
    this.#now = now;
    this.#readings = new ReadingsStore(db);
  }

  /**
   * One that runs already is joined; who wants everything waits for one that reads less, and begins anew. A failure of NACSIS-ILL is told
   * in the answer: what was read until then is kept.
   */
  async refresh(institution: InstitutionConfig, library: LibraryConfig, full = false): Promise<LibraryReading> {
    const key = `${institution.code}\n${library.code}`;
    const running = this.#running.get(key);
    if (running !== undefined && (running.isFull || !full)) return running.result;
    if (running !== undefined) {
      await running.result.catch(() => undefined);
      return this.refresh(institution, library, full);
    }
    const result = this.#read(institution.code, library, full).finally(() => this.#running.delete(key));
    this.#running.set(key, { isFull: full, result });
    return result;
  }

  async #read(institution: string, library: LibraryConfig, full: boolean): Promise<LibraryReading> {
    const before = await this.#readings.find(institution, library.code);
    const startedAt = this.#now();
    const isFull = full || sinceOf(before, startedAt) === undefined;
    const run: Run = { institution, library, startedAt, before, isFull, read: 0, changed: 0, gone: 0 };
    let failure: NacsisError | undefined;
    try {
      await (isFull ? this.#readAll(run) : this.#readChanges(run));
      await this.#readings.complete(institution, library.code, startedAt, run.isFull);
    } catch (error) {
      if (!(error instanceof NacsisError)) throw error;
      failure = error;
    }
    await this.#tidy(run);
    const { read_at: readAt } = await this.#readings.find(institution, library.code);
    return {
      library: library.code,
      ...(readAt === null ? {} : { readAt: readAt.toISOString() }),
      isFull: run.isFull,
      read: run.read,
      changed: run.changed,
      gone: run.gone,
      ...(failure === undefined ? {} : { failure: failure.code }),
    };
  }

  async #tidy({ institution, library, changed, gone }: Run): Promise<void> {
    if (changed > 0 || gone > 0) await sumUpCounts(this.#db, institution, library.code);
    if (changed >= MANY) await lookAtRequests(this.#db);
  }

  async #readAll(run: Run): Promise<void> {
    run.isFull = true;
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
    run.read += saved.length;
    run.changed += saved.filter(({ isChanged }) => isChanged).length;
  }

  /** What was held as open and not delivered is read once by its id; what is not there then is gone. */
  async #lookForMissing(run: Run, file: RoleFile, statuses?: readonly string[]): Promise<void> {
    const { institution, library, startedAt } = run;
    const of = { institution, library: library.code, ...file, since: startedAt };
    for (const row of await unseenRequests(this.#db, statuses === undefined ? of : { ...of, statuses })) {
      const askedAt = this.#now();
      const request = await this.#nacsis.readRequest(library.account, file.side, row.id, file.kind);
      if (request !== undefined) await this.#save(run, file, [request], askedAt);
      else if ((await markGone(this.#db, row, goneAs(row.state, file.side))).gone !== null) run.gone += 1;
    }
  }
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
