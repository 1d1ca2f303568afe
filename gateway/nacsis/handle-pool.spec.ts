import { HandleLost, HandlePool, type HandlePoolSettings, type Session } from './handle-pool';
import { NacsisError } from './port';

const SETTINGS: HandlePoolSettings = {
  handlesPerAccount: 2,
  queueLimit: 3,
  handleIdleSeconds: 60,
  loginPauseSeconds: 30,
};

/** Work that ends on request. */
function held() {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  return { work: (session: Session) => ended.then(() => session.handle), end: () => end() };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));
const handleOf = (session: Session) => Promise.resolve(session.handle);

describe('HandlePool', () => {
  let opened: number;
  let released: string[];
  let clock: number;
  let open: () => Promise<Session>;
  let pool: HandlePool;

  const poolWith = (settings: Partial<HandlePoolSettings> = {}) =>
    new HandlePool(
      { open: () => open(), release: ({ handle }) => Promise.resolve(void released.push(handle)) },
      { ...SETTINGS, ...settings },
      () => clock,
    );
  beforeEach(() => {
    opened = 0;
    released = [];
    clock = 0;
    open = () => Promise.resolve({ handle: `handle-${String((opened += 1))}`, frame: '001' });
    pool = poolWith();
  });

  const failing = (error: unknown) => pool.use(() => Promise.reject(error as Error));
  const error = (code: NacsisError['code'], effect: NacsisError['effect'] = 'nothing') =>
    new NacsisError(code, effect, code);

  it('opens a handle when it is needed, and uses it again', async () => {
    expect(opened).toBe(0);
    for (let call = 0; call < 3; call += 1) expect(await pool.use(handleOf)).toBe('handle-1');
    expect(opened).toBe(1);
  });

  it('opens as many as calls run at once, each handle for one call', async () => {
    const [first, second] = [held(), held()];
    const both = [pool.use(first.work), pool.use(second.work)];
    first.end();
    second.end();
    expect((await Promise.all(both)).sort()).toEqual(['handle-1', 'handle-2']);
    expect(['handle-1', 'handle-2']).toContain(await pool.use(handleOf));
    expect(opened).toBe(2);
  });

  it('lets no more run than it may; the others wait for their turn', async () => {
    const calls = [held(), held(), held()];
    const results = calls.map(({ work }) => pool.use(work));
    await turn();
    expect(opened).toBe(2);
    calls[0]?.end();
    expect(await results[0]).toBe('handle-1');
    await turn();
    calls[1]?.end();
    calls[2]?.end();
    await Promise.all(results);
    expect(opened).toBe(2);
  });

  it('turns away at once what would wait too long in the queue', async () => {
    const calls = Array.from({ length: 5 }, held);
    const results = calls.map(({ work }) => pool.use(work));
    await expectAsync(pool.use(handleOf)).toBeRejectedWith(
      jasmine.objectContaining({ code: 'nacsis-unavailable', effect: 'nothing' }),
    );
    for (const { end } of calls) end();
    expect((await Promise.all(results)).length).toBe(5);
    expect(await pool.use(handleOf)).toBeDefined();
  });

  it('gives a handle back that was idle for long, and opens a new one', async () => {
    await pool.use(handleOf);
    clock = 60_000;
    expect(await pool.use(handleOf)).toBe('handle-1');
    clock += 60_001;
    expect(await pool.use(handleOf)).toBe('handle-2');
    expect(released).toEqual(['handle-1']);
  });

  it('logs in anew when the server does not know the handle any more, and does the work again once', async () => {
    await pool.use(handleOf);
    const tried: string[] = [];
    const work = (session: Session) => {
      tried.push(session.handle);
      return tried.length === 1 ? Promise.reject(new HandleLost('lost')) : Promise.resolve('done');
    };
    expect(await pool.use(work)).toBe('done');
    expect(tried).toEqual(['handle-1', 'handle-2']);
  });

  it('takes the loss of one handle for the loss of all that are idle', async () => {
    const [first, second] = [held(), held()];
    const both = [pool.use(first.work), pool.use(second.work)];
    first.end();
    second.end();
    await Promise.all(both);
    let lost = false;
    await pool.use((session) => {
      if (lost) return Promise.resolve(session);
      lost = true;
      return Promise.reject(new HandleLost('lost'));
    });
    expect(opened).toBe(3);
    const calls = [held(), held()];
    const results = calls.map(({ work }) => pool.use(work));
    for (const { end } of calls) end();
    expect((await Promise.all(results)).sort()).toEqual(['handle-3', 'handle-4']);
  });

  it('gives up when the fresh handle is lost, too', async () => {
    let tries = 0;
    const work = () => {
      tries += 1;
      return Promise.reject(new HandleLost('lost'));
    };
    await expectAsync(pool.use(work)).toBeRejectedWith(
      jasmine.objectContaining({ code: 'nacsis-unavailable', effect: 'nothing' }),
    );
    expect(tries).toBe(2);
  });

  it('keeps the handle after a refusal, and ends it after any other error', async () => {
    await expectAsync(failing(error('nacsis-rejected'))).toBeRejected();
    expect(await pool.use(handleOf)).toBe('handle-1');
    for (const each of [
      error('nacsis-unavailable', 'unknown'),
      error('nacsis-malformed', 'unknown'),
      new Error('bug'),
    ]) {
      const before = opened;
      await expectAsync(failing(each)).toBeRejectedWith(each);
      expect(await pool.use(handleOf)).toBe(`handle-${String(before + 1)}`);
    }
  });

  it('does not do work again that failed', async () => {
    let tries = 0;
    const work = () => {
      tries += 1;
      return Promise.reject(error('nacsis-unavailable', 'unknown'));
    };
    await expectAsync(pool.use(work)).toBeRejected();
    expect(tries).toBe(1);
  });

  describe('when the account is refused', () => {
    const refusal = error('nacsis-login-refused');
    let attempts: number;

    beforeEach(() => {
      attempts = 0;
      open = () => {
        attempts += 1;
        return Promise.reject(refusal);
      };
    });

    it('does not try again for a while, lest the account be locked', async () => {
      for (let call = 0; call < 3; call += 1) await expectAsync(pool.use(handleOf)).toBeRejectedWith(refusal);
      expect(attempts).toBe(1);
      clock = 29_999;
      await expectAsync(pool.use(handleOf)).toBeRejectedWith(refusal);
      expect(attempts).toBe(1);
      clock = 30_000;
      await expectAsync(pool.use(handleOf)).toBeRejectedWith(refusal);
      expect(attempts).toBe(2);
    });

    it('works again after the pause when the account is good', async () => {
      await expectAsync(pool.use(handleOf)).toBeRejectedWith(refusal);
      clock = 30_000;
      open = () => Promise.resolve({ handle: 'good', frame: '001' });
      expect(await pool.use(handleOf)).toBe('good');
    });
  });

  it('tries the login again at once when NACSIS-ILL was not there', async () => {
    const login = open;
    open = () => Promise.reject(error('nacsis-unavailable'));
    await expectAsync(pool.use(handleOf)).toBeRejectedWith(jasmine.objectContaining({ code: 'nacsis-unavailable' }));
    open = login;
    expect(await pool.use(handleOf)).toBe('handle-1');
  });

  it('gives all of its handles back when it closes', async () => {
    const [first, second] = [held(), held()];
    const both = [pool.use(first.work), pool.use(second.work)];
    first.end();
    second.end();
    await Promise.all(both);
    await pool.close();
    expect(released.sort()).toEqual(['handle-1', 'handle-2']);
  });
});
