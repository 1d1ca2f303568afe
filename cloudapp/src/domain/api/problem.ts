/** API contract: errors. */
import Type, { type Static } from 'typebox';
import { MemberSchema } from './catalog';
import { RequestViewSchema, ViewedEntrySchema } from './requests';
import { literals } from './schema';
import { ERROR_CODES, FIELD_ERRORS } from '../errors';

/** RFC 9457 problem details, media type application/problem+json. */
export const ProblemSchema = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  code: literals(ERROR_CODES),
  detail: Type.Optional(Type.String()),
  /** Correlation id in the gateway's log. */
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
  /** Status code and phrase of NACSIS-ILL. The rest of its answer is withheld because it may contain a whole record. */
  nacsis: Type.Optional(Type.Object({ status: Type.String(), message: Type.String() })),
  /** action-not-allowed, stale-version: the current request with its allowed actions. */
  request: Type.Optional(RequestViewSchema),
  /** stale-version of the own member record: the record as NACSIS-ILL has it now. */
  member: Type.Optional(MemberSchema),
  reason: Type.Optional(Type.String()),
  /**
   * stale-version: commands since the caller's version, oldest first, with the time at which the gateway first saw
   * each.
   */
  changes: Type.Optional(Type.Array(ViewedEntrySchema)),
  /** already-linked: the id of the request that the Alma request is linked to. */
  linkedTo: Type.Optional(Type.String()),
  retryAfterSeconds: Type.Optional(Type.Number()),
});
export type Problem = Static<typeof ProblemSchema>;
