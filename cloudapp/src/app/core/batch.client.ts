import { inject, Injectable } from '@angular/core';
import type { Observable } from 'rxjs';
import type { Batch } from '../../domain/api-batch';
import { AppError } from './app-error';
import { batchLineFrom, type RowResult } from './batch-line';
import { GatewayStream } from './gateway-stream';
import { linesIn } from './response-text';

/** POST /actions: one action on many requests. Who stops listening hangs up, and the gateway ends before the next row. */
@Injectable({ providedIn: 'root' })
export class BatchClient {
  private readonly stream = inject(GatewayStream);

  /**
   * Each row's result as it comes; completes when every row has one and the gateway has said that it is done. Any other end is an
   * AppError. Of the rows without a result `outcome-unknown` and `gateway-unreachable` then say nothing: the same rows are to be
   * sent again under the same `key`, which does nothing twice.
   */
  run(batch: Batch, key: string): Observable<RowResult> {
    return this.stream.open({
      method: 'POST',
      path: ['actions'],
      headers: { 'Content-Type': 'application/json', 'Accept': 'application/x-ndjson', 'Idempotency-Key': key },
      body: batch,
      read: (response) => resultsIn(response, batch),
      // Hanging up lets the gateway end after the row that it is at.
      cut: 'outcome-unknown',
    });
  }
}

/** @throws AppError `outcome-unknown` when the stream ends early, or says what was not asked */
async function* resultsIn(response: Response, { items }: Batch): AsyncGenerator<RowResult> {
  const open = new Set(items.map(({ id }) => id));
  for await (const text of linesIn(response)) {
    const line = batchLineFrom(text);
    if (line === 'end') {
      if (open.size > 0) break;
      return;
    }
    if (!open.delete(line.id)) break;
    yield line;
  }
  throw new AppError('outcome-unknown');
}
