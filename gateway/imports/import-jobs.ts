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
} from '#domain/api-import';
import type { Integration } from '#domain/api-profile';
import type { RunTrigger } from '#domain/import';
import type { InstitutionConfig } from '../config';

/** What is to be imported, and who wants it. */
export interface ImportOrder {
  /** Codes; every library of the institution when absent. */
  readonly libraries?: readonly string[];
  readonly full?: boolean;
  readonly dryRun?: boolean;
  readonly trigger: RunTrigger;
  /** Absent for the schedule. */
  readonly startedBy?: string;
  /** Same key → same run, also when that has ended. */
  readonly key?: string;
}

/**
 * The import runs of each institution. Alma counts calls by institution, so its runs go one after the other, whichever gateway has them.
 * Where a `runId` is asked for that the institution does not have, `not-found` is thrown.
 */
export interface ImportJobs {
  /** Queues a run, or joins one that does at least the same and has not ended. */
  start(institution: InstitutionConfig, order: ImportOrder): Promise<StartedImport>;
  list(institution: string, query: RunsQuery): Promise<Runs>;
  run(institution: string, runId: string): Promise<ImportRun>;
  /** A number that grows with every change of the run. */
  revision(institution: string, runId: string): Promise<number>;
  report(institution: string, runId: string): Promise<ImportReport>;
  requests(institution: string, runId: string, query: ImportedQuery): Promise<ImportedPage>;
  /** Every request of the run, in its order, without having all of them in memory. */
  every(institution: string, runId: string): AsyncIterable<ImportedRequest>;
  /** It ends after the requests that it is at. Nothing happens to one that has ended. */
  cancel(institution: string, runId: string): Promise<ImportRun>;
  /** Tries one failed request of the run again, in a run of its own. Throws `not-found` when it did not fail there. */
  retry(
    institution: InstitutionConfig,
    runId: string,
    which: RetryImport,
    startedBy: string,
    /** As with `ImportOrder`. */
    key?: string,
  ): Promise<StartedImport>;
  /** From now on the library's imports run as its profile says. */
  schedule(institution: string, library: string, integration: Integration): Promise<void>;
}
