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
  Totals,
} from '#domain/api/imports';
import type { Integration } from '#domain/api/profile';
import { REPORT_PAGE } from '#domain/imports/import';
import type { InstitutionConfig } from '../config';
import { GatewayError } from '../gateway-error';
import type { ImportRuns } from '../runs/import-service';
import type { ImportOrder } from '../runs/runs-store';

interface SpecRun {
  readonly institution: string;
  readonly key: string | undefined;
  run: ImportRun;
  revision: number;
  items: readonly ImportedRequest[];
}

const NOTHING = { processed: 0, succeeded: 0, failed: 0 };
export const NO_TOTALS: Totals = {
  processed: 0,
  borrowing: NOTHING,
  lending: NOTHING,
  created: 0,
  updated: 0,
  statusChanged: 0,
  unchanged: 0,
  failed: 0,
};

/** An import job for specs: it does nothing by itself, and specs define its runs. */
export class PreparedRuns implements ImportRuns {
  readonly #runs: SpecRun[] = [];
  /** Every received order, and the number of revision queries. */
  readonly orders: (ImportOrder & { readonly institution: string })[] = [];
  readonly retries: {
    readonly runId: string;
    readonly which: RetryImport;
    readonly startedBy: string;
    key?: string;
  }[] = [];
  looks = 0;
  /** The received schedules, newest last. */
  readonly schedules: { readonly institution: string; readonly library: string; readonly integration: Integration }[] =
    [];
  /** Thrown when a run is read. */
  fault: Error | undefined;
  /** Thrown after the last request of a run. */
  faultAtEnd: Error | undefined;

  schedule(institution: string, library: string, integration: Integration): Promise<void> {
    this.schedules.push({ institution, library, integration });
    return Promise.resolve();
  }

  start({ code, libraries }: InstitutionConfig, order: ImportOrder): Promise<StartedImport> {
    this.orders.push({ ...order, institution: code });
    const same = this.#runs.find(
      ({ institution, key }) => institution === code && key !== undefined && key === order.key,
    );
    if (same !== undefined) return Promise.resolve({ runId: same.run.runId });
    const open = this.#runs.find(({ institution, run }) => institution === code && run.finishedAt === undefined);
    if (open !== undefined) return Promise.resolve({ runId: open.run.runId, joined: true });
    const { full = false, dryRun = false, trigger, startedBy } = order;
    const all = order.libraries ?? libraries.map((library) => library.code);
    const who = startedBy === undefined ? {} : { startedBy };
    return Promise.resolve({
      runId: this.add(code, { libraries: [...all], full, dryRun, trigger, ...who }, [], order.key),
    });
  }

  list(institution: string, { library, retries = false, page = 1 }: RunsQuery): Promise<Runs> {
    const runs = this.#runs
      .filter((each) => each.institution === institution)
      .map(({ run }) => run)
      .filter((run) => (library === undefined || run.libraries.includes(library)) && (retries || !run.retryOf))
      .reverse();
    return Promise.resolve({ total: runs.length, items: runs.slice((page - 1) * 20, page * 20) });
  }

  async run(institution: string, runId: string): Promise<ImportRun> {
    return (await this.#find(institution, runId)).run;
  }

  async revision(institution: string, runId: string): Promise<number> {
    this.looks += 1;
    return (await this.#find(institution, runId)).revision;
  }

  async report(institution: string, runId: string): Promise<ImportReport> {
    const { run, items } = await this.#find(institution, runId);
    return { ...run, failures: items.filter(({ outcome }) => outcome === 'failed').slice(0, REPORT_PAGE) };
  }

  async requests(institution: string, runId: string, query: ImportedQuery): Promise<ImportedPage> {
    const { items } = await this.#find(institution, runId);
    const { side, outcome, page = 1 } = query;
    const fits = items.filter(
      (item) => (side ?? item.side) === item.side && (outcome ?? item.outcome) === item.outcome,
    );
    const shown = fits.slice((page - 1) * REPORT_PAGE, page * REPORT_PAGE);
    return { total: fits.length, page, pageSize: REPORT_PAGE, items: shown };
  }

  async *every(institution: string, runId: string): AsyncGenerator<ImportedRequest, void, undefined> {
    yield* (await this.#find(institution, runId)).items;
    if (this.faultAtEnd !== undefined) throw this.faultAtEnd;
  }

  async cancel(institution: string, runId: string): Promise<ImportRun> {
    const { run } = await this.#find(institution, runId);
    return run.finishedAt === undefined ? this.change(runId, { isCancelling: true }) : run;
  }

  async retry(
    { code }: InstitutionConfig,
    runId: string,
    which: RetryImport,
    startedBy: string,
    key?: string,
  ): Promise<StartedImport> {
    const { items, run } = await this.#find(code, runId);
    if (!items.some(({ id, outcome }) => id === which.id && outcome === 'failed')) throw new GatewayError('not-found');
    this.retries.push({ runId, which, startedBy, ...(key === undefined ? {} : { key }) });
    return { runId: this.add(code, { libraries: run.libraries, trigger: 'retry', retryOf: runId, startedBy }) };
  }

  /** Adds a run, queued by default. Returns its id. */
  add(
    institution: string,
    changes: Partial<ImportRun> = {},
    items: readonly ImportedRequest[] = [],
    key?: string,
  ): string {
    const run: ImportRun = {
      runId: `run-${String(this.#runs.length + 1)}`,
      state: 'queued',
      libraries: ['RES_SHARE'],
      trigger: 'staff',
      full: false,
      dryRun: false,
      requestedAt: '2026-11-23T15:30:00.000Z',
      resumed: 0,
      isCancelling: false,
      progress: { read: 0, done: 0 },
      totals: NO_TOTALS,
      configuration: [],
      ...changes,
    };
    this.#runs.push({ institution, key, run, revision: 1, items });
    return run.runId;
  }

  change(runId: string, changes: Partial<ImportRun>): ImportRun {
    const found = this.#runs.find(({ run }) => run.runId === runId);
    if (found === undefined) throw new Error(`no run ${runId}`);
    found.run = { ...found.run, ...changes };
    found.revision += 1;
    return found.run;
  }

  /** Sets the requests of a run. */
  fill(runId: string, items: readonly ImportedRequest[]): void {
    const found = this.#runs.find(({ run }) => run.runId === runId);
    if (found !== undefined) found.items = items;
  }

  #find(institution: string, runId: string): Promise<SpecRun> {
    if (this.fault !== undefined) return Promise.reject(this.fault);
    const found = this.#runs.find((each) => each.institution === institution && each.run.runId === runId);
    return found === undefined ? Promise.reject(new GatewayError('not-found')) : Promise.resolve(found);
  }
}

/** A request of a run. */
export const anItem = (changes: Partial<ImportedRequest> = {}): ImportedRequest => ({
  library: 'RES_SHARE',
  side: 'borrower',
  id: 'LA0012345671',
  kind: 'copy',
  title: '心理学研究',
  outcome: 'unchanged',
  changes: [],
  ...changes,
});
