import {
  HttpClient,
  HttpContext,
  HttpErrorResponse,
  HttpEventType,
  HttpHeaders,
  HttpParams,
  HttpRequest,
  HttpResponse,
  type HttpDownloadProgressEvent,
  type HttpEvent,
} from '@angular/common/http';
import { inject, Injectable, InjectionToken } from '@angular/core';
import { catchError, concatMap, defer, filter, map, switchMap, tap, throwError, timeout, type Observable } from 'rxjs';
import { AppError, asAppError } from './app-error';
import { FOR_GATEWAY } from './gateway.interceptor';
import { errorFromResponse } from './problem';
import { SettingsService } from './settings.service';

/** Milliseconds; longer than the gateway waits for NACSIS-ILL, so that the gateway reports what happened. */
export const GATEWAY_TIMEOUT = new InjectionToken<number>('time-out of a call to the gateway', {
  providedIn: 'root',
  factory: () => 75_000,
});

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

export interface Call {
  /** A list becomes repeated parameters of one name; undefined and '' are left out. */
  readonly query?: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;
  readonly body?: object;
  /** Idempotency key. A call with a key is a command: without a usable answer, its outcome is unknown. */
  readonly key?: string;
}

interface TextCall extends Call {
  /** Media type. */
  readonly accept: string;
  /** The id of the last event received, to continue after it. */
  readonly lastEventId?: string;
  /** Milliseconds without data after which the gateway counts as gone; by default the time-out of calls. */
  readonly silence?: number;
}

interface Reading {
  readonly responseType: 'json' | 'text' | 'arraybuffer';
  readonly headers?: Readonly<Record<string, string>>;
  readonly limit?: number;
}

/**
 * Makes all calls to the gateway, with its address, the Idempotency-Key, the time-out and the errors; the interceptor
 * adds the token. `path`: segments below `/api/v1`, which are encoded. Unsubscribing disconnects. Every failure is an
 * AppError. Its code is `outcome-unknown` when the response to a command is cut off or unreadable. Its code is
 * `gateway-unreachable` when no response arrives, or when the response to any other call is cut off or unreadable.
 */
@Injectable({ providedIn: 'root' })
export class GatewayHttp {
  private readonly http = inject(HttpClient);
  private readonly settings = inject(SettingsService);
  private readonly limit = inject(GATEWAY_TIMEOUT);

  /** The body of the response; null for an empty one, which only a DELETE may have. */
  json<T>(method: Method, path: readonly string[], call: Call = {}): Observable<T> {
    return this.bodyOf<T | null>(method, path, call, { responseType: 'json' }).pipe(
      map((body) => {
        if (body === null && method !== 'DELETE')
          throw new AppError(call.key === undefined ? 'internal' : 'outcome-unknown');
        return body as T;
      }),
    );
  }

  /** The text in pieces as they arrive, without regard to lines; '' when the response begins. */
  text(method: Method, path: readonly string[], call: TextCall): Observable<string> {
    const { accept, lastEventId, silence } = call;
    return defer(() => {
      let length = 0;
      const rest = (all: string): readonly string[] => {
        const piece = all.slice(length);
        length = all.length;
        return piece === '' ? [] : [piece];
      };
      let isRefusal = false;
      return this.events<string>(method, path, call, {
        responseType: 'text',
        headers: { Accept: accept, ...(lastEventId !== undefined && { 'Last-Event-ID': lastEventId }) },
        ...(silence !== undefined && { limit: silence }),
      }).pipe(
        concatMap((event) => {
          if (event.type === HttpEventType.ResponseHeader) {
            isRefusal = !event.ok;
            return isRefusal ? [] : [''];
          }
          if (event.type === HttpEventType.Response) return rest(event.body ?? '');
          if (event.type !== HttpEventType.DownloadProgress || isRefusal) return [];
          return rest((event as HttpDownloadProgressEvent).partialText ?? '');
        }),
      );
    });
  }

  /** The whole body, byte for byte. `accept`: its media type. */
  file(path: readonly string[], accept: string): Observable<Blob> {
    const headers = { Accept: accept };
    return this.bodyOf<ArrayBuffer>('GET', path, {}, { responseType: 'arraybuffer', headers }).pipe(
      map((bytes) => new Blob([bytes], { type: accept })),
    );
  }

  private bodyOf<T>(method: Method, path: readonly string[], call: Call, reading: Reading): Observable<T> {
    return this.events<T>(method, path, call, reading).pipe(
      filter((event) => event instanceof HttpResponse),
      map(({ body }) => body as T),
    );
  }

  private events<T>(method: Method, path: readonly string[], call: Call, reading: Reading): Observable<HttpEvent<T>> {
    const isCommand = call.key !== undefined;
    const cut = isCommand ? 'outcome-unknown' : 'gateway-unreachable';
    return defer(() => {
      let hasBegun = false;
      return this.settings.institution().pipe(
        switchMap(({ gatewayUrl }) => {
          const url = [gatewayUrl, 'api', 'v1', ...path.map(encodeURIComponent)].join('/');
          return this.http
            .request<T>(requestTo(url, method, call, reading))
            .pipe(timeout({ each: reading.limit ?? this.limit, with: () => throwError(() => new AppError(cut)) }));
        }),
        tap((event) => {
          if (event.type === HttpEventType.ResponseHeader) hasBegun = event.ok;
        }),
        catchError((error: unknown) => {
          if (!(error instanceof HttpErrorResponse)) return throwError(() => asAppError(error));
          // True for a success whose body is no JSON, such as a proxy's page, and for a response that breaks off.
          const isCut = (error.status >= 200 && error.status < 300) || (error.status === 0 && hasBegun);
          return throwError(() =>
            isCut ? new AppError(cut, {}, { cause: error }) : errorFromResponse(error, isCommand),
          );
        }),
      );
    });
  }
}

function requestTo(url: string, method: Method, { query = {}, body, key }: Call, reading: Reading) {
  const { responseType, headers } = reading;
  return new HttpRequest<object | null>(method, url, body ?? null, {
    params: new HttpParams({ fromObject: presentIn(query) }),
    context: new HttpContext().set(FOR_GATEWAY, true),
    responseType,
    reportProgress: responseType === 'text',
    headers: new HttpHeaders({ ...headers, ...(key !== undefined && { 'Idempotency-Key': key }) }),
  });
}

function presentIn(query: NonNullable<Call['query']>): Record<string, string | readonly string[]> {
  const present = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, typeof value === 'object' ? value : String(value)] as const],
  );
  return Object.fromEntries(present);
}
