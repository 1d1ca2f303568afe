import type { Kysely } from 'kysely';
import type {
  ImportedPage,
  ImportedQuery,
  ImportedRequest,
  ImportReport,
  ImportRun,
  RetryImport,
  Runs,
  RunsQuery,
  StartedImport,
} from '#domain/api/imports';
import type { Integration } from '#domain/api/profile';
import { REPORT_PAGE } from '#domain/imports/import';
import type { AlmaSync } from '../alma-sync/item';
import type { RequestReader } from '../commands/request-reader';
import type { InstitutionConfig } from '../config';
import { GatewayError } from '../gateway-error';
import type { ImportSettings } from './settings';
import type { Schema } from '../store/schema';
import type { RequestReading } from '../worklist/request-reading';
import { ImportWorker, type Next } from './import-worker';
import { ImportItemsStore } from './items-store';
import { RunSync } from './run-sync';
import { RunReading } from './run-reading';
import { importedView, runView } from './run-view';
import { ImportRunsStore, type ImportOrder, type NewRun, type RunRow } from './runs-store';

/** Runs per page of the history. */
const HISTORY_PAGE = 20;

/** Drives the runs. */
export interface RunPush {
  /** Ensures that the institution's runs are worked through. */
  readonly kick: (institution: string) => Promise<void>;
  readonly schedule: (institution: string, library: string, integration: Integration) => Promise<void>;
}

interface ImportParts {
  readonly db: Kysely<Schema>;
  readonly reading: RequestReading;
  readonly requests: RequestReader;
  readonly alma: AlmaSync;
  readonly settings: Pick<ImportSettings, 'stepSeconds' | 'giveUpMinutes'>;
  /** Requests processed in parallel. */
  readonly atATime: number;
  readonly push: RunPush;
  readonly now: () => Date;
  /** Receives errors that are not in the error catalogue. */
  readonly failed: (error: unknown) => void;
}

/**
 * The import runs of each institution. Alma counts calls per institution, so the runs of an institution execute one
 * after the other, whichever gateway executes them. Methods with a `runId` throw `not-found` when the institution has
 * no such run.
 */
export class ImportService {
  readonly #runs: ImportRunsStore;
  readonly #items: ImportItemsStore;
  readonly #reading: RunReading;
  readonly #worker: ImportWorker;
  readonly #push: RunPush;

  constructor({ db, reading, requests, alma, settings, atATime, push, now, failed }: ImportParts) {
    const runs = new ImportRunsStore(db, now);
    const items = new ImportItemsStore(db);
    const stores = { db, runs, items, now };
    this.#runs = runs;
    this.#items = items;
    this.#push = push;
    this.#reading = new RunReading({ ...stores, reading, requests });
    this.#worker = new ImportWorker({
      ...{ runs, now, failed },
      reading: this.#reading,
      sync: new RunSync({ ...stores, alma, atATime }),
      stepMs: settings.stepSeconds * 1000,
      giveUpMinutes: settings.giveUpMinutes,
    });
  }

  /** Queues a run, or joins an unfinished one that does at least the same. */
  start(institution: InstitutionConfig, order: ImportOrder): Promise<StartedImport> {
    const libraries = order.libraries ?? institution.libraries.map(({ code }) => code);
    return this.#queue({ ...order, institution: institution.code, libraries });
  }

  async list(institution: string, { library, retries = false, page = 1 }: RunsQuery): Promise<Runs> {
    const { total, rows } = await this.#runs.history(institution, {
      ...(library === undefined ? {} : { library }),
      retries,
      limit: HISTORY_PAGE,
      offset: (page - 1) * HISTORY_PAGE,
    });
    return { total, items: await Promise.all(rows.map((row) => this.#view(row))) };
  }

  async run(institution: string, runId: string): Promise<ImportRun> {
    return this.#view(await this.#find(institution, runId));
  }

  /** A number that increases with every change of the run. */
  async revision(institution: string, runId: string): Promise<number> {
    return (await this.#find(institution, runId)).revision;
  }

  async report(institution: string, runId: string): Promise<ImportReport> {
    const row = await this.#find(institution, runId);
    const [run, { rows }] = await Promise.all([this.#view(row), this.#items.page(row, { outcome: 'failed' })]);
    return { ...run, failures: rows.map(importedView) };
  }

  async requests(institution: string, runId: string, query: ImportedQuery): Promise<ImportedPage> {
    const run = await this.#find(institution, runId);
    const { total, rows } = await this.#items.page(run, query);
    return { total, page: query.page ?? 1, pageSize: REPORT_PAGE, items: rows.map(importedView) };
  }

  /** Every request of the run in order, without loading all of them into memory. */
  async *every(institution: string, runId: string): AsyncGenerator<ImportedRequest, void, undefined> {
    for await (const row of this.#items.every(await this.#find(institution, runId))) yield importedView(row);
  }

  /** Ends the run after the requests in progress. Does nothing when the run has ended. */
  async cancel(institution: string, runId: string): Promise<ImportRun> {
    const run = await this.#find(institution, runId);
    if (run.finished_at === null) await this.#runs.cancel(run);
    await this.#push.kick(institution);
    return this.run(institution, runId);
  }

  /**
   * Retries one failed request in a new run. Throws `not-found` when the request did not fail in this run. `key`: see
   * `ImportOrder`.
   */
  async retry(
    institution: InstitutionConfig,
    runId: string,
    { id, side }: RetryImport,
    startedBy: string,
    key?: string,
  ): Promise<StartedImport> {
    const run = await this.#find(institution.code, runId);
    const [item, other] = await this.#items.failed(run, id, side);
    if (item === undefined) throw new GatewayError('not-found', { detail: 'the request did not fail in this run' });
    if (other !== undefined)
      throw new GatewayError('invalid-request', { detail: 'the id failed on both sides; name the side' });
    return this.#queue({
      institution: institution.code,
      libraries: [item.library],
      only: { library: item.library, side: item.side, id: item.id },
      retryOf: run.run_id,
      dryRun: run.dry_run,
      trigger: 'retry',
      startedBy,
      ...(key === undefined ? {} : { key }),
    });
  }

  /** Applies the library's schedule from now on. */
  schedule(institution: string, library: string, integration: Integration): Promise<void> {
    return this.#push.schedule(institution, library, integration);
  }

  /** Performs the next step of the institution's runs. `stopping`: the gateway shuts down; the step ends soon. */
  step(institution: InstitutionConfig, stopping: AbortSignal): Promise<Next> {
    return this.#worker.step(institution, stopping);
  }

  /** Institutions with an unfinished run. */
  unfinished(): Promise<readonly string[]> {
    return this.#runs.openInstitutions();
  }

  async #queue(wanted: NewRun): Promise<StartedImport> {
    const { run, isJoined } = await this.#runs.queue(wanted);
    await this.#push.kick(wanted.institution);
    return { runId: run.run_id, ...(isJoined ? { joined: true } : {}) };
  }

  async #find(institution: string, runId: string): Promise<RunRow> {
    const run = await this.#runs.find(institution, runId);
    if (run === undefined) throw new GatewayError('not-found', { detail: 'there is no such run' });
    return run;
  }

  async #view(row: RunRow): Promise<ImportRun> {
    const reading = row.libraries.find((library) => !row.libraries_read.includes(library));
    return runView(row, await this.#items.counts(row), this.#reading.progressOf(row, reading));
  }
}

/** What the routes use of the service. */
export type ImportRuns = Pick<
  ImportService,
  'start' | 'list' | 'run' | 'revision' | 'report' | 'requests' | 'every' | 'cancel' | 'retry' | 'schedule'
>;
