import type { Kysely } from 'kysely';
import { RUN_FAULTS, type RunFault } from '#domain/imports/import';
import type { RequestReader } from '../commands/request-reader';
import type { InstitutionConfig, LibraryConfig } from '../config';
import { GatewayError } from '../gateway-error';
import { NacsisError } from '../nacsis/port';
import type { Settled } from '../alma-sync/item';
import { ProfilesStore } from '../profiles/profiles-store';
import type { Schema } from '../store/schema';
import type { LibraryReading, RequestReading } from '../worklist/request-reading';
import type { ImportItemsStore } from './items-store';
import { stopFor, type RunStop } from './run-stop';
import type { ImportRunsStore, RunRow } from './runs-store';

/** Milliseconds between progress updates during a reading. */
const TELL_MS = 1_000;

interface ReadingParts {
  readonly db: Kysely<Schema>;
  readonly runs: ImportRunsStore;
  readonly items: ImportItemsStore;
  readonly reading: RequestReading;
  readonly requests: RequestReader;
  readonly now: () => Date;
}

/** First part of a run: reads what NACSIS-ILL has, and collects the requests to bring to Alma. */
export class RunReading {
  /** Readings that this process has begun. They outlive their step; the next step picks them up. */
  readonly #begun = new Map<string, Promise<LibraryReading>>();

  constructor(private readonly parts: ReadingParts) {}

  isDue(run: RunRow): boolean {
    if (run.only !== null) return !run.libraries_read.includes(run.only.library);
    return unread(run) !== undefined;
  }

  /**
   * Reads the next library, or as much of it as possible until `patience` ends. Resolves to the reason when the run
   * cannot continue.
   */
  async read(
    institution: InstitutionConfig,
    run: RunRow,
    patience: () => Promise<unknown>,
  ): Promise<RunStop | undefined> {
    const code = run.only?.library ?? unread(run);
    const library = institution.libraries.find((each) => each.code === code);
    if (library === undefined) return stopFor('library-not-configured', code ?? '');
    return run.only === null
      ? this.#readFiles(institution, library, run, patience)
      : this.#readOne(institution, library, run, run.only);
  }

  /** Number of records that the current reading of this process has read so far. */
  progressOf({ institution, run_id: runId }: RunRow, library: string | undefined): number {
    if (library === undefined || !this.#begun.has(`${runId}\n${library}`)) return 0;
    return this.parts.reading.progressOf({ code: institution }, { code: library })?.read ?? 0;
  }

  async #readFiles(
    institution: InstitutionConfig,
    library: LibraryConfig,
    run: RunRow,
    patience: () => Promise<unknown>,
  ): Promise<RunStop | undefined> {
    const key = `${run.run_id}\n${library.code}`;
    const result = this.#begun.get(key) ?? this.parts.reading.refresh(institution, library, run.full);
    this.#begun.set(key, result);
    const telling = setInterval(() => void this.parts.runs.change(run).catch(() => undefined), TELL_MS);
    const read = await Promise.race([result, patience().then(() => undefined)]).finally(() => {
      clearInterval(telling);
    });
    if (read === undefined) return undefined;
    this.#begun.delete(key);
    if (read.failure !== undefined) return stopFor(faultOf(read.failure));
    await this.#collected(run, library, read.read);
    return undefined;
  }

  /**
   * Collects the requests and marks the library as read in one transaction, so that a repeated step does not collect
   * again.
   */
  async #collected(run: RunRow, library: LibraryConfig, read: number): Promise<void> {
    const { db, runs, items, now } = this.parts;
    const { writer } = await new ProfilesStore(db, run.institution).integration(library);
    await db.transaction().execute(async (transaction) => {
      await items.collect(transaction, run, { library: library.code, writer }, now());
      await transaction
        .updateTable('import_runs')
        .set({
          libraries_read: JSON.stringify([...run.libraries_read, library.code]),
          records_read: run.records_read + read,
        })
        .where('institution', '=', run.institution)
        .where('run_id', '=', run.run_id)
        .execute();
    });
    await runs.goOn(run);
  }

  async #readOne(
    institution: InstitutionConfig,
    library: LibraryConfig,
    run: RunRow,
    { side, id }: NonNullable<RunRow['only']>,
  ): Promise<RunStop | undefined> {
    const { runs, items, requests } = this.parts;
    const item = { institution: run.institution, run_id: run.run_id, library: library.code, side, id };
    await items.add(item);
    const failure = await requests.read(institution, side, id, 'now').then(() => undefined, failureOf);
    if (failure !== undefined && 'how' in failure) return failure;
    if (failure !== undefined) await items.settle(this.parts.db, item, this.parts.now(), failure);
    const told = { libraries_read: JSON.stringify([library.code]), records_read: failure === undefined ? 1 : 0 };
    await runs.goOn(run, told);
    return undefined;
  }
}

function unread({ libraries, libraries_read: read }: RunRow): string | undefined {
  return libraries.find((library) => !read.includes(library));
}

/**
 * Returns the failure of this one request, or the reason to stop when NACSIS-ILL as a whole fails. Throws other errors.
 */
function failureOf(error: unknown): Pick<Settled, 'outcome' | 'changes' | 'failure'> | RunStop {
  const failed = { outcome: 'failed', changes: [] } as const;
  if (error instanceof GatewayError && error.code === 'not-found')
    return { ...failed, failure: { code: 'not-found', detail: 'NACSIS-ILL does not have it' } };
  if (!(error instanceof NacsisError)) throw error;
  if (error.code === 'nacsis-malformed')
    return { ...failed, failure: { code: 'record-unreadable', detail: error.message } };
  return stopFor(error.code, error.message);
}

/** The code of a failed reading; `internal` for unknown codes. */
function faultOf(code: string): RunFault {
  return RUN_FAULTS.find((fault) => fault === code) ?? 'internal';
}
