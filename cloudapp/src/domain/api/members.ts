/** API contract: a library's own member record, and its planned closures. */
import Type, { type Static } from 'typebox';
import { ERROR_CODES } from '../errors';
import { CLOSED_HOW, CLOSURE_STATES, REOPENED_HOW } from '../ill/closure';
import { EDITABLE_MEMBER_FIELDS, type MemberValues } from '../ill/own-record';
import { MemberSchema } from './catalog';
import { literals } from './schema';
import { RequestSummarySchema } from './work-list';

const MAX_TEXT = 4_000;
const text = Type.Optional(Type.String({ maxLength: MAX_TEXT }));
const lines = Type.Optional(Type.Array(Type.String({ maxLength: MAX_TEXT }), { maxItems: 1_000 }));
const { policies: _, ...textNames } = Object.fromEntries(EDITABLE_MEMBER_FIELDS.map((name) => [name, text])) as Record<
  (typeof EDITABLE_MEMBER_FIELDS)[number],
  typeof text
>;
/** Some fields of the own member record. A field that the record does not have is '' or []. */
const MemberValuesSchema = Type.Object({ ...textNames, policies: lines }, { additionalProperties: false });

export const PutMemberSchema = Type.Object({
  /** The values that the user saw in the changed fields. */
  before: MemberValuesSchema,
  changes: MemberValuesSchema,
});
export interface PutMember {
  readonly before: MemberValues;
  readonly changes: MemberValues;
}
export const MemberAnswerSchema = Type.Object({ member: MemberSchema });

const Day = Type.String({ maxLength: 8 });
export const ClosureSchema = Type.Object({
  id: Type.String(),
  /** yyyyMMdd in Japan, both included. */
  from: Type.String(),
  to: Type.String(),
  state: literals(CLOSURE_STATES),
  version: Type.Integer(),
  plannedBy: Type.String(),
  closed: Type.Optional(literals(CLOSED_HOW)),
  closedAt: Type.Optional(Type.String()),
  reopened: Type.Optional(literals(REOPENED_HOW)),
  reopenedAt: Type.Optional(Type.String()),
  /** True when the user ended it early. */
  endsEarly: Type.Boolean(),
  /** Why the gateway could not switch the service last time; it tries again at `nextAt`. */
  failure: Type.Optional(
    Type.Object({
      code: literals(ERROR_CODES),
      at: Type.String(),
      nextAt: Type.String(),
      nacsis: Type.Optional(Type.String()),
    }),
  ),
});
export type Closure = Static<typeof ClosureSchema>;
export const ClosuresSchema = Type.Object({ today: Type.String(), items: Type.Array(ClosureSchema) });
export type Closures = Static<typeof ClosuresSchema>;
export const ClosureDaysSchema = Type.Object({ from: Day, to: Day });
export const PutClosureSchema = Type.Object({ from: Day, to: Day, version: Type.Integer() });
export type PutClosure = Static<typeof PutClosureSchema>;
/** What ends a closure: `cancel` before its first day, `end` while it runs. */
export const CLOSURE_ACTIONS = ['cancel', 'end'] as const;
export type ClosureAction = (typeof CLOSURE_ACTIONS)[number];

/** Maximum number of requests named for a closure. */
export const MAX_CLOSURE_REQUESTS = 200;
/** Requests open now that wait for the library, or are due on a closed day. */
export const ClosureRequestsSchema = Type.Object({
  total: Type.Integer(),
  items: Type.Array(RequestSummarySchema),
  /** When the requests of the library were last read from NACSIS-ILL. */
  readAt: Type.Optional(Type.String()),
});
export type ClosureRequests = Static<typeof ClosureRequestsSchema>;
