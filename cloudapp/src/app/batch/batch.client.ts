import { inject, Injectable } from '@angular/core';
import { catchError, concat, concatMap, defer, filter, map, of, takeWhile, throwError, type Observable } from 'rxjs';
import type { Batch, BatchEnd, BatchResult } from '../../domain/api/batch';
import { AppError } from '../core/app-error';
import { GatewayHttp } from '../core/gateway.http';
import { errorFromProblem } from '../core/problem';

/** The result of a row, its problem converted to an AppError. */
export type RowResult =
  Extract<BatchResult, { readonly ok: true }> | { readonly id: string; readonly ok: false; readonly error: AppError };

/** POST /actions: one action on many requests. Unsubscribing disconnects, and the gateway stops before the next row. */
@Injectable({ providedIn: 'root' })
export class BatchClient {
  private readonly http = inject(GatewayHttp);

  /**
   * Emits each row's result as it arrives. Completes when every row has a result and the gateway has sent the end line;
   * any other end is an AppError. After `outcome-unknown` or `gateway-unreachable`, send the rows without a result
   * again under the same `key`; the repetition has no second effect.
   */
  run(batch: Batch, key: string): Observable<RowResult> {
    return defer(() => {
      const open = new Set(batch.items.map(({ id }) => id));
      const text = this.http.text('POST', ['actions'], { accept: 'application/x-ndjson', body: batch, key });
      return concat(
        linesIn(text),
        defer(() => throwError(() => new AppError('outcome-unknown'))),
      ).pipe(
        map((line) => JSON.parse(line) as BatchResult | BatchEnd),
        takeWhile((line) => !('done' in line) || open.size > 0),
        map((line) => {
          if ('done' in line || !open.delete(line.id)) throw new AppError('outcome-unknown');
          return line.ok ? line : { id: line.id, ok: false as const, error: errorFromProblem(line.problem) };
        }),
        // The error omits the line itself, which may contain names.
        catchError((error: unknown) =>
          throwError(() => (error instanceof AppError ? error : new AppError('outcome-unknown'))),
        ),
      );
    });
  }
}

/** Emits the lines without line ends, wherever the text was cut. Skips empty lines. */
function linesIn(pieces$: Observable<string>): Observable<string> {
  return defer(() => {
    let rest = '';
    const lines$ = pieces$.pipe(
      concatMap((piece) => {
        const lines = (rest + piece).split(/\r?\n/);
        rest = lines.pop() ?? '';
        return lines;
      }),
    );
    return concat(
      lines$,
      defer(() => of(rest)),
    ).pipe(filter((line) => line.trim() !== ''));
  });
}
