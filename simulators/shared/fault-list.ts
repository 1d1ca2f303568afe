interface Entry<F> {
  readonly fault: F;
  /** Number of matching calls that still pass before the fault takes effect. */
  passing: number;
  /** Number of uses that remain before the fault is removed. */
  left: number;
}

/** The faults of a simulator, in the order in which they were added. */
export class FaultList<
  F extends {
    /** Number of matching calls that pass before the fault takes effect. Default: 0. */
    readonly after?: number;
    /** Number of uses. Unlimited when absent. */
    readonly times?: number;
  },
> {
  private list: Entry<F>[] = [];

  add(fault: F): void {
    this.list.push({ fault, passing: fault.after ?? 0, left: fault.times ?? Number.POSITIVE_INFINITY });
  }

  clear(): void {
    this.list = [];
  }

  all(): readonly Pick<Readonly<Entry<F>>, 'fault' | 'left'>[] {
    return this.list;
  }

  /**
   * Returns the first fault that matches the call and is due. Consumes one use of the fault, and removes the fault
   * after its last use.
   */
  take(matches: (fault: F) => boolean): F | undefined {
    const matching = this.list.filter(({ fault }) => matches(fault));
    const due = matching.findIndex(({ passing }) => passing === 0);
    // When a fault applies, only the faults before it count this call as passed.
    for (const entry of due < 0 ? matching : matching.slice(0, due)) entry.passing -= 1;
    const entry = matching[due];
    if (!entry) return undefined;
    entry.left -= 1;
    if (entry.left <= 0) this.list = this.list.filter((other) => other !== entry);
    return entry.fault;
  }
}
