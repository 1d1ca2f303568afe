import type { Batch, BatchEnd, BatchResult } from '#domain/api/batch';
import type { Problem } from '#domain/api/problem';
import { invalidFields } from '../gateway-error';
import type { ActionService } from './action-service';
import { partKey, type Actor } from './command-request';

type Row = Batch['items'][number];

export interface BatchRun {
  readonly actor: Actor;
  readonly batch: Batch;
  /** Converts an error to the problem of a failed row. */
  readonly problemOf: (error: unknown) => Problem;
  /** Called before each row: true when the client has left or the gateway shuts down. */
  readonly isEnded: () => boolean;
}

/** Throws `invalid-fields` for an id that occurs twice: the second row would get the result of the first one. */
export function checkRows({ items }: Batch): void {
  const twice = items.flatMap(({ id }, at) => (items.findIndex((other) => other.id === id) < at ? [{ id, at }] : []));
  if (twice.length === 0) return;
  throw invalidFields(
    // The message of `duplicate` names the duplicate by this parameter.
    twice.map(({ id, at }) => ({ field: `items[${String(at)}].id`, code: 'duplicate', params: { memberId: id } })),
  );
}

/**
 * Performs one action on many requests, one after the other, each like a single action. A failed row does not stop the
 * others. The key of a row is the batch key plus the row's id, so a repeat does nothing twice: a done row returns its
 * earlier result, and a failed row is tried again.
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
  const key = partKey(actor.key, id);
  try {
    const { from, to, request } = await actions.act({ ...actor, key, retriesRefusals: true }, batch.action, call);
    return { id, ok: true, from, to, externalStatus: request.external_status, version: request.version };
  } catch (error) {
    return { id, ok: false, problem: problemOf(error) };
  }
}
