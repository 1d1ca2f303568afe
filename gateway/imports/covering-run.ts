import type { NewRun, RunRow } from './import-runs-store';

/** Whether the run, which has not ended, does at least what is wanted. */
export function covers(run: RunRow, { libraries, full = false, dryRun = false, only }: NewRun): boolean {
  if (run.only !== null || only !== undefined) return isSameRequest(run.only, only) && !run.cancelling;
  const isWhole = libraries.every((library) => run.libraries.includes(library));
  return isWhole && (run.full || !full) && run.dry_run === dryRun && !run.cancelling;
}

function isSameRequest(one: RunRow['only'], other: NewRun['only']): boolean {
  return one !== null && other !== undefined && one.side === other.side && one.id === other.id;
}
