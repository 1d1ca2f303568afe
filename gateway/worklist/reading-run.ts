import type { Kysely } from 'kysely';
import { addDays, today } from '#domain/dates';
import { KINDS, SIDES } from '#domain/kinds';
import { goneAs } from '../commands/gone';
import type { LibraryConfig } from '../config';
import { MAX_SINCE_DAYS, type FilePage, type NacsisPort } from '../nacsis/port';
import { isRecordsFault, reasonOf } from '../nacsis/reading';
import type { Reading } from '../store/readings-store';
import { markGone, saveSnapshots, type StoredRequest } from '../store/requests-store';
import type { Schema } from '../store/schema';
import { UnreadableRecords, type LibraryFile } from '../store/unreadable-records';
import { differingStatuses, type RoleFile } from './file-differences';
import { unseenRequests } from './missing-requests';

const FILES: readonly RoleFile[] = SIDES.flatMap((side) => KINDS.map((kind) => ({ side, kind })));
/** Where the counts of NACSIS-ILL and the store do not come together, everything is read, but not more often than this. */
const FULL_AGAIN_AFTER_MS = 3_600_000;

/** What is told of a reading, also while it goes on. */
export interface Progress {
  isFull: boolean;
  read: number;
  changed: number;
  gone: number;
  /** Records that are no requests as they are written. */
  unreadable: number;
}

export interface RunParts {
  readonly db: Kysely<Schema>;
  readonly nacsis: NacsisPort;
  readonly now: () => Date;
}

/** What is read, since when, and where its progress is told. */
export interface RunOf {
  readonly institution: string;
  readonly library: LibraryConfig;
  readonly startedAt: Date;
  readonly before: Reading;
  readonly progress: Progress;
}

/** One reading of the files of a library into the store. Throws what NACSIS-ILL throws; what was read until then is kept. */
export class ReadingRun {
  readonly #parts: RunParts;
  readonly #of: RunOf;
  readonly #records: UnreadableRecords;
  /** By file and id: a record may be met in several searches. */
  readonly #unreadable = new Set<string>();

  constructor(parts: RunParts, of: RunOf) {
    this.#parts = parts;
    this.#of = of;
    this.#records = new UnreadableRecords(parts.db);
  }

  async readAll(): Promise<void> {
    this.#of.progress.isFull = true;
    for (const file of FILES) {
      await this.#readFile(file);
      await this.#records.removeBefore(this.#libraryFile(file), this.#of.startedAt);
    }
    for (const file of FILES) await this.#lookForMissing(file);
  }

  async readChanges(): Promise<void> {
    const { before, startedAt } = this.#of;
    const since = sinceOf(before, startedAt);
    for (const file of FILES) await this.#readFile(file, since === undefined ? {} : { since });
    const differing = [];
    for (const file of FILES) differing.push(await this.#readDifferences(file));
    if (!differing.includes(true)) return;
    const fullAt = before.full_at?.getTime() ?? 0;
    if (startedAt.getTime() - fullAt >= FULL_AGAIN_AFTER_MS) await this.readAll();
  }

  /** Reads the states of which there are more or fewer than the store holds; whether there still are. */
  async #readDifferences(file: RoleFile): Promise<boolean> {
    const statuses = await this.#differing(file);
    if (statuses.length === 0) return false;
    for (const status of statuses) await this.#readFile(file, { status });
    await this.#lookForMissing(file, statuses);
    return (await this.#differing(file)).length > 0;
  }

  async #differing(file: RoleFile): Promise<readonly string[]> {
    const { institution, library } = this.#of;
    const unreadable = await this.#records.count(this.#libraryFile(file));
    const of = { institution, library: library.code, account: library.account };
    return differingStatuses(this.#parts, of, file, unreadable);
  }

  async #readFile(file: RoleFile, part: { readonly since?: string; readonly status?: string } = {}): Promise<void> {
    const { account } = this.#of.library;
    // Of a page it is not known when NACSIS-ILL put it together: not before the search.
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

  /** What was held as open and not delivered is read once by its id; what is not there then is gone. */
  async #lookForMissing(file: RoleFile, statuses?: readonly string[]): Promise<void> {
    const of = { ...this.#libraryFile(file), since: this.#of.startedAt };
    for (const row of await unseenRequests(this.#parts.db, statuses === undefined ? of : { ...of, statuses }))
      // It was delivered, and could not be read.
      if (!this.#unreadable.has(nameOf(file, row.id))) await this.#readMissing(file, row);
  }

  async #readMissing(file: RoleFile, row: StoredRequest): Promise<void> {
    const { library, progress } = this.#of;
    const { db, nacsis, now } = this.#parts;
    const askedAt = now();
    try {
      const request = await nacsis.readRequest(library.account, file.side, row.id, file.kind);
      if (request !== undefined) await this.#save(file, { requests: [request], unreadable: [] }, askedAt);
      else if ((await markGone(db, row, goneAs(row.state, file.side))).gone !== null) progress.gone += 1;
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

/** The day before the last complete reading (RNWDT is a day, and clocks differ); undefined where everything is to be read. */
export function sinceOf({ read_at: readAt }: Reading, now: Date): string | undefined {
  if (readAt === null) return undefined;
  const since = addDays(
    today(() => readAt),
    -1,
  );
  return addDays(since, MAX_SINCE_DAYS - 1) < today(() => now) ? undefined : since;
}
