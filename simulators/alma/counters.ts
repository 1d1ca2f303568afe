/**
 * Counts the calls of each endpoint and host message, for example `GET /almaws/v1/bibs/:mmsId` and `message INIT_DATA`.
 */
export class Counters {
  private counts = new Map<string, number>();

  count(name: string): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
  }

  all(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.counts].sort(([left], [right]) => left.localeCompare(right)));
  }

  clear(): void {
    this.counts = new Map();
  }
}
