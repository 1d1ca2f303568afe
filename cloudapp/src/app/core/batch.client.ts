import { HttpErrorResponse, HttpHeaders } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import { catchError, from, switchMap, throwError, timeout, type Observable } from 'rxjs';
import { fromFetch } from 'rxjs/fetch';
import type { Batch } from '../../domain/api-batch';
import { AppError } from './app-error';
import { AuthTokenService } from './auth-token.service';
import { batchLineFrom, type RowResult } from './batch-line';
import { GATEWAY_TIMEOUT } from './gateway.client';
import { errorFromResponse } from './problem';
import { SettingsService } from './settings.service';

/**
 * POST /actions: one action on many requests, read as a stream (HttpClient gives an answer only when it is whole).
 * Who stops listening hangs up, and the gateway ends before the next row.
 */
@Injectable({ providedIn: 'root' })
export class BatchClient {
  private readonly settings = inject(SettingsService);
  private readonly tokens = inject(AuthTokenService);
  private readonly limit = inject(GATEWAY_TIMEOUT);

  /**
   * Each row's result as it comes; completes when every row has one and the gateway has said that it is done. Any other end is an
   * AppError. Of the rows without a result `outcome-unknown` and `gateway-unreachable` then say nothing: the same rows are to be
   * sent again under the same `key`, which does nothing twice.
   */
  run(batch: Batch, key: string): Observable<RowResult> {
    return this.settings.institution().pipe(
      switchMap(({ gatewayUrl }) => {
        const url = `${gatewayUrl}/api/v1/actions`;
        return this.tokens.token().pipe(
          switchMap((token) => this.sent(url, batch, key, token)),
          catchError((error: unknown) => {
            if (!(error instanceof TokenRefused)) return throwError(() => error);
            // Nothing was done under the old token.
            this.tokens.forget(error.token);
            return this.tokens.token().pipe(switchMap((token) => this.sent(url, batch, key, token)));
          }),
          catchError((error: unknown) =>
            throwError(() => (error instanceof TokenRefused ? errorFromResponse(error.response) : error)),
          ),
        );
      }),
    );
  }

  private sent(url: string, batch: Batch, key: string, token: string): Observable<RowResult> {
    let hasAnswered = false;
    return fromFetch(url, {
      method: 'POST',
      body: JSON.stringify(batch),
      headers: {
        'Authorization': `Bearer ${token}`,
        'Content-Type': 'application/json',
        'Accept': 'application/x-ndjson',
        'Idempotency-Key': key,
      },
      selector: (response) => {
        hasAnswered = true;
        return from(response.ok ? resultsIn(response, batch) : refused(response, token));
      },
    }).pipe(
      // A gateway that has fallen silent is as good as gone; hanging up lets it end after the row that it is at.
      timeout({ each: this.limit, with: () => throwError(() => new AppError('outcome-unknown')) }),
      catchError((error: unknown) => {
        if (error instanceof AppError || error instanceof TokenRefused) return throwError(() => error);
        const code = hasAnswered ? 'outcome-unknown' : 'gateway-unreachable';
        return throwError(() => new AppError(code, {}, { cause: error }));
      }),
    );
  }
}

/** 401, before anything was done. */
class TokenRefused extends Error {
  constructor(
    readonly token: string,
    readonly response: HttpErrorResponse,
  ) {
    super('the token was refused');
  }
}

async function refused(response: Response, token: string): Promise<never> {
  const { status, statusText } = response;
  const headers = new HttpHeaders({ 'x-request-id': response.headers.get('x-request-id') ?? '' });
  // What cannot be read of the reason must not hide the refusal.
  const error = await response.text().catch(() => '');
  const answer = new HttpErrorResponse({ status, statusText, headers, error });
  throw status === 401 ? new TokenRefused(token, answer) : errorFromResponse(answer);
}

/** @throws AppError `outcome-unknown` when the stream ends early, or says what was not asked */
async function* resultsIn(response: Response, { items }: Batch): AsyncGenerator<RowResult> {
  const open = new Set(items.map(({ id }) => id));
  for await (const text of linesIn(response)) {
    const line = batchLineFrom(text);
    if (line === 'end') {
      if (open.size > 0) break;
      return;
    }
    if (!open.delete(line.id)) break;
    yield line;
  }
  throw new AppError('outcome-unknown');
}

/** Lines without their ends, whatever the pieces they come in; a character may be split between two pieces. Empty lines are left out. */
async function* linesIn(response: Response): AsyncGenerator<string, void> {
  const reader = response.body?.getReader();
  if (reader === undefined) return;
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    const lines = (rest + decoder.decode(value, { stream: !done })).split(/\r?\n/);
    rest = done ? '' : (lines.pop() ?? '');
    for (const line of lines) if (line.trim() !== '') yield line;
    if (done) return;
  }
}
