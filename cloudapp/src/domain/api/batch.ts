/** API contract: batches, one action on many requests. */
import Type, { type Static } from 'typebox';
import { PerformActionSchema, SideSchema } from './requests';
import { ProblemSchema } from './problem';
import { literals } from './schema';
import { ACTIONS } from '../ill/commands';
import { STATE_IDS } from '../ill/states';

/** Maximum number of rows in a batch. */
export const MAX_BATCH = 500;

const Params = PerformActionSchema.properties.params;

/**
 * Each row's key combines the batch's Idempotency-Key and the row id, so a repeat with the same key has no further
 * effect. A row's own params override those of the batch.
 */
export const BatchSchema = Type.Object({
  side: SideSchema,
  action: literals(ACTIONS),
  params: Params,
  items: Type.Array(
    Type.Object({ id: Type.String({ pattern: '^[A-Za-z0-9]{1,32}$' }), version: Type.Integer(), params: Params }),
    { minItems: 1, maxItems: MAX_BATCH },
  ),
});
export type Batch = Static<typeof BatchSchema>;

const StateOrNull = Type.Union([literals(STATE_IDS), Type.Null()]);

/** One line of the response (application/x-ndjson) per row, in row order, written as each row completes. */
export const BatchResultSchema = Type.Union([
  Type.Object({
    id: Type.String(),
    ok: Type.Literal(true),
    from: StateOrNull,
    to: StateOrNull,
    externalStatus: Type.String(),
    version: Type.Integer(),
  }),
  Type.Object({ id: Type.String(), ok: Type.Literal(false), problem: ProblemSchema }),
]);
export type BatchResult = Static<typeof BatchResultSchema>;

/** The last line. When the caller disconnects, the batch stops before the next row and this line is not sent. */
export const BatchEndSchema = Type.Object({
  done: Type.Object({ succeeded: Type.Integer(), failed: Type.Integer() }),
});
export type BatchEnd = Static<typeof BatchEndSchema>;
