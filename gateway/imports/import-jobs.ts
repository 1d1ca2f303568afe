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
import type { RunTrigger } from '#domain/imports/import';
import type { InstitutionConfig } from '../config';

/** What to import, and who asks for it. */
export interface ImportOrder {
  /** Library codes; absent: every library of the institution. */
  readonly libraries?: readonly string[];
  readonly full?: boolean;
  readonly dryRun?: boolean;
  readonly trigger: RunTrigger;
  /** Absent for scheduled runs. */
  readonly startedBy?: string;
  /** The same key returns the same run, even after that run has ended. */
  readonly key?: string;
}

/**
 * The import runs of each institution. Alma counts calls per institution, so the runs of an institution execute one
 * after the other, whichever gateway executes them. Methods with a `runId` throw `not-found` when the institution has
 * no such run.
 */
export interface ImportJobs {
  /** Queues a run, or joins an unfinished one that does at least the same. */
  start(institution: InstitutionConfig, order: ImportOrder): Promise<StartedImport>;
  list(institution: string, query: RunsQuery): Promise<Runs>;
  run(institution: string, runId: string): Promise<ImportRun>;
  /** A number that increases with every change of the run. */
  revision(institution: string, runId: string): Promise<number>;
  report(institution: string, runId: string): Promise<ImportReport>;
  requests(institution: string, runId: string, query: ImportedQuery): Promise<ImportedPage>;
  /** Every request of the run in order, without loading all of them into memory. */
  every(institution: string, runId: string): AsyncIterable<ImportedRequest>;
  /** Ends the run after the requests in progress. Does nothing when the run has ended. */
  cancel(institution: string, runId: string): Promise<ImportRun>;
  /** Retries one failed request in a new run. Throws `not-found` when the request did not fail in this run. */
  retry(
    institution: InstitutionConfig,
    runId: string,
    which: RetryImport,
    startedBy: string,
    /** See `ImportOrder`. */
    key?: string,
  ): Promise<StartedImport>;
  /** Applies the library's schedule from now on. */
  schedule(institution: string, library: string, integration: Integration): Promise<void>;
}
