import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { of, Subject, throwError, type Observable } from 'rxjs';
import { AppError } from './app-error';
import {
  errorOf,
  IDLE,
  LOADING,
  onceAtATime,
  remoteCommand,
  remoteQuery,
  toRemote,
  valueOf,
  type Remote,
} from './remote';

const refusal = new AppError('nacsis-unavailable');

function states<T>(...args: Parameters<typeof toRemote<T>>): Remote<T>[] {
  const seen: Remote<T>[] = [];
  toRemote(...args).subscribe((remote) => seen.push(remote));
  return seen;
}

describe('toRemote', () => {
  it('is loading, then ok', () => {
    const source = new Subject<number>();
    const seen = states(source);
    expect(seen).toEqual([LOADING]);
    source.next(1);
    expect(seen).toEqual([LOADING, { state: 'ok', value: 1 }]);
  });

  it('is loading, then failed, and never errors', () => {
    expect(states(throwError(() => refusal))).toEqual([LOADING, { state: 'failed', error: refusal }]);
  });

  it('makes an error of the catalogue of anything thrown', () => {
    const [, failed] = states(throwError(() => new TypeError('x')));
    expect(failed?.state === 'failed' && failed.error.code).toBe('internal');
  });

  it('shows an older value while a newer one is on its way', () => {
    expect(states(of(2), { state: 'ok', value: 1 })).toEqual([
      { state: 'stale', value: 1 },
      { state: 'ok', value: 2 },
    ]);
  });

  it('keeps the older value when the newer one cannot be had', () => {
    const failed = throwError(() => refusal);
    const after: Remote<number> = { state: 'stale', value: 1, error: refusal };
    expect(states(failed, { state: 'ok', value: 1 })).toEqual([{ state: 'stale', value: 1 }, after]);
    expect(states(failed, after)).toEqual([{ state: 'stale', value: 1 }, after]);
  });

  it('keeps what a source of several values has given when the next cannot be had', () => {
    const source = new Subject<number>();
    const seen = states(source);
    source.next(1);
    source.next(2);
    source.error(refusal);
    expect(seen).toEqual([
      LOADING,
      { state: 'ok', value: 1 },
      { state: 'ok', value: 2 },
      { state: 'stale', value: 2, error: refusal },
    ]);
  });

  it('begins each time anew: one who comes later does not get what another one got', () => {
    const source = new Subject<number>();
    const remote = toRemote(source);
    remote.subscribe(() => undefined);
    source.next(1);
    const seen: Remote<number>[] = [];
    remote.subscribe((each) => seen.push(each));
    expect(seen).toEqual([LOADING]);
  });

  it('has no older value after a failure', () => {
    expect(states(of(2), { state: 'failed', error: refusal })[0]).toEqual(LOADING);
  });
});

describe('valueOf and errorOf', () => {
  it('tell what each state holds', () => {
    const all: readonly Remote<number>[] = [
      IDLE,
      LOADING,
      { state: 'ok', value: 0 },
      { state: 'stale', value: 1 },
      { state: 'stale', value: 2, error: refusal },
      { state: 'failed', error: refusal },
    ];
    expect(all.map(valueOf)).toEqual([undefined, undefined, 0, 1, 2, undefined]);
    expect(all.map(errorOf)).toEqual([undefined, undefined, undefined, undefined, refusal, refusal]);
  });
});

describe('remoteQuery', () => {
  let wanted: Subject<string | undefined>;
  let answers: Subject<string>[];
  let asked: string[];

  beforeEach(() => {
    wanted = new Subject();
    answers = [];
    asked = [];
  });
  function query(keeps?: (before: string, now: string) => boolean) {
    const read = (what: string): Observable<string> => {
      asked.push(what);
      const answer = new Subject<string>();
      answers.push(answer);
      return answer;
    };
    return TestBed.runInInjectionContext(() => remoteQuery(wanted, read, keeps));
  }

  it('is idle until something is wanted, reads it, and is idle again when nothing is', () => {
    const { remote, value, error, isLoading } = query();
    expect([remote(), isLoading()]).toEqual([IDLE, true]);
    wanted.next('A');
    expect([remote(), isLoading()]).toEqual([LOADING, true]);
    answers[0]?.next('a');
    expect([value(), error(), isLoading()]).toEqual(['a', undefined, false]);
    wanted.next(undefined);
    expect(remote()).toEqual(IDLE);
  });

  it('shows only what is wanted now, whatever comes late', () => {
    const { remote, value } = query();
    wanted.next('A');
    wanted.next('B');
    answers[0]?.next('a');
    expect(remote()).toEqual(LOADING);
    answers[1]?.next('b');
    expect(value()).toBe('b');
  });

  it('reads again on demand, from nothing or keeping what it knows', () => {
    for (const [keeps, before] of [
      [undefined, LOADING],
      [(one: string, other: string) => one === other, { state: 'stale', value: 'a' }],
    ] as const) {
      [wanted, answers] = [new Subject(), []];
      const { remote, error, reload } = query(keeps);
      wanted.next('A');
      answers[0]?.next('a');
      reload();
      expect(remote()).toEqual(before);
      answers[1]?.error(refusal);
      expect(error()).toBe(refusal);
      wanted.next('B');
      expect(remote()).toEqual(LOADING);
    }
  });

  it('reads nothing again while nothing is wanted', () => {
    const { reload } = query();
    reload();
    expect(asked).toEqual([]);
  });

  it('takes a value in place of a reading in progress, and knows it from then on', () => {
    const { remote, take, reload } = query(() => true);
    wanted.next('A');
    take('new');
    answers[0]?.next('old');
    expect(remote()).toEqual({ state: 'ok', value: 'new' });
    reload();
    expect(remote()).toEqual({ state: 'stale', value: 'new' });
  });

  it('follows a signal', () => {
    const what = signal<string | undefined>(undefined);
    const { value } = TestBed.runInInjectionContext(() => remoteQuery(what, (now) => of(now.toLowerCase())));
    what.set('A');
    TestBed.flushEffects();
    expect(value()).toBe('a');
  });
});

describe('remoteCommand', () => {
  let answer: Subject<number>;
  let calls: string[];
  let told: unknown[];

  beforeEach(() => {
    answer = new Subject();
    calls = [];
    told = [];
  });
  function command() {
    const call = (content: string): Observable<number> => {
      calls.push(content);
      return answer;
    };
    return TestBed.runInInjectionContext(() =>
      remoteCommand(call, {
        done: (value, content) => told.push([content, value]),
        failed: (error, content) => told.push([content, error]),
      }),
    );
  }

  it('runs once at a time, and tells what came of it', () => {
    const { run, isRunning, value } = command();
    run('one');
    run('two');
    expect([calls, isRunning()]).toEqual([['one'], true]);
    answer.next(1);
    answer.complete();
    expect([isRunning(), value(), told]).toEqual([false, 1, [['one', 1]]]);
    run('three');
    expect(calls).toEqual(['one', 'three']);
  });

  it('drops the last error when it starts again, and on demand', () => {
    const { run, error, isRunning, clear, remote } = command();
    run('one');
    answer.error(refusal);
    expect([error(), isRunning(), told]).toEqual([refusal, false, [['one', refusal]]]);
    answer = new Subject();
    run('two');
    expect(error()).toBeUndefined();
    answer.error(refusal);
    clear();
    expect(remote()).toEqual(IDLE);
  });

  it('ends with its context', () => {
    const { run } = command();
    run('one');
    TestBed.resetTestingModule();
    expect(answer.observed).toBeFalse();
  });
});

describe('onceAtATime', () => {
  it('ignores starts while the work runs', () => {
    const work = new Subject<void>();
    const begun: string[] = [];
    const start = TestBed.runInInjectionContext(() =>
      onceAtATime((content: string) => {
        begun.push(content);
        return work;
      }),
    );
    start('one');
    start('two');
    work.complete();
    start('three');
    expect(begun).toEqual(['one', 'three']);
  });
});
