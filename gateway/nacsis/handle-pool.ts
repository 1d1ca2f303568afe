import { bulkhead, BulkheadRejectedError, type BulkheadPolicy } from 'cockatiel';
import { NacsisError } from './port';

/** A session with NACSIS-CAT/ILL: the handle and its first frame. */
export interface Session {
  readonly handle: string;
  readonly frame: string;
}

interface HandleSource {
  /** GETHANDLE. Throws `nacsis-login-refused` for a wrong account. */
  open(): Promise<Session>;
  /** RELEASEHANDLE. */
  release(session: Session): Promise<void>;
}

export interface HandlePoolSettings {
  readonly handlesPerAccount: number;
  readonly queueLimit: number;
  readonly handleIdleSeconds: number;
  readonly loginPauseSeconds: number;
}

interface Idle {
  readonly session: Session;
  readonly since: number;
}

/**
 * Thrown by the work when the server no longer knows its handle. The refusal changes nothing, so the work may run
 * again.
 */
export class HandleLost extends Error {
  override readonly name = 'HandleLost';
}

/** The handles of one account: opened on demand, reused, and used by one call at a time. */
export class HandlePool {
  readonly #source: HandleSource;
  readonly #settings: HandlePoolSettings;
  readonly #now: () => number;
  readonly #turns: BulkheadPolicy;
  #idle: Idle[] = [];
  #refused: { readonly error: NacsisError; readonly until: number } | undefined;

  constructor(source: HandleSource, settings: HandlePoolSettings, now: () => number = Date.now) {
    this.#source = source;
    this.#settings = settings;
    this.#now = now;
    this.#turns = bulkhead(settings.handlesPerAccount, settings.queueLimit);
  }

  /**
   * Runs the work on a handle. After `HandleLost`, runs the work once more on a new handle. A refusal keeps the handle;
   * any other error ends it.
   */
  async use<T>(work: (session: Session) => Promise<T>): Promise<T> {
    try {
      return await this.#turns.execute(async () => {
        try {
          return await this.#on(await this.#take(), work);
        } catch (error) {
          if (!(error instanceof HandleLost)) throw error;
          this.#idle = [];
          return await this.#on(await this.#open(), work);
        }
      });
    } catch (error) {
      if (error instanceof BulkheadRejectedError)
        throw new NacsisError('nacsis-unavailable', 'nothing', 'too many calls wait for NACSIS-ILL', { cause: error });
      if (error instanceof HandleLost)
        throw new NacsisError('nacsis-unavailable', 'nothing', 'NACSIS-ILL does not keep its handles', {
          cause: error,
        });
      throw error;
    }
  }

  /** Releases every idle handle and ignores errors. */
  async close(): Promise<void> {
    const idle = this.#idle;
    this.#idle = [];
    await Promise.allSettled(idle.map(({ session }) => this.#source.release(session)));
  }

  async #on<T>(session: Session, work: (session: Session) => Promise<T>): Promise<T> {
    try {
      const result = await work(session);
      this.#idle.push({ session, since: this.#now() });
      return result;
    } catch (error) {
      // After a refusal the handle is still valid; after a cut or a timeout it cannot be trusted.
      if (error instanceof NacsisError && error.code === 'nacsis-rejected')
        this.#idle.push({ session, since: this.#now() });
      throw error;
    }
  }

  async #take(): Promise<Session> {
    const oldest = this.#now() - this.#settings.handleIdleSeconds * 1000;
    const stale = this.#idle.filter(({ since }) => since < oldest);
    this.#idle = this.#idle.filter(({ since }) => since >= oldest);
    void Promise.allSettled(stale.map(({ session }) => this.#source.release(session)));
    return this.#idle.pop()?.session ?? (await this.#open());
  }

  async #open(): Promise<Session> {
    if (this.#refused !== undefined && this.#now() < this.#refused.until) throw this.#refused.error;
    this.#refused = undefined;
    try {
      return await this.#source.open();
    } catch (error) {
      if (error instanceof NacsisError && error.code === 'nacsis-login-refused') {
        this.#refused = { error, until: this.#now() + this.#settings.loginPauseSeconds * 1000 };
      }
      throw error;
    }
  }
}
