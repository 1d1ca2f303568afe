import { ExponentialBackoff, handleWhenResult, retry } from 'cockatiel';
import { CallLimits } from './call-limits';
import { AlmaError, type AlmaAccess, type AlmaFault, type AlmaPort } from './port';
import type { AlmaSettings } from './settings';
import { AlmaTransport, type AlmaCall } from './transport';
import { verdictOn, type Verdict } from './verdict';

/** Observes one exchange with Alma, for metrics. A repeated call is observed again. */
export type ObserveAlma = (call: keyof AlmaPort, outcome: 'answered' | AlmaFault, seconds: number) => void;

/** Number of attempts, and pauses before a repeat in milliseconds. The pauses grow, with jitter. */
export interface AlmaRetries {
  readonly attempts: number;
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
}
const ALMA_RETRIES: AlmaRetries = { attempts: 4, firstPauseMs: 500, longestPauseMs: 8_000 };

/** Calls Alma within its limits, and repeats a call when that is safe. Throws only `AlmaError`. */
export class AlmaCaller {
  readonly #transport: AlmaTransport;
  readonly #limits: CallLimits;
  readonly #retry;

  constructor(
    settings: AlmaSettings,
    private readonly observe: ObserveAlma = () => undefined,
    private readonly now: () => number = Date.now,
    { attempts, firstPauseMs, longestPauseMs }: AlmaRetries = ALMA_RETRIES,
  ) {
    this.#transport = new AlmaTransport(settings);
    this.#limits = new CallLimits(settings);
    this.#retry = retry(handleWhenResult(mayGoAgain), {
      maxAttempts: attempts,
      backoff: new ExponentialBackoff({ initialDelay: firstPauseMs, maxDelay: longestPauseMs }),
    });
  }

  /** Resolves to the JSON of the answer; undefined for a DELETE. */
  async call(access: AlmaAccess, call: AlmaCall): Promise<unknown> {
    if (!hasPath(call)) throw new AlmaError('refused', 'this cannot be the id of anything in Alma');
    const verdict = await this.#retry.execute(() =>
      this.#limits.within(access.institution, () => this.#send(access, call)),
    );
    if ('error' in verdict) throw verdict.error;
    return verdict.json;
  }

  /** Like `call`, but resolves to undefined when Alma answers with one of these codes, or when an id cannot exist. */
  async find(access: AlmaAccess, call: AlmaCall, noSuch: readonly string[]): Promise<unknown> {
    if (!hasPath(call)) return undefined;
    try {
      return await this.call(access, call);
    } catch (error) {
      const code = error instanceof AlmaError && error.fault === 'refused' ? error.details.code : undefined;
      if (code !== undefined && noSuch.includes(code)) return undefined;
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#transport.close();
  }

  async #send({ apiKey }: AlmaAccess, call: AlmaCall): Promise<Verdict> {
    // Checked right before sending, because the call may have waited for the limits.
    if (call.notAfter !== undefined && this.now() > call.notAfter)
      return { error: new AlmaError('unavailable', 'it is too late to send this to Alma'), again: false };
    const started = performance.now();
    const verdict = verdictOn(await this.#transport.exchange(apiKey, call), call);
    const outcome = 'error' in verdict ? verdict.error.fault : 'answered';
    this.observe(call.name, outcome, (performance.now() - started) / 1000);
    return verdict;
  }
}

function mayGoAgain(verdict: unknown): boolean {
  return typeof verdict === 'object' && verdict !== null && 'again' in verdict && verdict.again === true;
}

/** An empty id, `.` or `..` would change the URL, for example to that of a list. */
function hasPath({ path }: AlmaCall): boolean {
  return path.every((part) => !/^\s*$|^\.{1,2}$|\p{Surrogate}/u.test(part));
}
