interface Limits {
  simultaneous: number;
  perWindow: number;
  windowMs: number;
}
type Queue = (call: () => Promise<number>) => Promise<number>;

describe("queue of an app's REST calls", () => {
  let restQueue: (limits: Limits) => Queue;
  beforeAll(async () => {
    ({ restQueue } = (await import(new URL('./rest-queue.js', import.meta.url).href)) as {
      readonly restQueue: typeof restQueue;
    });
  });

  it('runs no more than the limit at once, and all in order', async () => {
    const run = restQueue({ simultaneous: 3, perWindow: 100, windowMs: 1000 });
    const ends: (() => void)[] = [];
    const started: number[] = [];
    const calls = Array.from({ length: 7 }, (_, index) =>
      run(() => {
        started.push(index);
        return new Promise((resolve) => ends.push(() => resolve(index)));
      }),
    );
    expect(started).toEqual([0, 1, 2]);
    for (let index = 0; index < 7; index += 1) {
      ends[index]?.();
      await calls[index];
    }
    expect(started).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(await Promise.all(calls)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('starts no more than the limit in a window, and the rest after it', async () => {
    const run = restQueue({ simultaneous: 10, perWindow: 2, windowMs: 30 });
    let started = 0;
    const calls = Array.from({ length: 5 }, () => run(() => Promise.resolve((started += 1))));
    expect(started).toBe(2);
    expect(await Promise.all(calls)).toEqual([1, 2, 3, 4, 5]);
  });

  it('goes on after a failure', async () => {
    const run = restQueue({ simultaneous: 1, perWindow: 10, windowMs: 1000 });
    const failed = run(() => Promise.reject(new Error('no')));
    const next = run(() => Promise.resolve(2));
    await expectAsync(failed).toBeRejectedWithError('no');
    expect(await next).toBe(2);
  });
});
