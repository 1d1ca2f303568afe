import { inject, Injectable, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { catchError, concat, defer, exhaustMap, of, Subject, switchMap, type Observable } from 'rxjs';
import type { PerformAction, RequestView } from '../../domain/api';
import type { Action } from '../../domain/commands';
import { AppError, asAppError } from '../core/app-error';
import { GatewayClient } from '../core/gateway.client';
import { newKey } from '../core/new-key';
import { outcomeOf } from '../create/submission-outcome';
import type { ActionParams } from './action-steps';

/** One action to be done; a chain is two. */
export interface PlannedStep {
  readonly action: Action;
  /** i18n key of its name where it is done. */
  readonly labelKey: string;
  readonly params: ActionParams;
}

/** What was begun: the steps, the request as it was shown, and how far it has come. */
export interface Plan {
  readonly steps: readonly PlannedStep[];
  readonly shown: RequestView;
  readonly isUndo: boolean;
}

interface Progress {
  readonly plan: Plan;
  /** The step that runs, failed, or was the last. */
  readonly at: number;
  /** The newest that is known of the request. */
  readonly request: RequestView;
}

/** What was sent for a step, kept for its repeats. */
interface Sent {
  readonly key: string;
  readonly body: PerformAction;
}

/** `refused`: this step did nothing. `sent`: it may have been done; only the very same may be asked about, under its key. */
export type Failed = Progress & { readonly state: 'failed'; readonly error: AppError } & (
    { readonly outcome: 'refused' } | { readonly outcome: 'unknown'; readonly sent: Sent }
  );
export type Run =
  | { readonly state: 'idle' }
  | ({ readonly state: 'running' } & Progress)
  | Failed
  | ({ readonly state: 'done' } & Progress);

export const IDLE_RUN: Run = { state: 'idle' };

/** Performs actions, one at a time; each command under a key of its own until its outcome is known. */
@Injectable()
export class ActionRunStore {
  private readonly gateway = inject(GatewayClient);
  readonly run = signal<Run>(IDLE_RUN);
  /** The request after each step, and as it is now where a step was refused. */
  readonly changed$ = new Subject<RequestView>();
  private readonly attempts$ = new Subject<{ readonly progress: Progress; readonly repeat?: Sent }>();
  /** Made when a form opens, so that the same form sent twice is the same call. */
  private key = newKey();

  constructor() {
    this.attempts$
      .pipe(
        exhaustMap(({ progress, repeat }) => this.attempt(progress, repeat)),
        takeUntilDestroyed(),
      )
      .subscribe({
        next: (run) => {
          this.run.set(run);
          this.tell(run);
        },
      });
  }

  /** Whether another action of this request may be begun: none is on its way, and none may have been done. What was said of the last one goes. */
  open(request: RequestView): boolean {
    const now = this.run();
    if (now.state === 'running') return false;
    if (now.state === 'failed' && now.outcome === 'unknown' && isAsKnown(now, request)) return false;
    this.key = newKey();
    this.run.set(IDLE_RUN);
    return true;
  }

  /** While one is on its way, or may have been done, a second call does nothing. */
  start(plan: Plan): void {
    const now = this.run();
    if (now.state === 'failed' && now.outcome === 'unknown') return;
    this.attempts$.next({ progress: { plan, at: 0, request: plan.shown } });
  }

  /** The step that failed once more, and what follows: after an unknown outcome under the same key, which finds it done; else anew. */
  again(): void {
    const now = this.run();
    if (now.state !== 'failed') return;
    const repeat = now.outcome === 'unknown' ? { repeat: now.sent } : {};
    this.attempts$.next({ progress: { plan: now.plan, at: now.at, request: now.request }, ...repeat });
  }

  /** What was said of the last action has been read. */
  forget(): void {
    if (this.run().state !== 'running') this.run.set(IDLE_RUN);
  }

  private attempt(progress: Progress, repeat?: Sent): Observable<Run> {
    return concat(of<Run>({ state: 'running', ...progress }), this.sent(progress, repeat));
  }

  private sent(progress: Progress, repeat: Sent | undefined): Observable<Run> {
    return defer(() => {
      const { plan, at, request } = progress;
      const sent = repeat ?? { key: this.key, body: bodyOf(progress) };
      return this.gateway.act(request.id, sent.body, sent.key).pipe(
        catchError((thrown: unknown) => of(asAppError(thrown))),
        switchMap((answer) => {
          if (answer instanceof AppError) return of(this.failed(answer, progress, sent, repeat !== undefined));
          this.key = newKey();
          const done: Progress = { plan, at, request: answer.request };
          const isLast = at + 1 >= plan.steps.length;
          return isLast ? of<Run>({ state: 'done', ...done }) : this.attempt({ ...done, at: at + 1 });
        }),
      );
    });
  }

  private failed(error: AppError, progress: Progress, sent: Sent, wasUnknown: boolean): Run {
    const outcome = outcomeOf(error.code, wasUnknown);
    const request = error.details.request ?? progress.request;
    const failed = { state: 'failed', error, ...progress, request } as const;
    if (outcome === 'unknown') return { ...failed, outcome, sent };
    this.key = newKey();
    return { ...failed, outcome };
  }

  private tell(run: Run): void {
    const isNews = run.state === 'done' || (run.state === 'running' && run.at > 0);
    const isRefused = run.state === 'failed' && run.error.details.request !== undefined;
    if (run.state !== 'idle' && (isNews || isRefused)) this.changed$.next(run.request);
  }
}

/** Nothing newer has been heard of the request: a newer version shows what became of it. */
function isAsKnown({ request: known }: Failed, request: RequestView): boolean {
  return isSame(known, request) && request.version <= known.version;
}

export function isSame(one: RequestView, other: RequestView): boolean {
  return one.id === other.id && one.side === other.side;
}

function bodyOf({ plan, at, request }: Progress): PerformAction {
  const step = plan.steps[at];
  if (step === undefined) throw new RangeError('the plan has no such step');
  const { action, params } = step;
  return { side: request.side, action, params, version: request.version };
}
