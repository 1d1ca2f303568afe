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
} from '../../domain/api-import';
import { checkedObject, checkedPage } from '../core/gateway-answer';
import { GatewayClient } from '../core/gateway.client';

/** The part of the gateway's API that runs the import job (domain/api-import.ts). Every failure is an AppError. */
@Injectable({ providedIn: 'root' })
export class ImportClient {
  private readonly gateway = inject(GatewayClient);

  /** `key`: the same for every repeat of the same start. */
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

  cancel(runId: string, key: string): Observable<ImportRun> {
    return this.gateway
      .call<ImportRun>('POST', ['imports', runId, 'cancel'], { body: {}, key })
      .pipe(map(checkedObject));
  }

  /** Tries one failed request again, in a run of its own. */
  retry(runId: string, body: RetryImport, key: string): Observable<StartedImport> {
    return this.gateway
      .call<StartedImport>('POST', ['imports', runId, 'retry'], { body, key })
      .pipe(map(checkedObject));
  }

  statusMap(): Observable<readonly StatusMapRow[]> {
    return this.gateway
      .call<{ readonly rows: readonly StatusMapRow[] }>('GET', ['imports', 'status-map'])
      .pipe(map(({ rows }) => rows));
  }
}
