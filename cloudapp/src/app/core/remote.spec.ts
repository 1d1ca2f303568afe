import { of, Subject, throwError } from 'rxjs';
import { AppError } from './app-error';
import { errorOf, IDLE, LOADING, toRemote, valueOf, type Remote } from './remote';

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
