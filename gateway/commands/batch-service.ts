import type { Batch, BatchEnd, BatchResult } from '#domain/api-batch';
import type { Problem } from '#domain/api-problem';
import { invalidFields } from '../gateway-error';
import type { ActionService } from './action-service';
import type { Actor } from './actor';

type Row = Batch['items'][number];

export interface BatchRun {
  readonly actor: Actor;
  readonly batch: Batch;
  /** What a row that failed is answered with. */
  readonly problemOf: (error: unknown) => Problem;
  /** Asked before each row: nobody waits for the rest any more, or the gateway is being shut down. */
  readonly isEnded: () => boolean;
}

/** Throws `invalid-fields` for a request that is named twice: the second row would find the first one's doing. */
export function checkRows({ items }: Batch): void {
  const twice = items.flatMap(({ id }, at) => (items.findIndex((other) => other.id === id) < at ? [{ id, at }] : []));
  if (twice.length === 0) return;
  throw invalidFields(
    // The words of `duplicate` name what is there twice by this parameter.
    twice.map(({ id, at }) => ({ field: `items[${String(at)}].id`, code: 'duplicate', params: { memberId: id } })),
  );
}

/**
 * One action on many requests, one after the other, each as the single action would be done. A row that fails does not stop the
 * others. The key of a row is that of the batch with its id, so a repeat does nothing twice: what was done is answered as it was,
 * what failed is tried again.
 */
export async function* runBatch(actions: ActionService, run: BatchRun): AsyncGenerator<BatchResult | BatchEnd> {
  const done = { succeeded: 0, failed: 0 };
  for (const row of run.batch.items) {
    if (run.isEnded()) return;
    const result = await performed(actions, run, row);
    done[result.ok ? 'succeeded' : 'failed'] += 1;
    yield result;
  }
  yield { done };
}

async function performed(
  actions: ActionService,
  { actor, batch, problemOf }: BatchRun,
  { id, version, params }: Row,
): Promise<BatchResult> {
  const { comment, ...fields } = { ...batch.params, ...params };
  const call = { side: batch.side, id, version, fields, ...(comment === undefined ? {} : { comment }) };
  const key = `${actor.key}#${id}`;
  try {
    const { from, to, request } = await actions.act({ ...actor, key, retriesRefusals: true }, batch.action, call);
    return { id, ok: true, from, to, externalStatus: request.external_status, version: request.version };
  } catch (error) {
    return { id, ok: false, problem: problemOf(error) };
  }
}
