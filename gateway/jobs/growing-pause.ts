/** The pause after a first failure, in milliseconds; each later one is twice as long. */
const FIRST_MS = 5_000;
const LONGEST_MS = 300_000;

/** Milliseconds until the next attempt, after this many failures (from 1); at most `longestMs`. */
export function growingPause(failures: number, longestMs = LONGEST_MS): number {
  return Math.min(FIRST_MS * 2 ** (failures - 1), longestMs);
}
