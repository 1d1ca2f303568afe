import {
  BrokenCircuitError,
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  handleWhen,
  type CircuitBreakerPolicy,
} from 'cockatiel';
import { CatpError } from '#catp/errors';
import { loginHeader } from '#catp/login';
import { CATP_VERSION, DUMMY_FRAME, DUMMY_HANDLE, type CatpMethod } from '#catp/names';
import { isRefusal, isSuccess, STATUS } from '#catp/status';
import type { CatpHeaders, CatpResponse } from '#catp/types';
import { onOneLine } from '#domain/ill/sendable-text';
import { HandleLost, HandlePool, type Session } from './handle-pool';
import { NacsisError, type NacsisAccount } from './port';
import type { NacsisSettings } from './settings';
import type { CatpTransport } from './transport';

export interface Call {
  readonly method: CatpMethod;
  readonly headers?: CatpHeaders;
  readonly body?: string;
  /** Milliseconds; the call is not sent after this time. */
  readonly notAfter?: number;
}
export type Send = (call: Call) => Promise<CatpResponse>;

/** Maximum number of characters of NACSIS-ILL's status phrase in an error. */
const MAX_PHRASE = 300;

/**
 * Calls on behalf of an account: manages handles and the circuit breaker, and turns NACSIS-ILL's status into a typed
 * error.
 */
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
    this.#breaker = circuitBreaker(handleWhen(isSilence), {
      halfOpenAfter: settings.breakerPauseSeconds * 1000,
      breaker: new ConsecutiveBreaker(settings.breakerFailures),
    });
  }

  /** One call. Resolves only for a successful answer (2xx, or 300 with a warning). */
  async call(account: NacsisAccount, call: Call): Promise<CatpResponse> {
    return this.session(account, (send) => send(call));
  }

  /** Several calls on one handle, for calls that use a result set. */
  async session<T>(account: NacsisAccount, work: (send: Send) => Promise<T>): Promise<T> {
    const run = async () => {
      // Starts in a later turn, because cockatiel sets the breaker to half-open only after the trial has begun.
      await Promise.resolve();
      return this.#pool(account).use((session) => work((call) => this.#send(session, call)));
    };
    try {
      // The breaker covers login and calls, since a successful login says nothing about the calls after it.
      return await this.#breaker.execute(run);
    } catch (error) {
      throw error instanceof BrokenCircuitError ? leftAlone() : error;
    }
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
    const login = { method: 'GETHANDLE', headers: loginOf(account) } as const;
    const answer = await this.#exchange({ handle: DUMMY_HANDLE, frame: DUMMY_FRAME }, login).catch(withoutEffect);
    if (isSuccess(answer.status)) return { handle: answer.handle, frame: answer.frame };
    const words = { nacsis: wordsOf(answer) };
    throw isRefusal(answer.status)
      ? new NacsisError('nacsis-login-refused', 'nothing', 'NACSIS-ILL refuses the account of this library', words)
      : new NacsisError('nacsis-unavailable', 'nothing', 'NACSIS-ILL cannot log in now', words);
  }

  async #release(session: Session): Promise<void> {
    await this.#exchange(session, { method: 'RELEASEHANDLE' });
  }

  async #send(session: Session, call: Call): Promise<CatpResponse> {
    if (call.notAfter !== undefined && this.#now() > call.notAfter)
      throw new NacsisError('nacsis-unavailable', 'nothing', 'the call has waited too long for its turn');
    const answer = await this.#exchange(session, call);
    if (isSuccess(answer.status)) return answer;
    if (answer.status === STATUS.noSuchHandle.code) throw new HandleLost('the handle is not known any more');
    const nacsis = wordsOf(answer);
    if (isRefusal(answer.status))
      throw new NacsisError('nacsis-rejected', 'nothing', 'NACSIS-ILL refused the request', { nacsis });
    const details = { nacsis, how: 'malformed' } as const;
    throw new NacsisError('nacsis-unavailable', 'unknown', 'NACSIS-ILL reports a fault of its own', details);
  }

  async #exchange(session: Session, { method, headers = [], body = '' }: Call): Promise<CatpResponse> {
    // Refuses calls that were waiting when the breaker opened.
    if (this.#breaker.state === CircuitState.Open) throw leftAlone();
    return this.#transport.exchange({ ...session, method, version: CATP_VERSION, headers, body });
  }
}

/** True when NACSIS-ILL was unreachable or did not answer; false after an answer of any kind. */
function isSilence(error: unknown): boolean {
  return error instanceof NacsisError && ['unreached', 'cut', 'timeout'].includes(error.details.how ?? '');
}

function leftAlone(): NacsisError {
  const message = 'NACSIS-ILL has not answered lately and is left alone for a while';
  return new NacsisError('nacsis-unavailable', 'nothing', message);
}

/** Throws the error with the effect `nothing`: no command was done, whatever happened during the login. */
function withoutEffect(error: unknown): never {
  if (!(error instanceof NacsisError)) throw error;
  throw new NacsisError(error.code, 'nothing', error.message, { ...error.details, cause: error });
}

function loginOf(account: NacsisAccount): CatpHeaders {
  try {
    return [loginHeader(account)];
  } catch (error) {
    if (error instanceof CatpError)
      throw new NacsisError('nacsis-login-refused', 'nothing', 'the account of this library cannot be written in CATP');
    throw error;
  }
}

/**
 * Returns only code and phrase of the status line. The body of a refusal may contain the whole record including the
 * patron, and is not passed on.
 */
function wordsOf({ status, reason }: CatpResponse): { readonly status: string; readonly message: string } {
  return { status, message: onOneLine(reason).trim().slice(0, MAX_PHRASE) };
}
