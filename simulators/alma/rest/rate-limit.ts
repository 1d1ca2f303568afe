/** Alma's limit for calls with an API key, per institution and second. */
export const CALLS_PER_SECOND = 25;
/** Alma's daily limit depends on the contract; this value is ours. */
export const CALLS_PER_DAY = 100_000;

const DAY = 86_400_000;

type Threshold = 'PER_SECOND_THRESHOLD' | 'DAILY_THRESHOLD';

interface Calls {
  /** Times of the calls of the last second, in milliseconds. */
  readonly recent: readonly number[];
  /** Day number (UTC) and the number of calls on that day. */
  readonly day: number;
  readonly today: number;
}
const NONE: Calls = { recent: [], day: -1, today: 0 };

/** Counts the calls of the last second and of the day per institution. */
export class RateLimit {
  private calls = new Map<string, Calls>();
  perSecond = CALLS_PER_SECOND;
  perDay = CALLS_PER_DAY;

  constructor(private readonly now: () => number) {}

  /** The limit that the call would exceed, if any. Refused calls are not counted. */
  admit(institution: string): Threshold | undefined {
    const now = this.now();
    const { recent, day, today } = this.of(institution);
    if (today >= this.perDay) return 'DAILY_THRESHOLD';
    if (recent.length >= this.perSecond) return 'PER_SECOND_THRESHOLD';
    this.calls.set(institution, { recent: [...recent, now], day, today: today + 1 });
    return undefined;
  }

  /** The number of calls that the institution has left today. */
  remaining(institution: string): number {
    return Math.max(0, this.perDay - this.of(institution).today);
  }

  clear(): void {
    this.calls = new Map();
  }

  private of(institution: string): Calls {
    const now = this.now();
    const day = Math.floor(now / DAY);
    const { recent, ...known } = this.calls.get(institution) ?? NONE;
    return { recent: recent.filter((at) => at > now - 1000), day, today: known.day === day ? known.today : 0 };
  }
}
