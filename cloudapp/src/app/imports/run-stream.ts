import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { inject, Injectable, InjectionToken } from '@angular/core';
import {
  catchError,
  concat,
  concatMap,
  defer,
  EMPTY,
  map,
  mergeMap,
  of,
  repeat,
  takeWhile,
  tap,
  throwError,
  timer,
  type Observable,
} from 'rxjs';
import type { ImportRun } from '../../domain/api/imports';
import { isFinal } from '../../domain/imports/import';
import { AppError, asAppError } from '../core/app-error';
import { GatewayHttp } from '../core/gateway.http';
import type { Remote } from '../core/remote';

/** `RUN_EVENT` of the contract, from which the app may import only types. */
const RUN_EVENT = 'run';

interface RunStreamTimes {
  /**
   * Silence in milliseconds after which the stream counts as interrupted. The gateway sends something at least every 15
   * seconds.
   */
  readonly silence: number;
  /**
   * Pauses in milliseconds after the first, second … consecutive interruption; the last pause applies to all later
   * interruptions.
   */
  readonly pauses: readonly number[];
  /**
   * Characters after which a new connection continues the stream, because the browser keeps all the text of a
   * connection.
   */
  readonly longest: number;
}
export const RUN_STREAM_TIMES = new InjectionToken<RunStreamTimes>('times of the stream of a run', {
  providedIn: 'root',
  factory: () => ({ silence: 45_000, pauses: [1_000, 2_000, 5_000, 10_000, 30_000], longest: 1_000_000 }),
});

/** State that outlives a connection. */
interface Seen {
  run?: ImportRun;
  lastEventId?: string;
  cuts: number;
  /** Why the run is out of date. */
  error?: AppError;
}
interface Told {
  readonly remote: Remote<ImportRun>;
  readonly isEnd: boolean;
}

/** Client for GET /imports/{id}/events that reconnects after interruptions. */
@Injectable({ providedIn: 'root' })
export class RunStream {
  private readonly http = inject(GatewayHttp);
  private readonly times = inject(RUN_STREAM_TIMES);

  /**
   * Emits the run's progress. While the stream is interrupted or unreadable, emits stale with the reason (failed before
   * the first value), then ok again automatically. Completes with a final state, or when the gateway refuses. `known`:
   * the run as already known, which is the value until the first one arrives.
   */
  follow(runId: string, known?: ImportRun): Observable<Remote<ImportRun>> {
    return defer(() => {
      const seen: Seen = { cuts: 0, ...(known && { run: known }) };
      return defer(() => this.connection(runId, seen)).pipe(
        repeat({ delay: () => timer(this.pauseAfter(seen.cuts)) }),
        takeWhile(({ isEnd }) => !isEnd, true),
        map(({ remote }) => remote),
      );
    });
  }

  /** A single connection until it ends, for any reason. */
  private connection(runId: string, seen: Seen): Observable<Told> {
    const cut = throwError(() => new AppError('gateway-unreachable'));
    let length = 0;
    const text$ = this.text(runId, seen).pipe(
      tap((piece) => {
        length += piece.length;
      }),
    );
    return concat(eventsIn(text$), cut).pipe(
      takeWhile(() => length < this.times.longest, true),
      mergeMap((event) => (event === 'alive' ? isBack(seen) : toldBy(event, runId, seen))),
      catchError((thrown: unknown) => {
        const error = asAppError(thrown);
        seen.cuts += 1;
        seen.error = error;
        return of({ remote: withoutNews(seen.run, error), isEnd: !error.retryable });
      }),
    );
  }

  private text(runId: string, { lastEventId }: Seen): Observable<string> {
    return this.http.text('GET', ['imports', runId, 'events'], {
      accept: 'text/event-stream',
      silence: this.times.silence,
      ...(lastEventId !== undefined && { lastEventId }),
    });
  }

  private pauseAfter(cuts: number): number {
    const { pauses } = this.times;
    return pauses[Math.min(Math.max(cuts, 1), pauses.length) - 1] ?? 0;
  }
}

/**
 * The events in the text of a stream. `alive`: the response has begun, or text without an event arrived, such as the
 * gateway's keep-alive comment.
 */
function eventsIn(pieces$: Observable<string>): Observable<EventSourceMessage | 'alive'> {
  return defer(() => {
    let events: EventSourceMessage[] = [];
    const parser = createParser({ onEvent: (event) => events.push(event) });
    return pieces$.pipe(
      concatMap((piece) => {
        parser.feed(piece);
        const [come, rest] = [events, []];
        events = rest;
        return come.length > 0 ? come : ['alive' as const];
      }),
    );
  });
}

/**
 * Makes the known value valid again after a reconnection, because the gateway sends nothing when nothing has changed.
 * Does not do so after an unreadable event, because that event is still to come.
 */
function isBack(seen: Seen): Observable<Told> {
  const { run, error } = seen;
  if (run === undefined || error?.code !== 'gateway-unreachable') return EMPTY;
  delete seen.error;
  return of({ remote: { state: 'ok', value: run }, isEnd: false });
}

function toldBy({ event, id, data }: EventSourceMessage, runId: string, seen: Seen): Observable<Told> {
  if (event !== RUN_EVENT) return EMPTY;
  const run = runIn(data);
  // The error omits the data, which may contain names.
  if (run?.runId !== runId) return throwError(() => new AppError('internal', {}, { cause: 'an event cannot be read' }));
  return of<Told>({ remote: { state: 'ok', value: run }, isEnd: isFinal(run.state) }).pipe(
    tap(() => {
      seen.run = run;
      seen.cuts = 0;
      delete seen.error;
      if (id !== undefined) seen.lastEventId = id;
    }),
  );
}

/** Returns null or undefined when the text is no run, such as after a proxy has changed it. */
function runIn(data: string): ImportRun | null | undefined {
  try {
    return JSON.parse(data) as ImportRun | null;
  } catch {
    return undefined;
  }
}

function withoutNews(run: ImportRun | undefined, error: AppError): Remote<ImportRun> {
  return run === undefined ? { state: 'failed', error } : { state: 'stale', value: run, error };
}
