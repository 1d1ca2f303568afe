/** Counts by name, for the test controls. */
export class Counters {
  private counts = new Map<string, number>();

  count(name: string, number = 1): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + number);
  }

  /** Sorted by name. */
  all(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.counts].sort(([left], [right]) => left.localeCompare(right)));
  }

  clear(): void {
    this.counts = new Map();
  }
}
