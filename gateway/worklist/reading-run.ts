import type { Kysely } from 'kysely';
import { addDays, today } from '#domain/ill/dates';
import { KINDS, SIDES } from '#domain/ill/kinds';
import type { LibraryConfig } from '../config';
import { MAX_SINCE_DAYS, type FilePage, type FileReading, type NacsisPort } from '../nacsis/port';
import { isRecordsFault, reasonOf } from '../nacsis/reading';
import type { Reading } from '../store/readings-store';
import type { Schema, Unexplained } from '../store/schema';
import { markGone, saveSnapshots, type StoredRequest } from '../store/requests-store';
import { UnreadableRecords, type LibraryFile } from '../store/unreadable-records';
import { differencesIn, type Differences, type FilesOf, type RoleFile } from './file-differences';
import { FinalStates, type FinalDifference } from './final-states';
import { unseenRequests, type UnseenPart } from './missing-requests';
import { SearchBudget } from './search-budget';

const FILES: readonly RoleFile[] = SIDES.flatMap((side) => KINDS.map((kind) => ({ side, kind })));
/** Minimum milliseconds between two full readings that are caused by different counts in NACSIS-ILL and the store. */
const FULL_AGAIN_AFTER_MS = 3_600_000;
/** Maximum number of searches for missing requests in one reading; the rest is left to the next. */
const MAX_SEARCHES = 200;

/** State of a reading, also while it is running. */
export interface Progress {
  isFull: boolean;
  read: number;
  changed: number;
  gone: number;
  /** Records that are not valid requests. */
  unreadable: number;
}

interface RunParts {
  readonly db: Kysely<Schema>;
  readonly nacsis: NacsisPort;
  readonly now: () => Date;
}

/** What to read, since when, and where to record the progress. */
interface RunOf {
  readonly institution: string;
  readonly library: LibraryConfig;
  readonly startedAt: Date;
  readonly before: Reading;
  readonly progress: Progress;
  /** False: no full reading now, even when the counts differ. */
  readonly mayReadAll: boolean;
}

/**
 * One reading of a library's files into the store. Throws what NACSIS-ILL throws; what was read before stays stored.
 */
export class ReadingRun {
  readonly #parts: RunParts;
  readonly #of: RunOf;
  readonly #records: UnreadableRecords;
  /** By file and id: several searches may return the same record. */
  readonly #unreadable = new Set<string>();
  readonly #budget = new SearchBudget(MAX_SEARCHES);
  #unexplained: Unexplained = {};

  constructor(parts: RunParts, of: RunOf) {
    this.#parts = parts;
    this.#of = of;
    this.#records = new UnreadableRecords(parts.db);
  }

  /** After the reading: differences in final states that it could not explain. */
  get unexplained(): Unexplained {
    return this.#unexplained;
  }

  async readAll(): Promise<void> {
    this.#of.progress.isFull = true;
    for (const file of FILES) {
      await this.#readFile(file);
      await this.#records.removeBefore(this.#libraryFile(file), this.#of.startedAt);
    }
    for (const file of FILES) await this.#lookForMissing(file, { open: true });
    for (const [at, file] of FILES.entries())
      await this.#lookForMissing(file, { open: false }, Math.ceil(this.#budget.left / (FILES.length - at)));
  }

  async readChanges(): Promise<void> {
    const { before, startedAt, mayReadAll } = this.#of;
    const since = sinceOf(before, startedAt);
    for (const file of FILES) await this.#readFile(file, since === undefined ? {} : { since });
    const left: { readonly file: RoleFile; readonly differences: Differences }[] = [];
    for (const file of FILES) left.push({ file, differences: await this.#readDifferences(file) });
    const fullAt = before.full_at?.getTime() ?? 0;
    const isDue = startedAt.getTime() - fullAt >= FULL_AGAIN_AFTER_MS;
    if (mayReadAll && isDue && left.some(({ differences }) => differences.open.length > 0)) return this.readAll();
    await this.#readFinals(
      left.flatMap(({ file, differences }) => differences.final.map((each) => ({ ...each, file }))),
    );
  }

  /** Reads the open states whose counts differ from those of the store. Resolves to the remaining differences. */
  async #readDifferences(file: RoleFile): Promise<Differences> {
    const differences = await this.#differences(file);
    const statuses = differences.open.map(({ status }) => status);
    if (statuses.length === 0) return differences;
    for (const status of statuses) await this.#readFile(file, { status });
    await this.#lookForMissing(file, { statuses });
    return this.#differences(file);
  }

  /**
   * Examines differences in final states. They never cause a full reading, because old requests move to the back file
   * at unknown times.
   */
  async #readFinals(differences: readonly FinalDifference[]): Promise<void> {
    const { before, progress } = this.#of;
    const finals = new FinalStates({
      ...this.#parts,
      of: this.#filesOf(),
      budget: this.#budget,
      found: () => progress.changed + progress.gone,
      readPart: async (file, status, updatedIn) => {
        if (updatedIn !== null && !this.#budget.take()) return;
        if (updatedIn !== null) await this.#readFile(file, { status, updatedIn });
        await this.#lookForMissing(file, { statuses: [status], updatedIn });
      },
    });
    this.#unexplained = await finals.read(differences, before.unexplained ?? {});
  }

  async #differences(file: RoleFile): Promise<Differences> {
    const unreadable = await this.#records.count(this.#libraryFile(file));
    return differencesIn(this.#parts, this.#filesOf(), file, unreadable);
  }

  #filesOf(): FilesOf {
    const { institution, library } = this.#of;
    return { institution, library: library.code, account: library.account };
  }

  async #readFile(file: RoleFile, part: Omit<FileReading, keyof RoleFile> = {}): Promise<void> {
    const { account } = this.#of.library;
    // NACSIS-ILL composes a page at an unknown time, but not before the search.
    const askedAt = this.#parts.now();
    await this.#parts.nacsis.readFile(account, { ...file, ...part }, (page) => this.#save(file, page, askedAt));
  }

  async #save(file: RoleFile, { requests, unreadable }: FilePage, askedAt: Date): Promise<void> {
    const { institution, library, before, progress } = this.#of;
    const { side } = file;
    const of = { institution, library: library.code, memberId: library.memberId, side, askedAt };
    const isFirstReading = before.read_at === null;
    const snapshots = requests.map((request) => ({ ...of, request, isFirstReading }));
    const saved = await saveSnapshots(this.#parts.db, snapshots, this.#parts.now());
    progress.read += saved.length;
    progress.changed += saved.filter(({ isChanged }) => isChanged).length;
    const ids = requests.map(({ id }) => id);
    await this.#records.remove(this.#libraryFile(file), ids);
    await this.#records.add(this.#libraryFile(file), unreadable, this.#parts.now());
    for (const { id } of unreadable) this.#unreadable.add(nameOf(file, id));
    for (const id of ids) this.#unreadable.delete(nameOf(file, id));
    progress.unreadable = this.#unreadable.size;
  }

  /**
   * Reads each request that is stored as delivered, but that this reading did not deliver, once by its id. A request
   * that NACSIS-ILL does not find by its id is gone.
   */
  async #lookForMissing(file: RoleFile, part: UnseenPart, limit = this.#budget.left): Promise<void> {
    const unseen = { ...this.#libraryFile(file), ...part, since: this.#of.startedAt, limit };
    for (const row of await unseenRequests(this.#parts.db, unseen))
      // Skips a request that was delivered but could not be read.
      if (!this.#unreadable.has(nameOf(file, row.id)) && this.#budget.take()) await this.#readMissing(file, row);
  }

  async #readMissing(file: RoleFile, row: StoredRequest): Promise<void> {
    const { library, progress } = this.#of;
    const { db, nacsis, now } = this.#parts;
    const askedAt = now();
    try {
      const request = await nacsis.readRequest(library.account, file.side, row.id, file.kind);
      if (request !== undefined) await this.#save(file, { requests: [request], unreadable: [] }, askedAt);
      else if ((await markGone(db, row, 'not-delivered')).gone !== null) progress.gone += 1;
    } catch (error) {
      if (!isRecordsFault(error)) throw error;
      const unreadable = [{ id: row.id, reason: reasonOf(error) }];
      await this.#save(file, { requests: [], unreadable }, askedAt);
    }
  }

  #libraryFile(file: RoleFile): LibraryFile {
    const { institution, library } = this.#of;
    return { institution, library: library.code, ...file };
  }
}

function nameOf({ side, kind }: RoleFile, id: string): string {
  return [side, kind, id].join('\n');
}

/**
 * The day before the last complete reading (RNWDT is a day, and clocks differ); undefined when everything must be read.
 */
export function sinceOf({ read_at: readAt }: Reading, now: Date): string | undefined {
  if (readAt === null) return undefined;
  const since = addDays(
    today(() => readAt),
    -1,
  );
  return addDays(since, MAX_SINCE_DAYS - 1) < today(() => now) ? undefined : since;
}
