/** API contract: the gateway's nightly maintenance. */
import Type, { type Static } from 'typebox';
import { literals } from './schema';
import { UPKEEP_STEPS, UPKEEP_TROUBLES } from '../imports/upkeep';

/** GET /upkeep, for users who may manage. */
export const UpkeepSchema = Type.Object({
  steps: Type.Array(
    Type.Object({
      step: literals(UPKEEP_STEPS),
      /** ISO 8601. `doneAt`: last success. `failedAt`: last failure. Absent: never. */
      doneAt: Type.Optional(Type.String()),
      failedAt: Type.Optional(Type.String()),
      /** Absent when the step has no problem. */
      trouble: Type.Optional(literals(UPKEEP_TROUBLES)),
    }),
  ),
});
export type Upkeep = Static<typeof UpkeepSchema>;
