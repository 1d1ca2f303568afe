import { inject, Injectable } from '@angular/core';
import type { Observable } from 'rxjs';
import type { Batch } from '../../domain/api/batch';
import { AppError } from './app-error';
import { batchLineFrom, type RowResult } from './batch-line';
import { GatewayStream } from './gateway-stream';
import { linesIn } from './response-text';

/** POST /actions: one action on many requests. Unsubscribing disconnects, and the gateway stops before the next row. */
@Injectable({ providedIn: 'root' })
export class BatchClient {
  private readonly stream = inject(GatewayStream);

  /**
   * Emits each row's result as it arrives. Completes when every row has a result and the gateway has sent the end line;
   * any other end is an AppError. After `outcome-unknown` or `gateway-unreachable`, send the rows without a result
   * again under the same `key`, which has no effect twice.
   */
  run(batch: Batch, key: string): Observable<RowResult> {
    return this.stream.open({
      method: 'POST',
      path: ['actions'],
      headers: { 'Content-Type': 'application/json', 'Accept': 'application/x-ndjson', 'Idempotency-Key': key },
      body: batch,
      read: (response) => resultsIn(response, batch),
      // After a disconnect, the gateway stops after the row in progress.
      cut: 'outcome-unknown',
    });
  }
}

/** @throws AppError `outcome-unknown` when the stream ends early or contains unexpected rows */
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
