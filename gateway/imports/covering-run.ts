import type { NewRun, RunRow } from './import-runs-store';

/** Whether the run, which has not ended, does at least what is wanted. */
export function covers(run: RunRow, { libraries, full = false, dryRun = false, only }: NewRun): boolean {
  if (run.cancelling || run.dry_run !== dryRun) return false;
  if (run.only !== null || only !== undefined) return isSameRequest(run.only, only);
  return (run.full || !full) && libraries.every((library) => run.libraries.includes(library));
}

function isSameRequest(one: RunRow['only'], other: NewRun['only']): boolean {
  return one !== null && other !== undefined && one.side === other.side && one.id === other.id;
}
