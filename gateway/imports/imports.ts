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
import type { InstitutionConfig } from '../config';
import { GatewayError } from '../gateway-error';
import type { ImportItemsStore } from './import-items-store';
import type { ImportJobs, ImportOrder } from './import-jobs';
import type { ImportRunsStore } from './import-runs-store';
import type { NewRun, Queued, RunRow } from './queued-run';
import type { RunReading } from './run-reading';
import { importedView, runView } from './run-view';

/** Runs per page of the history. */
const HISTORY_PAGE = 20;

/** Drives the runs. */
export interface RunPush {
  /** Ensures that the institution's runs are worked through. */
  readonly kick: (institution: string) => Promise<void>;
  readonly schedule: ImportJobs['schedule'];
}

export interface ImportsParts {
  readonly runs: ImportRunsStore;
  readonly items: ImportItemsStore;
  readonly reading: RunReading;
  readonly push: RunPush;
}

/** Starts runs and reports on them. */
export class Imports implements ImportJobs {
  constructor(private readonly parts: ImportsParts) {}

  start(institution: InstitutionConfig, order: ImportOrder): Promise<StartedImport> {
    const libraries = order.libraries ?? institution.libraries.map(({ code }) => code);
    return this.#queue({ ...order, institution: institution.code, libraries });
  }

  async list(institution: string, { library, retries = false, page = 1 }: RunsQuery): Promise<Runs> {
    const { total, rows } = await this.parts.runs.history(institution, {
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

  async revision(institution: string, runId: string): Promise<number> {
    return (await this.#find(institution, runId)).revision;
  }

  async report(institution: string, runId: string): Promise<ImportReport> {
    const row = await this.#find(institution, runId);
    const [run, { rows }] = await Promise.all([this.#view(row), this.parts.items.page(row, { outcome: 'failed' })]);
    return { ...run, failures: rows.map(importedView) };
  }

  async requests(institution: string, runId: string, query: ImportedQuery): Promise<ImportedPage> {
    const run = await this.#find(institution, runId);
    const { total, rows } = await this.parts.items.page(run, query);
    return { total, page: query.page ?? 1, pageSize: REPORT_PAGE, items: rows.map(importedView) };
  }

  async *every(institution: string, runId: string): AsyncGenerator<ImportedRequest, void, undefined> {
    for await (const row of this.parts.items.every(await this.#find(institution, runId))) yield importedView(row);
  }

  async cancel(institution: string, runId: string): Promise<ImportRun> {
    const run = await this.#find(institution, runId);
    if (run.finished_at === null) await this.parts.runs.cancel(run);
    await this.parts.push.kick(institution);
    return this.run(institution, runId);
  }

  async retry(
    institution: InstitutionConfig,
    runId: string,
    { id, side }: RetryImport,
    startedBy: string,
    key?: string,
  ): Promise<StartedImport> {
    const run = await this.#find(institution.code, runId);
    const [item, other] = await this.parts.items.failed(run, id, side);
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

  schedule(institution: string, library: string, integration: Integration): Promise<void> {
    return this.parts.push.schedule(institution, library, integration);
  }

  async #queue(wanted: NewRun): Promise<StartedImport> {
    const { run, isJoined }: Queued = await this.parts.runs.queue(wanted);
    await this.parts.push.kick(wanted.institution);
    return { runId: run.run_id, ...(isJoined ? { joined: true } : {}) };
  }

  async #find(institution: string, runId: string): Promise<RunRow> {
    const run = await this.parts.runs.find(institution, runId);
    if (run === undefined) throw new GatewayError('not-found', { detail: 'there is no such run' });
    return run;
  }

  async #view(row: RunRow): Promise<ImportRun> {
    const reading = row.libraries.find((library) => !row.libraries_read.includes(library));
    return runView(row, await this.parts.items.counts(row), this.parts.reading.progressOf(row, reading));
  }
}
