import type { NacsisSim } from './nacsis-sim';

export type Counts = Readonly<Record<string, number>>;

/** Time in milliseconds without a message to NACSIS-ILL after which nothing is considered in progress. */
const QUIET = 700;

/** The messages that NACSIS-ILL counted during `act`. Waits before and after it until no message is in progress. */
export async function messagesOf(nacsis: NacsisSim, act: () => Promise<void>): Promise<Counts> {
  const before = await settled(nacsis);
  await act();
  const after = await settled(nacsis);
  const more = Object.entries(after).map(([name, count]) => [name, count - (before[name] ?? 0)] as const);
  return Object.fromEntries(more.filter(([, count]) => count !== 0));
}

async function settled(nacsis: NacsisSim): Promise<Counts> {
  for (;;) {
    const counts = await nacsis.counters();
    await new Promise((resolve) => setTimeout(resolve, QUIET));
    if (JSON.stringify(await nacsis.counters()) === JSON.stringify(counts)) return counts;
  }
}
