import { inject, Injectable } from '@angular/core';
import { map, type Observable } from 'rxjs';
import type {
  ImportedPage,
  ImportedQuery,
  ImportReport,
  ImportRun,
  RetryImport,
  Runs,
  RunsQuery,
  StartedImport,
  StartImport,
  StatusMapRow,
} from '../../domain/api/imports';
import type { Upkeep } from '../../domain/api/upkeep';
import { GatewayHttp } from '../core/gateway.http';

/** File format of the report. CSV: UTF-8 with byte order mark. */
export type ReportFormat = 'csv' | 'json';

/** Client for the import job of the gateway's API (domain/api/imports.ts). Every failure is an AppError. */
@Injectable({ providedIn: 'root' })
export class ImportClient {
  private readonly http = inject(GatewayHttp);

  /** Starts a run. `key`: the same for every repetition of the same start. */
  start(body: StartImport, key: string): Observable<StartedImport> {
    return this.http.json<StartedImport>('POST', ['imports'], { body, key });
  }

  runs(query: RunsQuery = {}): Observable<Runs> {
    return this.http.json<Runs>('GET', ['imports'], { query });
  }

  report(runId: string): Observable<ImportReport> {
    return this.http.json<ImportReport>('GET', ['imports', runId]);
  }

  requests(runId: string, query: ImportedQuery = {}): Observable<ImportedPage> {
    return this.http.json<ImportedPage>('GET', ['imports', runId, 'requests'], { query });
  }

  /** The whole report, byte for byte. */
  file(runId: string, format: ReportFormat): Observable<Blob> {
    return this.http.file(['imports', runId, `report.${format}`], format === 'csv' ? 'text/csv' : 'application/json');
  }

  cancel(runId: string, key: string): Observable<ImportRun> {
    return this.http.json<ImportRun>('POST', ['imports', runId, 'cancel'], { body: {}, key });
  }

  /** Retries one failed request in a new run. */
  retry(runId: string, body: RetryImport, key: string): Observable<StartedImport> {
    return this.http.json<StartedImport>('POST', ['imports', runId, 'retry'], { body, key });
  }

  /** State of the gateway's nightly maintenance. */
  upkeep(): Observable<Upkeep> {
    return this.http.json<Upkeep>('GET', ['upkeep']);
  }

  statusMap(): Observable<readonly StatusMapRow[]> {
    return this.http
      .json<{ readonly rows: readonly StatusMapRow[] }>('GET', ['imports', 'status-map'])
      .pipe(map(({ rows }) => rows));
  }
}
