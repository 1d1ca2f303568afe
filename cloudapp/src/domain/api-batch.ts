/** The part of the contract between app and gateway that is the batch: one action on many requests. */
import Type, { type Static } from 'typebox';
import { PerformActionSchema, SideSchema } from './api';
import { ProblemSchema } from './api-problem';
import { literals } from './api-schema';
import { ACTIONS } from './commands';
import { STATE_IDS } from './states';

/** Rows of one batch at most. */
export const MAX_BATCH = 500;

const Params = PerformActionSchema.properties.params;

/**
 * The key of a row is the batch's Idempotency-Key + `#` + its id: a repeat with the same key does nothing a second time.
 * A row's own params stand before those of the batch.
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

/** One line of the answer (application/x-ndjson) per row, in the order of the rows, as it happens. */
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

/** The last line. A caller that hangs up ends the batch before the next row, and gets none. */
export const BatchEndSchema = Type.Object({
  done: Type.Object({ succeeded: Type.Integer(), failed: Type.Integer() }),
});
export type BatchEnd = Static<typeof BatchEndSchema>;
