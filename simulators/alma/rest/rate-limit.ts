/** Alma's threshold for calls with an API key, per institution and second. */
export const CALLS_PER_SECOND = 25;

/** Counts the calls of the last second, per institution. */
export class RateLimit {
  private calls = new Map<string, number[]>();

  constructor(
    private readonly now: () => number,
    public perSecond: number = CALLS_PER_SECOND,
  ) {}

  /** False when the call is one too many. A refused call does not count. */
  admit(institution: string): boolean {
    const now = this.now();
    const recent = (this.calls.get(institution) ?? []).filter((at) => at > now - 1000);
    const admitted = recent.length < this.perSecond;
    if (admitted) recent.push(now);
    this.calls.set(institution, recent);
    return admitted;
  }

  clear(): void {
    this.calls = new Map();
  }
}
