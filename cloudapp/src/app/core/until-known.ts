import {
  asyncScheduler,
  catchError,
  concat,
  concatMap,
  defer,
  map,
  merge,
  of,
  take,
  takeWhile,
  timer,
  type Observable,
} from 'rxjs';
import { AppError, asAppError } from './app-error';
import { outcomeOf } from './outcome-of';

/** Milliseconds between a response with unknown outcome and the next call. */
const ASK_AGAIN = { least: 1_000, first: 2_000, most: 10_000, growth: 1.5 } as const;
/** Milliseconds after which the app stops asking; longer than a command may take to settle in NACSIS-ILL. */
const ASK_FOR = 120_000;
export const ASK_MINUTES = ASK_FOR / 60_000;

/** The state of asking about an unknown outcome. */
export interface Asking {
  /** When asking began, milliseconds since the epoch. */
  readonly since: number;
  /** Number of calls so far. */
  readonly count: number;
  /** True while a call is running; otherwise the app waits for the next one. */
  readonly isCalling: boolean;
  /** The error of the last call; absent before the first. */
  readonly error?: AppError;
}

/** Why the app stopped asking: the user stopped it, it took too long, or repeating the call cannot help. */
export type AskingEnd = 'stopped' | 'too-long' | 'useless';

/**
 * The states in sequence: `asking` any number of times, then `known` (done), `refused` (not done) or `unknown` (given
 * up).
 */
export type Answered<T> =
  | { readonly state: 'asking'; readonly asking: Asking }
  | { readonly state: 'known'; readonly value: T }
  | { readonly state: 'refused'; readonly error: AppError }
  | { readonly state: 'unknown'; readonly end: AskingEnd; readonly error?: AppError };

export interface Question {
  /** True when an earlier call with the same key has an unknown outcome. */
  readonly wasUnknown?: boolean;
  /** Skips the wait before the next call. No effect while a call is running. */
  readonly now$: Observable<unknown>;
  /** Stops asking, even during a call. No effect before the first response. */
  readonly stop$: Observable<unknown>;
  /** True when a failure leaves the outcome unknown; by default, the rule for single commands decides. */
  readonly isUnknown?: (error: AppError, wasUnknown: boolean) => boolean;
}

/**
 * Makes a call with an idempotency key and repeats it while its outcome is unknown. The gateway answers with the result
 * of the command, and sends the command again only when NACSIS-ILL certainly does not have it. Waits between calls as
 * long as the response asks, 1 to 10 s, otherwise 2 s and then longer. Continues while the window is hidden, because
 * asking ends soon by itself. Never errors.
 */
export function untilKnown<T>(call: Observable<T>, question: Question): Observable<Answered<T>> {
  return defer(() => {
    if (question.wasUnknown !== true) return attempt(call, question);
    const asking: Asking = { since: asyncScheduler.now(), count: 0, isCalling: false };
    return stoppable(ask(call, question, asking), question.stop$);
  });
}

function attempt<T>(call: Observable<T>, question: Question, asking?: Asking): Observable<Answered<T>> {
  return call.pipe(
    map((value): Answered<T> => ({ state: 'known', value })),
    catchError((thrown: unknown) => of(asAppError(thrown))),
    concatMap((answer) => (answer instanceof AppError ? afterFailure(answer, call, question, asking) : of(answer))),
  );
}

function afterFailure<T>(
  error: AppError,
  call: Observable<T>,
  question: Question,
  before: Asking | undefined,
): Observable<Answered<T>> {
  const isUnknown = question.isUnknown ?? isOpen;
  if (!isUnknown(error, before !== undefined || question.wasUnknown === true)) return of({ state: 'refused', error });
  if (!error.retryable) return of({ state: 'unknown', end: 'useless', error });
  const { since, count } = before ?? { since: asyncScheduler.now(), count: 0 };
  const wait = pauseBefore(count, error.details.retryAfterSeconds);
  if (asyncScheduler.now() + wait - since > ASK_FOR) return of({ state: 'unknown', end: 'too-long', error });
  const asking: Asking = { since, count, isCalling: false, error };
  const further = merge(timer(wait), question.now$).pipe(
    take(1),
    concatMap(() => ask(call, question, asking)),
  );
  const waiting = concat(of<Answered<T>>({ state: 'asking', asking }), further);
  return before === undefined ? stoppable(waiting, question.stop$, error) : waiting;
}

function ask<T>(call: Observable<T>, question: Question, before: Asking): Observable<Answered<T>> {
  const asking: Asking = { ...before, count: before.count + 1, isCalling: true };
  return concat(of<Answered<T>>({ state: 'asking', asking }), attempt(call, question, asking));
}

function stoppable<T>(
  source: Observable<Answered<T>>,
  stop$: Observable<unknown>,
  first?: AppError,
): Observable<Answered<T>> {
  let error = first;
  const heard = source.pipe(
    map((answer) => {
      if (answer.state === 'asking') error = answer.asking.error;
      return answer;
    }),
  );
  const stopped = stop$.pipe(
    map((): Answered<T> => ({ state: 'unknown', end: 'stopped', ...(error !== undefined && { error }) })),
  );
  return merge(heard, stopped).pipe(takeWhile(({ state }) => state === 'asking', true));
}

function isOpen({ code }: AppError, wasUnknown: boolean): boolean {
  return outcomeOf(code, wasUnknown) === 'unknown';
}

/** Returns the pause before the next call in milliseconds. `asked`: number of calls so far; `retryAfter`: seconds. */
function pauseBefore(asked: number, retryAfter: number | undefined): number {
  const wished = retryAfter === undefined ? ASK_AGAIN.first * ASK_AGAIN.growth ** asked : retryAfter * 1_000;
  return Math.min(Math.max(wished, ASK_AGAIN.least), ASK_AGAIN.most);
}
