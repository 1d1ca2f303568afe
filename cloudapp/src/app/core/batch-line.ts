import { HttpErrorResponse } from '@angular/common/http';
import type { BatchResult } from '../../domain/api/batch';
import { STATE_IDS, type StateId } from '../../domain/ill/states';
import { AppError } from './app-error';
import { errorFromResponse } from './problem';

/** The result of a row, its problem converted to an AppError. */
export type RowResult =
  Extract<BatchResult, { readonly ok: true }> | { readonly id: string; readonly ok: false; readonly error: AppError };
/** A line of the batch response: a row result, or the end. */
export type BatchLine = RowResult | 'end';

/**
 * Parses one line of the response (BatchResult or BatchEnd of the contract).
 * @throws AppError `outcome-unknown` for any other line
 */
export function batchLineFrom(text: string): BatchLine {
  const line = objectFrom(text);
  if (typeof line['done'] === 'object' && line['done'] !== null) return 'end';
  const { id, ok, problem } = line;
  if (typeof id !== 'string') throw unreadable(text);
  if (ok === false && typeof problem === 'object' && problem !== null) return { id, ok, error: errorFromRow(problem) };
  const { from, to, externalStatus, version } = line;
  if (ok !== true || !isState(from) || !isState(to)) throw unreadable(text);
  if (typeof externalStatus !== 'string' || typeof version !== 'number') throw unreadable(text);
  return { id, ok, from, to, externalStatus, version };
}

/** A problem document within a line is read like one that is the whole response. */
function errorFromRow(problem: object): AppError {
  const { status } = problem as { readonly status?: unknown };
  return errorFromResponse(
    new HttpErrorResponse({ error: problem, status: typeof status === 'number' ? status : 500 }),
  );
}

function objectFrom(text: string): Readonly<Record<string, unknown>> {
  try {
    const line: unknown = JSON.parse(text);
    if (typeof line === 'object' && line !== null) return line as Readonly<Record<string, unknown>>;
  } catch {
    // reported below
  }
  throw unreadable(text);
}

function isState(value: unknown): value is StateId | null {
  return value === null || STATE_IDS.some((id) => id === value);
}

/** The error omits the line itself, which may contain names. */
function unreadable(text: string): AppError {
  return new AppError('outcome-unknown', {}, { cause: `a line of ${String(text.length)} characters cannot be read` });
}
