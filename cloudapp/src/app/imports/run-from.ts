import type { ImportRun, Totals } from '../../domain/api/imports';
import { RUN_STATES } from '../../domain/imports/import';

/** Parses the run of an event; undefined when invalid or another run. */
export function runFrom(text: string, runId: string): ImportRun | undefined {
  const run = objectFrom(text) as Partial<ImportRun>;
  const isWhole =
    run.runId === runId &&
    RUN_STATES.some((state) => state === run.state) &&
    Array.isArray(run.libraries) &&
    Array.isArray(run.configuration) &&
    areNumbers(run.progress, ['read', 'done']) &&
    areTotals(run.totals);
  return isWhole ? (run as ImportRun) : undefined;
}

function areTotals(totals: Partial<Totals> | undefined): boolean {
  const sides = [totals?.borrowing, totals?.lending];
  return (
    areNumbers(totals, ['processed', 'created', 'updated', 'statusChanged', 'unchanged', 'failed']) &&
    sides.every((side) => areNumbers(side, ['processed', 'succeeded', 'failed']))
  );
}

function areNumbers(value: unknown, names: readonly string[]): boolean {
  const record = objectOf(value);
  return names.every((name) => Number.isFinite(record[name]));
}

function objectFrom(text: string): Readonly<Record<string, unknown>> {
  try {
    return objectOf(JSON.parse(text));
  } catch {
    return {};
  }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
