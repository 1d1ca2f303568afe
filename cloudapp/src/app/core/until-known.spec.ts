import { fakeAsync, tick } from '@angular/core/testing';
import { defer, EMPTY, NEVER, of, Subject, throwError, type Observable } from 'rxjs';
import type { ErrorCode } from '../../domain/errors';
import { AppError, type AppErrorDetails } from './app-error';
import { untilKnown, type Answered, type Question } from './until-known';

const UNTIL_GIVEN_UP = 120_000;

describe('untilKnown', () => {
  let now$: Subject<void>;
  let stop$: Subject<void>;
  let calls: number[];
  let heard: Answered<string>[];
  let isOver: boolean;

  beforeEach(() => {
    [now$, stop$, calls, heard, isOver] = [new Subject(), new Subject(), [], [], false];
  });

  const fails = (code: ErrorCode, details: AppErrorDetails = {}) => throwError(() => new AppError(code, details));
  const done = of('done');
  /** Returns the answers in sequence and repeats the last one; records the time of each call in milliseconds. */
  function ask(answers: readonly Observable<string>[], question: Partial<Question> = {}): void {
    const begin = Date.now();
    const call = defer(() => {
      calls.push(Date.now() - begin);
      return answers[Math.min(calls.length, answers.length) - 1] ?? EMPTY;
    });
    untilKnown(call, { now$, stop$, ...question }).subscribe({
      next: (answer) => heard.push(answer),
      error: fail,
      complete: () => (isOver = true),
    });
  }
  const last = () => heard.at(-1);
  const states = () => heard.map(({ state }) => state);
  const asking = () => {
    const answer = last();
    return answer?.state === 'asking' ? answer.asking : undefined;
  };

  it('is known at once where the first answer says so', () => {
    ask([done]);
    expect([heard, isOver]).toEqual([[{ state: 'known', value: 'done' }], true]);
  });

  it('is refused at once where nothing was done, and is not repeated', fakeAsync(() => {
    ask([fails('nacsis-unavailable')]);
    tick(UNTIL_GIVEN_UP);
    expect([states(), calls.length, isOver]).toEqual([['refused'], 1, true]);
  }));

  for (const code of ['outcome-unknown', 'command-in-progress', 'gateway-unreachable', 'internal'] as const) {
    it(`repeats the call by itself after ${code}, until the outcome is known`, fakeAsync(() => {
      ask([fails(code), fails(code), done]);
      expect([states(), calls]).toEqual([['asking'], [0]]);
      tick(10_000);
      expect([last(), calls, isOver]).toEqual([{ state: 'known', value: 'done' }, [0, 2_000, 5_000], true]);
    }));
  }

  it('ends with a final refusal', fakeAsync(() => {
    ask([fails('outcome-unknown'), fails('stale-version')]);
    tick(2_000);
    const answer = last();
    expect(answer?.state === 'refused' && answer.error.code).toBe('stale-version');
  }));

  it('goes on where a repeat did nothing, for the first call may have', fakeAsync(() => {
    ask([fails('outcome-unknown'), fails('nacsis-unavailable'), fails('store-unavailable'), done]);
    tick(20_000);
    expect([last(), calls.length]).toEqual([{ state: 'known', value: 'done' }, 4]);
  }));

  it('waits as long as the answer asks for, but at least 1 s and at most 10 s', fakeAsync(() => {
    const after = (retryAfterSeconds: number) => fails('outcome-unknown', { retryAfterSeconds });
    ask([after(4), after(0.2), after(30), after(1), done]);
    tick(30_000);
    expect(calls).toEqual([0, 4_000, 5_000, 15_000, 16_000]);
  }));

  it('waits a little longer each time where the answer does not say, up to 10 s', fakeAsync(() => {
    ask([fails('outcome-unknown')]);
    tick(40_000);
    expect(calls).toEqual([0, 2_000, 5_000, 9_500, 16_250, 26_250, 36_250]);
    stop$.next();
  }));

  it('tells since when it asks, how often it did, whether it does now, and what it heard last', fakeAsync(() => {
    const begin = Date.now();
    const later = new Subject<string>();
    ask([fails('internal'), later, done]);
    expect(asking()).toEqual({ since: begin, count: 0, isCalling: false, error: new AppError('internal') });
    tick(2_000);
    expect(asking()).toEqual({ since: begin, count: 1, isCalling: true, error: new AppError('internal') });
    later.error(new AppError('command-in-progress'));
    expect(asking()).toEqual({ since: begin, count: 1, isCalling: false, error: new AppError('command-in-progress') });
    tick(10_000);
    expect(isOver).toBeTrue();
  }));

  it('asks at once on wish, once, and goes on from there', fakeAsync(() => {
    const later = new Subject<string>();
    ask([fails('outcome-unknown'), later, done]);
    now$.next();
    now$.next();
    expect(calls).toEqual([0, 0]);
    tick(60_000);
    expect(calls.length).toBe(2);
    later.error(new AppError('outcome-unknown'));
    tick(3_000);
    expect([calls.length, isOver]).toEqual([3, true]);
  }));

  it('stops on wish while it waits', fakeAsync(() => {
    ask([fails('outcome-unknown')]);
    stop$.next();
    tick(UNTIL_GIVEN_UP);
    expect([last(), calls.length, isOver]).toEqual([
      { state: 'unknown', end: 'stopped', error: new AppError('outcome-unknown') },
      1,
      true,
    ]);
  }));

  it('stops on wish while it asks, and hangs up', fakeAsync(() => {
    const later = new Subject<string>();
    ask([fails('outcome-unknown'), later]);
    tick(2_000);
    expect(later.observed).toBeTrue();
    stop$.next();
    expect([later.observed, last()?.state, isOver]).toEqual([false, 'unknown', true]);
  }));

  it('cannot be stopped before it is asking: the first call is no question', () => {
    ask([NEVER]);
    stop$.next();
    expect([heard, isOver]).toEqual([[], false]);
  });

  it('stops by itself after two minutes', fakeAsync(() => {
    ask([fails('outcome-unknown')]);
    tick(UNTIL_GIVEN_UP - 10_000);
    expect(asking()).toBeDefined();
    tick(10_000);
    const answer = last();
    expect(answer?.state === 'unknown' && [answer.end, answer.error?.code]).toEqual(['too-long', 'outcome-unknown']);
    const asked = calls.length;
    tick(UNTIL_GIVEN_UP);
    expect(calls.length).toBe(asked);
    expect(Math.max(...calls)).toBeLessThanOrEqual(UNTIL_GIVEN_UP);
  }));

  it('stops where the same call cannot bring anything else', fakeAsync(() => {
    ask([fails('outcome-unknown'), fails('forbidden')]);
    tick(UNTIL_GIVEN_UP);
    const answer = last();
    expect(answer?.state === 'unknown' && [answer.end, answer.error?.code]).toEqual(['useless', 'forbidden']);
    expect(calls.length).toBe(2);
  }));

  it('asks at once about what was unknown before', fakeAsync(() => {
    ask([fails('nacsis-unavailable'), done], { wasUnknown: true });
    expect([states(), calls]).toEqual([['asking', 'asking'], [0]]);
    tick(3_000);
    expect(last()).toEqual({ state: 'known', value: 'done' });
  }));

  it('takes whatever was thrown for an unknown outcome', fakeAsync(() => {
    ask([throwError(() => new TypeError('broken')), done]);
    expect(states()).toEqual(['asking']);
    tick(10_000);
    expect(last()?.state).toBe('known');
  }));

  it('lets the caller say what is unknown', fakeAsync(() => {
    ask([fails('nacsis-unavailable'), fails('outcome-unknown')], {
      isUnknown: ({ code }) => code === 'nacsis-unavailable',
    });
    tick(2_000);
    expect([states(), isOver]).toEqual([['asking', 'asking', 'refused'], true]);
  }));
});
