/** The part of the contract between app and gateway that says what went wrong. */
import Type, { type Static } from 'typebox';
import { RequestViewSchema, ViewedEntrySchema } from './api';
import { literals } from './api-schema';
import { ERROR_CODES, FIELD_ERRORS } from './errors';

/** RFC 9457 problem details, media type application/problem+json. */
export const ProblemSchema = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  code: literals(ERROR_CODES),
  detail: Type.Optional(Type.String()),
  /** Correlates with the gateway's log. */
  requestId: Type.Optional(Type.String()),
  errors: Type.Optional(
    Type.Array(
      Type.Object({
        field: Type.String(),
        code: literals(FIELD_ERRORS),
        params: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]))),
      }),
    ),
  ),
  /** The words and the status code of NACSIS-ILL itself. */
  nacsis: Type.Optional(Type.Object({ status: Type.String(), message: Type.String() })),
  /** action-not-allowed, stale-version: the request as it is now, with what is allowed. */
  request: Type.Optional(RequestViewSchema),
  reason: Type.Optional(Type.String()),
  /** stale-version: what was done since, oldest first, with the time at which the gateway first saw it. */
  changes: Type.Optional(Type.Array(ViewedEntrySchema)),
  /** already-linked: the id of the request that the one of the ILS is tied to. */
  linkedTo: Type.Optional(Type.String()),
  retryAfterSeconds: Type.Optional(Type.Number()),
});
export type Problem = Static<typeof ProblemSchema>;
