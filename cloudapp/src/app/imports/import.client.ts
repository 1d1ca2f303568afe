import { inject, Injectable } from '@angular/core';
import { concatMap, EMPTY, map, of, throwError, type Observable } from 'rxjs';
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
import { checkedObject, checkedPage } from '../core/gateway-answer';
import { GatewayClient } from '../core/gateway.client';
import { GatewayStream } from '../core/gateway-stream';
import { RunStream } from './run-stream';

/** File format of the report. CSV: UTF-8 with byte order mark. */
export type ReportFormat = 'csv' | 'json';

/** Client for the import job of the gateway's API (domain/api/imports.ts). Every failure is an AppError. */
@Injectable({ providedIn: 'root' })
export class ImportClient {
  private readonly gateway = inject(GatewayClient);
  private readonly stream = inject(GatewayStream);
  private readonly runStream = inject(RunStream);

  /** `key`: the same for every repetition of the same start. */
  start(body: StartImport, key: string): Observable<StartedImport> {
    return this.gateway.call<StartedImport>('POST', ['imports'], { body, key }).pipe(map(checkedObject));
  }

  runs(query: RunsQuery = {}): Observable<Runs> {
    return this.gateway.call<Runs>('GET', ['imports'], { query }).pipe(map(checkedPage));
  }

  report(runId: string): Observable<ImportReport> {
    return this.gateway.call<ImportReport>('GET', ['imports', runId]).pipe(map(checkedObject));
  }

  requests(runId: string, query: ImportedQuery = {}): Observable<ImportedPage> {
    return this.gateway.call<ImportedPage>('GET', ['imports', runId, 'requests'], { query }).pipe(map(checkedPage));
  }

  /** Emits the run's progress until it ends. Reconnects interrupted streams; fails only when the gateway refuses. */
  events(runId: string): Observable<ImportRun> {
    return this.runStream.follow(runId).pipe(
      concatMap((remote) => {
        if (remote.state === 'ok') return of(remote.value);
        const error = 'error' in remote ? remote.error : undefined;
        return error === undefined || error.retryable ? EMPTY : throwError(() => error);
      }),
    );
  }

  /** The whole report, byte for byte. */
  file(runId: string, format: ReportFormat): Observable<Blob> {
    return this.stream.open({
      method: 'GET',
      path: ['imports', runId, `report.${format}`],
      headers: { Accept: format === 'csv' ? 'text/csv' : 'application/json' },
      read: wholeOf,
      cut: 'gateway-unreachable',
    });
  }

  cancel(runId: string, key: string): Observable<ImportRun> {
    return this.gateway
      .call<ImportRun>('POST', ['imports', runId, 'cancel'], { body: {}, key })
      .pipe(map(checkedObject));
  }

  /** Retries one failed request in a new run. */
  retry(runId: string, body: RetryImport, key: string): Observable<StartedImport> {
    return this.gateway
      .call<StartedImport>('POST', ['imports', runId, 'retry'], { body, key })
      .pipe(map(checkedObject));
  }

  /** State of the gateway's nightly maintenance. */
  upkeep(): Observable<Upkeep> {
    return this.gateway.call<Upkeep>('GET', ['upkeep']).pipe(map(checkedObject));
  }

  statusMap(): Observable<readonly StatusMapRow[]> {
    return this.gateway
      .call<{ readonly rows: readonly StatusMapRow[] }>('GET', ['imports', 'status-map'])
      .pipe(map(({ rows }) => rows));
  }
}

async function* wholeOf(response: Response): AsyncGenerator<Blob, void> {
  yield await response.blob();
}
