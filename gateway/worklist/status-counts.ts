import type { Counts } from '#domain/api/work-list';
import { KINDS, SIDES } from '#domain/ill/kinds';
import { stateByWire, STATES } from '#domain/ill/states';
import type { LibraryConfig } from '../config';
import type { NacsisPort } from '../nacsis/port';

/** Milliseconds during which the same numbers are returned again, so that frequent polling costs little. */
const KEEP_MS = 5_000;

interface Kept {
  readonly until: number;
  readonly counts: Promise<Counts>;
}

/** Number of a library's requests by state, as NACSIS-ILL counts them (INDEXLIST, GL 3.4). */
export class StatusCounts {
  readonly #nacsis: NacsisPort;
  readonly #now: () => Date;
  readonly #kept = new Map<string, Kept>();

  constructor(nacsis: NacsisPort, now: () => Date) {
    this.#nacsis = nacsis;
    this.#now = now;
  }

  /** Throws a `NacsisError` when one of the four files does not answer: partial numbers would look complete. */
  async of({ code, account }: LibraryConfig): Promise<Counts> {
    const now = this.#now();
    const kept = this.#kept.get(account.memberId);
    if (kept !== undefined && kept.until > now.getTime()) return { ...(await kept.counts), library: code };
    const counts = this.#read(code, account, now);
    this.#kept.set(account.memberId, { until: now.getTime() + KEEP_MS, counts });
    counts.catch(() => this.#kept.delete(account.memberId));
    return counts;
  }

  async #read(library: string, account: LibraryConfig['account'], now: Date): Promise<Counts> {
    const files = SIDES.flatMap((side) => KINDS.map((kind) => ({ side, kind })));
    const read = await Promise.all(
      files.map(async ({ side, kind }) => {
        const counts = await this.#nacsis.countsByStatus(account, kind, side);
        return [...counts].map(([externalStatus, count]) => {
          const state = stateByWire(externalStatus) ?? null;
          const waitsForUs = state !== null && STATES[state].mustAct === side;
          return { side, kind, state, externalStatus, count, waitsForUs };
        });
      }),
    );
    return { library, at: now.toISOString(), counts: read.flat().filter(({ count }) => count > 0) };
  }
}
