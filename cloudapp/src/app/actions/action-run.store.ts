import { inject, Injectable, signal } from '@angular/core';
import { concat, concatMap, defer, EMPTY, of, Subject, tap, type Observable } from 'rxjs';
import type { ActionAnswer, PerformAction, RequestView } from '../../domain/api/requests';
import type { Action } from '../../domain/ill/commands';
import { AppError, type Change } from '../core/app-error';
import { GatewayClient } from '../core/gateway.client';
import { newKey } from '../core/new-key';
import { onceAtATime } from '../core/remote';
import { untilKnown, type Answered, type Asking, type AskingEnd } from '../core/until-known';
import type { ActionParams } from './action-steps';

/** One action of a plan; a chain has two. */
interface PlannedStep {
  readonly action: Action;
  /** i18n key of the action's name in its state. */
  readonly labelKey: string;
  readonly params: ActionParams;
}

/** A started plan: the steps, and the request as shown at the start. */
export interface Plan {
  readonly steps: readonly PlannedStep[];
  readonly shown: RequestView;
  readonly isUndo: boolean;
}

interface Progress {
  readonly plan: Plan;
  /** Index of the step that is running, has failed, or was the last one. */
  readonly at: number;
  /** The newest known version of the request. */
  readonly request: RequestView;
  /** Commands that others gave and the user has not seen yet, oldest first. Absent when there are none. */
  readonly changes?: readonly Change[];
}

/** The call of a step, kept for repetitions. */
interface Sent {
  readonly key: string;
  readonly body: PerformAction;
}

/**
 * `refused`: the step did nothing. `unknown`: it may have been executed; only the call in `sent` may be repeated, under
 * its key. `asking`: the app is asking for the outcome; `end`: it has stopped asking.
 */
export type Failed = Progress & { readonly state: 'failed'; readonly error: AppError } & (
    | { readonly outcome: 'refused' }
    | { readonly outcome: 'unknown'; readonly sent: Sent; readonly asking?: Asking; readonly end?: AskingEnd }
  );
/** The call to repeat, and why its outcome was unknown last time. */
interface Repeat {
  readonly sent: Sent;
  readonly error: AppError;
}
export type Run =
  | { readonly state: 'idle' }
  | ({ readonly state: 'running' } & Progress)
  | Failed
  | ({ readonly state: 'done' } & Progress);

export const IDLE_RUN: Run = { state: 'idle' };

/**
 * Performs one action at a time. Each command keeps its own key until its outcome is known. The store asks for unknown
 * outcomes automatically.
 */
@Injectable()
export class ActionRunStore {
  private readonly gateway = inject(GatewayClient);
  readonly run = signal<Run>(IDLE_RUN);
  /** Emits the request after each step, and the current one when a step was refused. */
  readonly changed$ = new Subject<RequestView>();
  private readonly now$ = new Subject<void>();
  private readonly stops$ = new Subject<void>();
  /** Key of the next call. Created when a form opens, so that submitting the form twice makes the same call. */
  private key = newKey();
  private readonly try = onceAtATime(
    ({ progress, repeat }: { readonly progress: Progress; readonly repeat?: Repeat }) =>
      this.attempt(progress, repeat).pipe(
        tap((run) => {
          this.run.set(run);
          this.tell(run);
        }),
      ),
  );

  /**
   * Clears the last result. Returns false when no other action may start, because an action is running or may have been
   * executed.
   */
  open(request: RequestView): boolean {
    const now = this.run();
    if (now.state === 'running') return false;
    if (now.state === 'failed' && now.outcome === 'unknown' && isAsKnown(now, request)) return false;
    // A run of another request or of an older version may be dropped: the gateway resolves its outcome before further
    // commands.
    this.stopAsking();
    this.key = newKey();
    this.run.set(IDLE_RUN);
    return true;
  }

  /** Starts the plan. Ignored while an action is running or has an unknown outcome. */
  start(plan: Plan): void {
    const now = this.run();
    if (now.state === 'failed' && now.outcome === 'unknown') return;
    this.try({ progress: { plan, at: 0, request: plan.shown } });
  }

  /** Retries the failed step and continues. After an unknown outcome it uses the same key, otherwise a new call. */
  again(): void {
    const now = this.run();
    if (now.state !== 'failed') return;
    const { plan, at, request, changes = [] } = now;
    const progress = { plan, at, request, changes };
    if (now.outcome === 'refused') this.try({ progress });
    else if (now.asking === undefined) this.try({ progress, repeat: { sent: now.sent, error: now.error } });
    else this.now$.next();
  }

  /** Stops asking; the outcome stays unknown. */
  stopAsking(): void {
    this.stops$.next();
  }

  /** Clears the last result. */
  forget(): void {
    if (this.run().state !== 'running' && !isAsking(this.run())) this.run.set(IDLE_RUN);
  }

  private attempt(progress: Progress, repeat?: Repeat): Observable<Run> {
    const begun = repeat === undefined ? of<Run>({ state: 'running', ...progress }) : EMPTY;
    return concat(begun, this.sent(progress, repeat));
  }

  private sent(progress: Progress, repeat: Repeat | undefined): Observable<Run> {
    return defer(() => {
      const sent = repeat?.sent ?? { key: this.key, body: bodyOf(progress) };
      const hands = { now$: this.now$, stop$: this.stops$ };
      const call = defer(() => this.gateway.act(progress.request.id, sent.body, sent.key));
      return untilKnown(call, { ...hands, wasUnknown: repeat !== undefined }).pipe(
        concatMap((answer) =>
          answer.state === 'known'
            ? this.next(answer.value, progress)
            : of(this.failed(answer, progress, sent, repeat)),
        ),
      );
    });
  }

  /** Continues after a completed step. */
  private next({ request, changes = [] }: ActionAnswer, { plan, at, ...before }: Progress): Observable<Run> {
    this.key = newKey();
    const done: Progress = { plan, at, request, changes: [...(before.changes ?? []), ...changes] };
    const isLast = at + 1 >= plan.steps.length;
    return isLast ? of<Run>({ state: 'done', ...done }) : this.attempt({ ...done, at: at + 1 });
  }

  private failed(answer: Unfinished, progress: Progress, sent: Sent, repeat: Repeat | undefined): Run {
    const told = answer.state === 'asking' ? answer.asking.error : answer.error;
    const error = told ?? repeat?.error ?? new AppError('outcome-unknown');
    const request = error.details.request ?? progress.request;
    const failed = { state: 'failed', error, ...progress, request } as const;
    switch (answer.state) {
      case 'asking':
        return { ...failed, outcome: 'unknown', sent, asking: answer.asking };
      case 'unknown':
        return { ...failed, outcome: 'unknown', sent, end: answer.end };
      case 'refused':
        this.key = newKey();
        return { ...failed, outcome: 'refused' };
    }
  }

  private tell(run: Run): void {
    const isNews = run.state === 'done' || (run.state === 'running' && run.at > 0);
    const isRefused = run.state === 'failed' && !isAsking(run) && run.error.details.request !== undefined;
    if (run.state !== 'idle' && (isNews || isRefused)) this.changed$.next(run.request);
  }
}

type Unfinished = Exclude<Answered<ActionAnswer>, { readonly state: 'known' }>;

/** True while the app asks for the outcome. */
export function isAsking(run: Run): run is AskedAbout {
  return run.state === 'failed' && run.outcome === 'unknown' && run.asking !== undefined;
}
type AskedAbout = Extract<Failed, { readonly outcome: 'unknown' }> & { readonly asking: Asking };

/** True when no newer version of the request is known; a newer version shows the outcome. */
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
