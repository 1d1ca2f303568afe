/** Alma's limits for the REST calls of one app. Calls above them wait, while the app's 30 s timeout keeps running. */
export const LIMITS = { simultaneous: 10, perWindow: 25, windowMs: 5000 };

/** @returns {<T>(call: () => Promise<T>) => Promise<T>} runs calls in order; `limits` may change at any time */
export function restQueue(limits) {
  const waiting = [];
  let running = 0;
  let starts = [];
  let timer;

  const advance = () => {
    const now = performance.now();
    starts = starts.filter((at) => at > now - limits.windowMs);
    while (waiting.length > 0 && running < limits.simultaneous && starts.length < limits.perWindow) {
      running += 1;
      starts.push(now);
      void waiting.shift()();
    }
    clearTimeout(timer);
    if (waiting.length > 0 && starts.length >= limits.perWindow)
      timer = setTimeout(advance, starts[0] + limits.windowMs - now);
  };

  return (call) =>
    new Promise((resolve, reject) => {
      waiting.push(async () => {
        try {
          resolve(await call());
        } catch (error) {
          reject(error);
        } finally {
          running -= 1;
          advance();
        }
      });
      advance();
    });
}
