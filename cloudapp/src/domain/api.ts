/**
 * The contract between app and gateway: TypeBox schemas (validation and OpenAPI in the gateway) and the types derived
 * from them. The app imports types only, so that TypeBox costs its bundle nothing. NACSIS-CAT: api-catalog.ts; errors: api-problem.ts;
 * what belongs to a library: api-profile.ts.
 */
import Type, { type Static } from 'typebox';
import { keysOf, literals, texts } from './api-schema';
import { ACTIONS, COMMANDS } from './commands';
import { CHARGE_PARTS, HISTORY_PARTS, LENDER_PARTS, SCALAR_NAMES } from './fields';
import { KINDS, SIDES } from './kinds';
import { STATE_IDS } from './states';

export const KindSchema = literals(KINDS);
export const SideSchema = literals(SIDES);

export const LenderSchema = Type.Object(
  { ...texts(keysOf(LENDER_PARTS)), memberId: Type.String() },
  { additionalProperties: false },
);
export const ChargeSchema = Type.Object(texts(keysOf(CHARGE_PARTS)), { additionalProperties: false });
export const HistoryEntrySchema = Type.Object(texts(keysOf(HISTORY_PARTS)));

/** `fields` of a request. Unknown keys and wrong values are answered field by field (`invalid-fields`), so this schema is open. */
export const RequestFieldsSchema = Type.Object({
  ...texts(SCALAR_NAMES),
  lenders: Type.Optional(Type.Array(LenderSchema)),
  charges: Type.Optional(Type.Array(ChargeSchema)),
});

/** The request of the ILS that an order belongs to. */
export const AlmaLinkSchema = Type.Object({
  userId: Type.String({ minLength: 1, maxLength: 255 }),
  requestId: Type.String({ minLength: 1, maxLength: 64 }),
});
export type AlmaLink = Static<typeof AlmaLinkSchema>;

export const LibrarySchema = Type.Object({
  code: Type.String(),
  name: Type.String(),
  /** FA number */
  memberId: Type.String(),
});
export type Library = Static<typeof LibrarySchema>;

export const MeSchema = Type.Object({
  institution: Type.String(),
  user: Type.Object({ id: Type.String(), mayAct: Type.Boolean(), mayManage: Type.Boolean() }),
  libraries: Type.Array(LibrarySchema),
  mode: literals(['lenient', 'strict']),
});
export type Me = Static<typeof MeSchema>;

export const ActionOfferSchema = Type.Object({
  action: literals(ACTIONS),
  /** The NACSIS command(s) behind the action, in order; empty when it is not allowed. */
  command: Type.Array(literals(COMMANDS)),
  allowed: Type.Boolean(),
  primary: Type.Boolean(),
  /** Why not: a refusal of the domain (i18n `refusal.<reason>`), with the states in which it is possible. */
  reason: Type.Optional(Type.String()),
  possibleIn: Type.Optional(Type.Array(literals(STATE_IDS))),
  params: Type.Array(
    Type.Object({ name: Type.String(), required: Type.Boolean(), default: Type.Optional(Type.String()) }),
  ),
});
export type ActionOffer = Static<typeof ActionOfferSchema>;

export const RequestViewSchema = Type.Object({
  id: Type.String(),
  library: Type.String(),
  side: SideSchema,
  kind: KindSchema,
  state: Type.Union([literals(STATE_IDS), Type.Null()]),
  /** STAT as NACSIS-ILL returned it. */
  externalStatus: Type.String(),
  fields: RequestFieldsSchema,
  history: Type.Array(HistoryEntrySchema),
  /** Grows by one with every snapshot that differs. */
  version: Type.Integer(),
  /** When the gateway last heard of the request from NACSIS-ILL, ISO 8601. */
  seenAt: Type.String(),
  partner: Type.Object({ id: Type.Optional(Type.String()), name: Type.Optional(Type.String()) }),
  almaRequest: Type.Optional(AlmaLinkSchema),
  actions: Type.Array(ActionOfferSchema),
});
export type RequestView = Static<typeof RequestViewSchema>;
export const RequestAnswerSchema = Type.Object({ request: RequestViewSchema });

export const CreateRequestSchema = Type.Object({
  library: Type.String(),
  kind: KindSchema,
  /** order: send to the first lender; save: keep in NACSIS-ILL as 準備中. */
  mode: literals(['order', 'save']),
  fields: RequestFieldsSchema,
  comment: Type.Optional(Type.String()),
  almaRequest: Type.Optional(AlmaLinkSchema),
  /** The draft that this order was typed in; deleted when the request exists. */
  draftId: Type.Optional(Type.String()),
});
export type CreateRequest = Static<typeof CreateRequestSchema>;

export const EditRequestSchema = Type.Object({
  version: Type.Integer(),
  fields: RequestFieldsSchema,
  comment: Type.Optional(Type.String()),
});

export const PerformActionSchema = Type.Object({
  side: SideSchema,
  action: literals(ACTIONS),
  /** Fields of the command under their domain names, plus `comment`. */
  params: Type.Optional(
    Type.Object({
      ...texts(SCALAR_NAMES),
      lenders: Type.Optional(Type.Array(LenderSchema)),
      charges: Type.Optional(Type.Array(ChargeSchema)),
      comment: Type.Optional(Type.String()),
    }),
  ),
  version: Type.Integer(),
});
export const ActionAnswerSchema = Type.Object({
  from: Type.Union([literals(STATE_IDS), Type.Null()]),
  to: Type.Union([literals(STATE_IDS), Type.Null()]),
  request: RequestViewSchema,
});
export type ActionAnswer = Static<typeof ActionAnswerSchema>;

export const RequestSummarySchema = Type.Object({
  id: Type.String(),
  library: Type.String(),
  side: SideSchema,
  kind: KindSchema,
  state: Type.Union([literals(STATE_IDS), Type.Null()]),
  externalStatus: Type.String(),
  title: Type.String(),
  partner: Type.Object({ id: Type.Optional(Type.String()), name: Type.Optional(Type.String()) }),
  version: Type.Integer(),
  seenAt: Type.String(),
  updatedOn: Type.Optional(Type.String()),
});
export const RequestListSchema = Type.Object({
  total: Type.Integer(),
  page: Type.Integer(),
  pageSize: Type.Integer(),
  items: Type.Array(RequestSummarySchema),
  /** NACSIS-ILL was to be asked and did not tell everything: the list holds what the gateway knows. */
  isPartial: Type.Optional(Type.Boolean()),
  facets: Type.Object({ externalStatus: Type.Array(Type.Object({ value: Type.String(), count: Type.Integer() })) }),
});
export type RequestList = Static<typeof RequestListSchema>;

export const DraftSchema = Type.Object({
  draftId: Type.String(),
  library: Type.String(),
  kind: Type.Optional(KindSchema),
  /** What was typed; the gateway keeps it as it is. At most 64 KiB. */
  content: Type.Record(Type.String(), Type.Unknown()),
  updatedAt: Type.String(),
});
export type Draft = Static<typeof DraftSchema>;
export const PutDraftSchema = Type.Omit(DraftSchema, ['draftId', 'updatedAt']);
export const DraftListSchema = Type.Object({ items: Type.Array(DraftSchema) });
