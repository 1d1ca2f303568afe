import type { ImportedQuery, ImportedRequest, ImportRun, StartedImport, StartImport } from '#domain/api-import';
import type { GatewayConfig } from '../config';
import type { ImportJobs } from '../imports/import-jobs';
import type { ReportLanguage } from '../reports/report-words';

/** Who does an import for the command line: the gateway that runs, or this process. */
export interface ImportRunner {
  start(order: StartImport): Promise<StartedImport>;
  /** The run now and whenever it changes, the last time with a final state. */
  follow(runId: string): AsyncIterable<ImportRun>;
  requests(runId: string, query: Pick<ImportedQuery, 'outcome'>): AsyncIterable<ImportedRequest>;
  /** The report as a file, as the API gives it. */
  file(runId: string, form: 'json' | 'csv', lang: ReportLanguage): AsyncIterable<Uint8Array | string>;
  close(): Promise<void>;
}

/** The import job with all that it works with, in this process. */
export interface ImportEngine {
  readonly jobs: ImportJobs;
  /** Ends after the requests that it is at; what is left is resumed by the next gateway. */
  close(): Promise<void>;
}
/** Opens store and job. Throws `DataFolderInUse`. */
export type OpenImportEngine = (config: GatewayConfig) => Promise<ImportEngine>;

/** The work cannot be done now, by nobody's fault; the message says what to do. */
export class NotNow extends Error {
  override readonly name = 'NotNow';
}
