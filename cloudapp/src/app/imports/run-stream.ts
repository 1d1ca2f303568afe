import { inject, Injectable, InjectionToken } from '@angular/core';
import {
  catchError,
  concat,
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
import type { ImportRun } from '../../domain/api-import';
import { AppError, asAppError } from '../core/app-error';
import { GatewayStream } from '../core/gateway-stream';
import type { Remote } from '../core/remote';
import { serverEventsIn, type ServerEvent } from '../core/server-events';
import { runFrom } from './run-from';
import { isFinal } from './run-state';

/** `RUN_EVENT` of the contract, of which the app may take types only. */
const RUN_EVENT = 'run';

export interface RunStreamTimes {
  /** Without a sign of life for so long the stream counts as cut. The gateway gives one every 15 seconds at least. Milliseconds. */
  readonly silence: number;
  /** How long is waited after the first, second … cut in a row; the last holds for all others. Milliseconds. */
  readonly pauses: readonly number[];
}
export const RUN_STREAM_TIMES = new InjectionToken<RunStreamTimes>('times of the stream of a run', {
  providedIn: 'root',
  factory: () => ({ silence: 45_000, pauses: [1_000, 2_000, 5_000, 10_000, 30_000] }),
});

/** What is known of a stream beyond one connection. */
interface Seen {
  run?: ImportRun;
  lastEventId?: string;
  cuts: number;
  /** Why the run is not known as it is now. */
  error?: AppError;
}
interface Told {
  readonly remote: Remote<ImportRun>;
  readonly isEnd: boolean;
}

/** GET /imports/{id}/events, taken up again where it was cut. */
@Injectable({ providedIn: 'root' })
export class RunStream {
  private readonly stream = inject(GatewayStream);
  private readonly times = inject(RUN_STREAM_TIMES);

  /**
   * The run as it goes on. While the stream is cut, or has told what nobody can read, it is stale (failed, before anything came) with the
   * reason, and ok again by itself. Completes with the state that is final, or when the gateway refuses.
   */
  follow(runId: string): Observable<Remote<ImportRun>> {
    return defer(() => {
      const seen: Seen = { cuts: 0 };
      return defer(() => this.connection(runId, seen)).pipe(
        repeat({ delay: () => timer(this.pauseAfter(seen.cuts)) }),
        takeWhile(({ isEnd }) => !isEnd, true),
        map(({ remote }) => remote),
      );
    });
  }

  /** From one connection to its end, whatever ends it. */
  private connection(runId: string, seen: Seen): Observable<Told> {
    const cut = throwError(() => new AppError('gateway-unreachable'));
    return concat(this.events(runId, seen), cut).pipe(
      mergeMap((event) => (event === 'alive' ? isBack(seen) : toldBy(event, runId, seen))),
      catchError((thrown: unknown) => {
        const error = asAppError(thrown);
        seen.cuts += 1;
        seen.error = error;
        return of({ remote: withoutNews(seen.run, error), isEnd: !error.retryable });
      }),
    );
  }

  private events(runId: string, { lastEventId }: Seen): Observable<ServerEvent | 'alive'> {
    return this.stream.open({
      method: 'GET',
      path: ['imports', runId, 'events'],
      headers: { Accept: 'text/event-stream', ...(lastEventId !== undefined && { 'Last-Event-ID': lastEventId }) },
      read: serverEventsIn,
      cut: 'gateway-unreachable',
      silence: this.times.silence,
    });
  }

  private pauseAfter(cuts: number): number {
    const { pauses } = this.times;
    return pauses[Math.min(Math.max(cuts, 1), pauses.length) - 1] ?? 0;
  }
}

/** Connected again: where nothing has changed since, the gateway has nothing to tell. What could not be read is still to come. */
function isBack(seen: Seen): Observable<Told> {
  const { run, error } = seen;
  if (run === undefined || error?.code !== 'gateway-unreachable') return EMPTY;
  delete seen.error;
  return of({ remote: { state: 'ok', value: run }, isEnd: false });
}

function toldBy({ event, id, data }: ServerEvent, runId: string, seen: Seen): Observable<Told> {
  if (event !== RUN_EVENT) return EMPTY;
  const run = runFrom(data, runId);
  // The data stay out of the error: they may hold names.
  if (run === undefined) return throwError(() => new AppError('internal', {}, { cause: 'an event cannot be read' }));
  return of<Told>({ remote: { state: 'ok', value: run }, isEnd: isFinal(run.state) }).pipe(
    tap(() => {
      seen.run = run;
      seen.cuts = 0;
      delete seen.error;
      if (id !== undefined) seen.lastEventId = id;
    }),
  );
}

function withoutNews(run: ImportRun | undefined, error: AppError): Remote<ImportRun> {
  return run === undefined ? { state: 'failed', error } : { state: 'stale', value: run, error };
}
