import { inject, Injectable, InjectionToken } from '@angular/core';
import {
  CloudAppConfigService,
  CloudAppEventsService,
  CloudAppRestService,
  CloudAppSettingsService,
  CloudAppStoreService,
  HttpMethod,
  type InitData,
} from '@exlibris/exl-cloudapp-angular-lib';
import {
  catchError,
  concat,
  defer,
  distinctUntilChanged,
  filter,
  map,
  merge,
  Observable,
  of,
  shareReplay,
  skip,
  take,
  takeUntil,
  throwError,
  timeout,
} from 'rxjs';
import { entitiesFrom, type AlmaEntity } from './alma-entity';
import { asAppError, HostError, type AppError } from './app-error';
import { hostRefusal } from './host-refusal';

/**
 * Milliseconds; below the SDK's own limit of 30 s, after which the SDK throws outside of the call and never answers.
 */
export const HOST_TIMEOUT = new InjectionToken<number>('time-out of a call to Alma', {
  providedIn: 'root',
  factory: () => 29_000,
});

/** Session data from Alma. Texts are validated; unknown ones are empty. */
export interface HostSession {
  readonly language: string;
  readonly colour: string;
  readonly institution: string;
  readonly userId: string;
  readonly isAdmin: boolean;
}

export type PageRecords =
  | { readonly state: 'pending' }
  | { readonly state: 'ok'; readonly entities: readonly AlmaEntity[] }
  | { readonly state: 'failed'; readonly error: AppError };

/**
 * The only user of the Cloud App SDK. Every call ends with an answer or a HostError (`host-timeout`, `host-refused`).
 * Answers after the time-out and second answers are dropped. The outcome of a write that timed out is unknown.
 */
@Injectable({ providedIn: 'root' })
export class HostService {
  private readonly events = inject(CloudAppEventsService);
  private readonly restService = inject(CloudAppRestService);
  private readonly settings = inject(CloudAppSettingsService);
  private readonly config = inject(CloudAppConfigService);
  private readonly store = inject(CloudAppStoreService);
  private readonly limit = inject(HOST_TIMEOUT);
  private readonly pageLoads$ = new Observable<unknown>((subscriber) =>
    this.events.onPageLoad((page) => {
      subscriber.next(page);
    }),
  );

  /** Requests the session data once, and again only after a failure. */
  readonly session$: Observable<HostSession> = this.shared(() =>
    this.once(this.events.getInitData()).pipe(map(sessionFrom)),
  );

  /**
   * The records on the Alma page. The SDK's `entities$` breaks permanently on a message without content, which any
   * window can send; so this reads the raw events and ignores those that are not a page. The first event is a
   * meaningless empty list; so the page is queried instead, and a page event that arrives meanwhile takes precedence.
   */
  readonly pageRecords$: Observable<PageRecords> = defer(() => {
    const loads$ = this.pageLoads$.pipe(
      skip(1),
      map(recordsIn),
      filter((records) => records !== undefined),
    );
    const first$ = this.once(this.events.getPageMetadata()).pipe(
      map((page) => recordsIn(page) ?? { state: 'failed' as const, error: new HostError('host-refused') }),
      catchError((error: unknown) => of<PageRecords>({ state: 'failed', error: asAppError(error) })),
      takeUntil(loads$),
    );
    return concat(of<PageRecords>({ state: 'pending' }), merge(loads$, first$));
  }).pipe(
    distinctUntilChanged((one, other) => JSON.stringify(one) === JSON.stringify(other)),
    shareReplay({ bufferSize: 1, refCount: true }),
  );

  authToken(): Observable<string> {
    return this.once(this.events.getAuthToken()).pipe(
      map((token: unknown) => {
        if (typeof token !== 'string' || token === '') throw new HostError('host-refused');
        return token;
      }),
    );
  }

  /** GET of Alma's REST API as the logged-in user; JSON. `path` begins with a slash, without /almaws/v1. */
  read(path: string): Observable<unknown> {
    return this.once(
      defer(() =>
        this.restService.call({ url: path, method: HttpMethod.GET, headers: { Accept: 'application/json' } }),
      ),
    );
  }

  /**
   * Changes something through Alma's REST API as the logged-in user; each subscription is one call. After
   * `host-timeout` the change may still have been made, so read before repeating it.
   */
  write(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: object): Observable<unknown> {
    return this.once(
      defer(() =>
        this.restService.call({
          url: path,
          method: HttpMethod[method],
          headers: { 'Accept': 'application/json', 'Content-Type': 'application/json' },
          ...(body !== undefined && { requestBody: body }),
        }),
      ),
    );
  }

  /** The institution's CONFIG: one JSON document that administrators write. */
  readConfig(): Observable<unknown> {
    return this.once(this.config.get());
  }

  writeConfig(value: object): Observable<void> {
    return this.once(this.config.set(value)).pipe(map(() => undefined));
  }

  /** The user's SETTINGS: one JSON document. */
  readSettings(): Observable<unknown> {
    return this.once(this.settings.get());
  }

  writeSettings(value: object): Observable<void> {
    return this.once(this.settings.set(value)).pipe(map(() => undefined));
  }

  readStored(key: string): Observable<unknown> {
    return this.once(this.store.get(key));
  }

  /** Stores the value, or removes the key when `value` is null; the SDK treats undefined as a read. */
  writeStored(key: string, value: object | string | number | boolean | null): Observable<void> {
    return this.once(value === null ? this.store.remove(key) : this.store.set(key, value)).pipe(map(() => undefined));
  }

  /** Reloads Alma's page. The SDK reports nothing when the records stay the same. */
  refreshPage(): Observable<void> {
    return this.once(this.events.refreshPage()).pipe(map(() => undefined));
  }

  private once<T>(call: Observable<T>): Observable<T> {
    return call.pipe(
      take(1),
      timeout({ first: this.limit, with: () => throwError(() => new HostError('host-timeout')) }),
      catchError((error: unknown) => throwError(() => hostRefusal(error))),
    );
  }

  private shared<T>(call: () => Observable<T>): Observable<T> {
    let running: Observable<T> | undefined;
    return defer(() => {
      running ??= call().pipe(
        catchError((error: unknown) => {
          running = undefined;
          return throwError(() => error);
        }),
        shareReplay(1),
      );
      return running;
    });
  }
}

/** Returns undefined when the message does not describe a page. */
function recordsIn(page: unknown): PageRecords | undefined {
  if (typeof page !== 'object' || page === null) return undefined;
  return { state: 'ok', entities: entitiesFrom((page as { readonly entities?: unknown }).entities) };
}

function sessionFrom(data: InitData): HostSession {
  const raw = data as Partial<InitData>;
  return {
    language: textOf(raw.lang),
    colour: textOf(raw.color),
    institution: textOf(raw.instCode),
    userId: textOf(raw.user?.primaryId),
    isAdmin: raw.user?.isAdmin === true,
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
