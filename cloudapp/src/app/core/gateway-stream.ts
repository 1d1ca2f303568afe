import { HttpErrorResponse, HttpHeaders } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import { catchError, from, switchMap, throwError, timeout, type Observable } from 'rxjs';
import { fromFetch } from 'rxjs/fetch';
import type { ErrorCode } from '../../domain/errors';
import { AppError } from './app-error';
import { AuthTokenService } from './auth-token.service';
import { GATEWAY_TIMEOUT } from './gateway.client';
import { errorFromResponse } from './problem';
import { SettingsService } from './settings.service';

/** A gateway call whose response is read as a stream. */
export interface StreamCall<T> {
  readonly method: 'GET' | 'POST';
  /** Path segments below `/api/v1`. */
  readonly path: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: object;
  /** Reads the values of a successful response one by one. Its AppErrors are passed on. */
  readonly read: (response: Response) => AsyncIterable<T>;
  /** Error code for a response that is cut off or falls silent. */
  readonly cut: ErrorCode;
  /** Milliseconds without data after which the gateway counts as gone; the general time-out of calls when absent. */
  readonly silence?: number;
}

/**
 * Streams responses of the gateway; HttpClient delivers only complete responses, and not byte by byte. Sends the host's
 * token, and on 401 retries once with a new one. Unsubscribing disconnects. Every failure is an AppError;
 * `gateway-unreachable` when no response arrived.
 */
@Injectable({ providedIn: 'root' })
export class GatewayStream {
  private readonly settings = inject(SettingsService);
  private readonly tokens = inject(AuthTokenService);
  private readonly limit = inject(GATEWAY_TIMEOUT);

  open<T>(call: StreamCall<T>): Observable<T> {
    return this.settings.institution().pipe(
      switchMap(({ gatewayUrl }) => {
        const url = [gatewayUrl, 'api', 'v1', ...call.path.map(encodeURIComponent)].join('/');
        const send = () => this.tokens.token().pipe(switchMap((token) => this.sent(url, call, token)));
        return send().pipe(
          catchError((error: unknown) => {
            if (!(error instanceof TokenRefused)) return throwError(() => error);
            // Nothing was done under the old token.
            this.tokens.forget(error.token);
            return send();
          }),
          catchError((error: unknown) =>
            throwError(() => (error instanceof TokenRefused ? errorFromResponse(error.response) : error)),
          ),
        );
      }),
    );
  }

  private sent<T>(url: string, call: StreamCall<T>, token: string): Observable<T> {
    const { method, headers, body, cut, read } = call;
    const isCommand = method === 'POST';
    let hasAnswered = false;
    return fromFetch(url, {
      method,
      headers: { ...headers, Authorization: `Bearer ${token}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      selector: (response) => {
        hasAnswered = true;
        return from(response.ok ? read(response) : refused(response, token, isCommand));
      },
    }).pipe(
      timeout({ each: call.silence ?? this.limit, with: () => throwError(() => new AppError(cut)) }),
      catchError((error: unknown) => {
        if (error instanceof AppError || error instanceof TokenRefused) return throwError(() => error);
        return throwError(() => new AppError(hasAnswered ? cut : 'gateway-unreachable', {}, { cause: error }));
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

async function refused(response: Response, token: string, isCommand: boolean): Promise<never> {
  const { status, statusText } = response;
  const headers = new HttpHeaders({ 'x-request-id': response.headers.get('x-request-id') ?? '' });
  // An unreadable body must not hide the refusal.
  const error = await response.text().catch(() => '');
  const answer = new HttpErrorResponse({ status, statusText, headers, error });
  throw status === 401 ? new TokenRefused(token, answer) : errorFromResponse(answer, isCommand);
}
