import { bulkhead } from 'cockatiel';
import pThrottle from 'p-throttle';
import type { AlmaSettings } from './settings';

type Work = () => Promise<unknown>;
type Within = (work: Work) => Promise<unknown>;

const SECOND_MS = 1000;

/**
 * Keeps the calls of each institution below Alma's limits; further calls wait. The throttle runs inside the bulkhead,
 * so a call is sent as soon as its second has room. Alma then receives within any second at most `callsPerSecond` calls
 * sent in that second, and `atATime` calls that were under way before.
 */
export class CallLimits {
  readonly #settings: Pick<AlmaSettings, 'callsPerSecond' | 'atATime'>;
  readonly #institutions = new Map<string, Within>();

  constructor(settings: Pick<AlmaSettings, 'callsPerSecond' | 'atATime'>) {
    this.#settings = settings;
  }

  async within<T>(institution: string, work: () => Promise<T>): Promise<T> {
    return (await this.#limit(institution)(work)) as T;
  }

  #limit(institution: string): Within {
    const known = this.#institutions.get(institution);
    if (known !== undefined) return known;
    const { callsPerSecond, atATime } = this.#settings;
    const slots = bulkhead(atATime, Infinity);
    const paced = pThrottle({ limit: callsPerSecond, interval: SECOND_MS, strict: true })((work: Work) => work());
    const limit: Within = (work) => slots.execute(() => paced(work));
    this.#institutions.set(institution, limit);
    return limit;
  }
}
