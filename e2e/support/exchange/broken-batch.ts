import { setTimeout as pause } from 'node:timers/promises';
import type { Exchange } from './exchange';
import type { BatchKind } from './exchange-kinds';
import { meaningOf, pauseAfter, type Librarian, type Reply } from './librarian';

/** Maximum number of repetitions of one batch. */
const REPEATS = 40;

/** Repeats the batch with the same key until each row is done, as the app does with failed rows. */
export async function runBatch(librarian: Librarian, { body }: BatchKind, rows: readonly Exchange[]): Promise<void> {
  const key = librarian.newKey();
  const items = rows.map(({ id, version }) => ({ id, version }));
  for (let repeat = 0; repeat < REPEATS && rows.some(({ hasSucceeded }) => !hasSucceeded); repeat += 1) {
    const replies = await librarian.batch({ ...body, items }, key);
    for (const row of rows) {
      const reply = replies.get(row.id);
      if (reply !== undefined) await row.hear(reply);
    }
    await pause(longestPause([...replies.values()]));
  }
  for (const row of rows) row.mustHaveSucceeded();
}

function longestPause(replies: readonly Reply[]): number {
  return Math.max(0, ...replies.filter((reply) => meaningOf(reply) !== 'done').map(pauseAfter));
}
