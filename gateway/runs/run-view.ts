import type { ImportedRequest, ImportRun, Totals } from '#domain/api/imports';
import type { Outcome } from '#domain/imports/import';
import type { Side } from '#domain/ill/kinds';
import type { Count, ReportRow } from './items-store';
import type { RunRow } from './runs-store';

/** A run as the API returns it. `reading`: number of records that the current reading has read. */
export function runView(run: RunRow, counts: readonly Count[], reading = 0): ImportRun {
  const isRead = run.only !== null || run.libraries.every((library) => run.libraries_read.includes(library));
  const total = counts.reduce((sum, { number }) => sum + number, 0);
  const totals = totalsOf(counts);
  return {
    runId: run.run_id,
    state: run.state,
    ...(run.state === 'running' ? { phase: phaseOf(run, isRead) } : {}),
    libraries: run.libraries,
    trigger: run.trigger,
    ...(run.started_by === null ? {} : { startedBy: run.started_by }),
    full: run.full,
    dryRun: run.dry_run,
    ...(run.retry_of === null ? {} : { retryOf: run.retry_of }),
    requestedAt: run.requested_at.toISOString(),
    ...(run.started_at === null ? {} : { startedAt: run.started_at.toISOString() }),
    ...(run.finished_at === null ? {} : { finishedAt: run.finished_at.toISOString() }),
    resumed: run.resumed,
    isCancelling: run.cancelling && run.finished_at === null,
    ...waitingView(run),
    progress: { read: run.records_read + reading, ...(isRead ? { due: total } : {}), done: totals.processed },
    totals,
    ...(run.failure === null ? {} : { failure: run.failure }),
    configuration: run.configuration,
    ...(run.checked === null ? {} : { check: run.checked }),
  };
}

function phaseOf(run: RunRow, isRead: boolean): NonNullable<ImportRun['phase']> {
  if (run.wait_until !== null) return 'waiting';
  return isRead ? 'importing' : 'reading';
}

function waitingView({ wait_code: code, wait_until: until }: RunRow): Pick<ImportRun, 'waiting'> {
  return code === null || until === null ? {} : { waiting: { code, until: until.toISOString() } };
}

/** A request of a run as the report shows it. The id of an unreadable record is empty. */
export function importedView(row: ReportRow): ImportedRequest {
  return {
    library: row.library,
    side: row.side,
    id: row.id.startsWith('?') ? '' : row.id,
    ...(row.kind === null ? {} : { kind: row.kind }),
    ...(row.title === null || row.title === '' ? {} : { title: row.title }),
    ...(row.outcome === null ? {} : { outcome: row.outcome }),
    changes: row.changes,
    ...(row.failure === null ? {} : { failure: row.failure }),
    ...(row.retried_in === null ? {} : { retriedIn: row.retried_in }),
  };
}

/** The totals of the report. */
function totalsOf(counts: readonly Count[]): Totals {
  const sum = (fits: (count: Count & { readonly outcome: Outcome }) => boolean) =>
    counts.reduce(
      (total, { outcome, ...count }) => total + (outcome !== null && fits({ ...count, outcome }) ? count.number : 0),
      0,
    );
  const ofSide = (wanted: Side) => {
    const processed = sum(({ side }) => side === wanted);
    const failed = sum(({ side, outcome }) => side === wanted && outcome === 'failed');
    return { processed, succeeded: processed - failed, failed };
  };
  const of = (wanted: Outcome) => sum(({ outcome }) => outcome === wanted);
  return {
    processed: sum(() => true),
    borrowing: ofSide('borrower'),
    lending: ofSide('lender'),
    created: of('created'),
    updated: of('updated'),
    statusChanged: of('status-changed'),
    unchanged: of('unchanged'),
    failed: of('failed'),
  };
}
