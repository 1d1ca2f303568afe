import { BrokenCircuitError, circuitBreaker, ConsecutiveBreaker, handleWhen, type CircuitBreakerPolicy } from 'cockatiel';
import { CatpError } from '#catp/errors';
import { loginHeader } from '#catp/login';
import { CATP_VERSION, DUMMY_FRAME, DUMMY_HANDLE, type CatpMethod } from '#catp/names';
import { isRefusal, isSuccess, STATUS } from '#catp/status';
import type { CatpHeaders, CatpResponse } from '#catp/types';
import { HandleLost, HandlePool, type Session } from './handle-pool';
import { NacsisError, type NacsisAccount } from './port';
import type { NacsisSettings } from './settings';
import type { CatpTransport } from './transport';

export interface Call {
  readonly method: CatpMethod;
  readonly headers?: CatpHeaders;
  readonly body?: string;
}
export type Send = (call: Call) => Promise<CatpResponse>;

/** Longest text of NACSIS-ILL's own that is carried into an error. */
const MAX_WORDS = 500;

/** Calls on behalf of an account: handle, circuit breaker, and NACSIS-ILL's status turned into a typed error. */
export class CatpCaller {
  readonly #transport: CatpTransport;
  readonly #settings: NacsisSettings;
  readonly #now: () => number;
  readonly #breaker: CircuitBreakerPolicy;
  readonly #pools = new Map<string, HandlePool>();

  constructor(transport: CatpTransport, settings: NacsisSettings, now: () => number = Date.now) {
    this.#transport = transport;
    this.#settings = settings;
    this.#now = now;
    this.#breaker = circuitBreaker(handleWhen((error) => error instanceof NacsisError && error.code === 'nacsis-unavailable'), {
      halfOpenAfter: settings.breakerPauseSeconds * 1000,
      breaker: new ConsecutiveBreaker(settings.breakerFailures),
    });
  }

  /** One call. Resolves with a successful answer only (2xx, or 300 with a warning). */
  async call(account: NacsisAccount, call: Call): Promise<CatpResponse> {
    return this.session(account, (send) => send(call));
  }

  /** Several calls on one handle, for those that build on a result set. */
  async session<T>(account: NacsisAccount, work: (send: Send) => Promise<T>): Promise<T> {
    return this.#pool(account).use((session) => work((call) => this.#send(session, call)));
  }

  async close(): Promise<void> {
    await Promise.allSettled([...this.#pools.values()].map((pool) => pool.close()));
    await this.#transport.close();
  }

  #pool(account: NacsisAccount): HandlePool {
    const known = this.#pools.get(account.memberId);
    if (known !== undefined) return known;
    const source = { open: () => this.#logIn(account), release: (session: Session) => this.#release(session) };
    const pool = new HandlePool(source, this.#settings, this.#now);
    this.#pools.set(account.memberId, pool);
    return pool;
  }

  async #logIn(account: NacsisAccount): Promise<Session> {
    const headers = loginOf(account);
    // Whatever became of an attempt to log in, no command was done.
    const answer = await this.#exchange({ handle: DUMMY_HANDLE, frame: DUMMY_FRAME }, { method: 'GETHANDLE', headers }).catch((error: unknown) => {
      if (error instanceof NacsisError && error.effect === 'unknown') throw new NacsisError(error.code, 'nothing', error.message, { cause: error });
      throw error;
    });
    if (isSuccess(answer.status)) return { handle: answer.handle, frame: answer.frame };
    if (isRefusal(answer.status)) throw new NacsisError('nacsis-login-refused', 'nothing', 'NACSIS-ILL refuses the account of this library', { nacsis: wordsOf(answer) });
    throw new NacsisError('nacsis-unavailable', 'nothing', 'NACSIS-ILL cannot log in now', { nacsis: wordsOf(answer) });
  }

  async #release(session: Session): Promise<void> {
    await this.#exchange(session, { method: 'RELEASEHANDLE' });
  }

  async #send(session: Session, call: Call): Promise<CatpResponse> {
    const answer = await this.#exchange(session, call);
    if (isSuccess(answer.status)) return answer;
    if (answer.status === STATUS.noSuchHandle.code) throw new HandleLost('the handle is not known any more');
    const nacsis = wordsOf(answer);
    if (isRefusal(answer.status)) throw new NacsisError('nacsis-rejected', 'nothing', 'NACSIS-ILL refused the request', { nacsis });
    throw new NacsisError('nacsis-unavailable', 'unknown', 'NACSIS-ILL reports a fault of its own', { nacsis, how: 'malformed' });
  }

  async #exchange(session: Session, call: Call): Promise<CatpResponse> {
    const message = { ...session, method: call.method, version: CATP_VERSION, headers: call.headers ?? [], body: call.body ?? '' };
    try {
      return await this.#breaker.execute(() => this.#transport.exchange(message));
    } catch (error) {
      if (error instanceof BrokenCircuitError) throw new NacsisError('nacsis-unavailable', 'nothing', 'NACSIS-ILL has not answered lately and is left alone for a while', { cause: error });
      throw error;
    }
  }
}

function loginOf(account: NacsisAccount): CatpHeaders {
  try {
    return [loginHeader(account)];
  } catch (error) {
    if (error instanceof CatpError) throw new NacsisError('nacsis-login-refused', 'nothing', 'the account of this library cannot be written in CATP');
    throw error;
  }
}

function wordsOf(answer: CatpResponse): { readonly status: string; readonly message: string } {
  const message = answer.body.trim() === '' ? answer.reason : answer.body.trim();
  return { status: answer.status, message: message.slice(0, MAX_WORDS) };
}
