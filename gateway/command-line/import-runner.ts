import type { ImportedQuery, ImportedRequest, ImportRun, StartedImport, StartImport } from '#domain/api/imports';
import type { GatewayConfig } from '../config';
import type { ImportJobs } from '../imports/import-jobs';
import type { ReportLanguage } from '../reports/report-words';

/** Runs an import for the command line: through the running gateway, or in this process. */
export interface ImportRunner {
  start(order: StartImport): Promise<StartedImport>;
  /** The run now and after each change; the last one has a final state. */
  follow(runId: string): AsyncIterable<ImportRun>;
  requests(runId: string, query: Pick<ImportedQuery, 'outcome'>): AsyncIterable<ImportedRequest>;
  /** The report as a file, in the format of the API. */
  file(runId: string, form: 'json' | 'csv', lang: ReportLanguage): AsyncIterable<Uint8Array | string>;
  close(): Promise<void>;
}

/** The import job and everything it needs, in this process. */
export interface ImportEngine {
  readonly jobs: ImportJobs;
  /** Ends after the requests in progress; the next gateway resumes the rest. */
  close(): Promise<void>;
}
/** Opens the store and the job. Throws `DataFolderInUse`. */
export type OpenImportEngine = (config: GatewayConfig) => Promise<ImportEngine>;

/** The work cannot be done now, and nobody made a mistake; the message says what to do. */
export class NotNow extends Error {
  override readonly name = 'NotNow';
}
