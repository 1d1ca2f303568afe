/**
 * The contract between app and gateway: TypeBox schemas (validation and OpenAPI in the gateway) and the types derived
 * from them. The app imports types only, so that TypeBox costs its bundle nothing. NACSIS-CAT: api-catalog.ts; errors: api-problem.ts;
 * the work list: api-list.ts; batch: api-batch.ts; what belongs to a library: api-profile.ts.
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

/** `fields` of a request. Unknown keys and wrong values are answered field by field (`invalid-fields`), so this schema is open. */
export const RequestFieldsSchema = Type.Object({
  ...texts(SCALAR_NAMES),
  lenders: Type.Optional(Type.Array(LenderSchema)),
  charges: Type.Optional(Type.Array(ChargeSchema)),
});

/** The borrowing request of the ILS that an order belongs to. */
export const AlmaBorrowingSchema = Type.Object(
  {
    userId: Type.String({ minLength: 1, maxLength: 255 }),
    requestId: Type.String({ minLength: 1, maxLength: 64 }),
  },
  { additionalProperties: false },
);
export type AlmaBorrowing = Static<typeof AlmaBorrowingSchema>;
/** The lending request of the ILS, which its API finds by the partner's code. */
export const AlmaLendingSchema = Type.Object(
  {
    partnerCode: Type.String({ minLength: 1, maxLength: 255 }),
    requestId: Type.String({ minLength: 1, maxLength: 64 }),
  },
  { additionalProperties: false },
);
export type AlmaLending = Static<typeof AlmaLendingSchema>;
/** The request of the ILS that a request is tied to. */
export const AlmaLinkSchema = Type.Union([AlmaBorrowingSchema, AlmaLendingSchema]);
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

/** What the librarian is asked for: a field's domain name, or `comment`. `default: 'today'`: the day in Asia/Tokyo. */
const ActionParamSchema = Type.Object({
  name: Type.String(),
  required: Type.Boolean(),
  default: Type.Optional(Type.String()),
});
export type ActionParam = Static<typeof ActionParamSchema>;

export const ActionOfferSchema = Type.Object({
  action: literals(ACTIONS),
  /** The NACSIS command(s) behind the action, in order; empty when it is not allowed. */
  command: Type.Array(literals(COMMANDS)),
  allowed: Type.Boolean(),
  primary: Type.Boolean(),
  /** Why not: a refusal of the domain (i18n `refusal.<reason>`), with the states in which it is possible. */
  reason: Type.Optional(Type.String()),
  possibleIn: Type.Optional(Type.Array(literals(STATE_IDS))),
  params: Type.Array(ActionParamSchema),
  /** Where it leads, by the table; only NACSIS-ILL knows whether a candidate lender serves now. Absent when not allowed. */
  to: Type.Optional(literals(STATE_IDS)),
  /** What usually follows at once, as an action of its own (CONTINUATIONS of the table): offered as a chain. */
  then: Type.Optional(
    Type.Object({
      action: literals(ACTIONS),
      command: Type.Array(literals(COMMANDS)),
      params: Type.Array(ActionParamSchema),
      to: literals(STATE_IDS),
    }),
  ),
});
export type ActionOffer = Static<typeof ActionOfferSchema>;

/** One command of the history. The wire carries no time: `at` is when this gateway first saw the entry, ISO 8601; absent for what was there before. */
export const ViewedEntrySchema = Type.Object({ ...texts(keysOf(HISTORY_PARTS)), at: Type.Optional(Type.String()) });
export const PartnerSchema = Type.Object({ id: Type.Optional(Type.String()), name: Type.Optional(Type.String()) });
/** NACSIS-ILL does not deliver the request to this library any more: it went on to another lender, or it has ended. */
export const GONE = ['passed-on', 'ended'] as const;
export const GoneSchema = literals(GONE);
/** The last change of state is not in the table: NACSIS-ILL forced it, or something was missed. `at`: ISO 8601. */
export const JumpSchema = Type.Object({
  from: Type.Union([literals(STATE_IDS), Type.Null()]),
  to: Type.Union([literals(STATE_IDS), Type.Null()]),
  at: Type.String(),
});

/**
 * What the import last saw of the request in Alma, and what Alma's API cannot be told. Codes are Alma's. `wantedStatus`: what the status map
 * names for the present state. `kept`: keys of Alma's request object with the value that NACSIS-ILL has and Alma has not.
 */
export const AlmaRecordSchema = Type.Object({
  status: Type.Optional(Type.Object({ code: Type.String(), name: Type.Optional(Type.String()) })),
  wantedStatus: Type.Optional(Type.String()),
  kept: Type.Array(Type.Object({ field: Type.String(), value: Type.String() })),
  /** When the import looked, ISO 8601. */
  seenAt: Type.Optional(Type.String()),
  /** The import sent it to Alma and does not know whether it is there: staff is to look, and to tie it. */
  isUnknown: Type.Optional(Type.Boolean()),
});
export type AlmaRecordView = Static<typeof AlmaRecordSchema>;

export const RequestViewSchema = Type.Object({
  id: Type.String(),
  library: Type.String(),
  side: SideSchema,
  kind: KindSchema,
  state: Type.Union([literals(STATE_IDS), Type.Null()]),
  /** STAT as NACSIS-ILL returned it. */
  externalStatus: Type.String(),
  fields: RequestFieldsSchema,
  /** Oldest first. */
  history: Type.Array(ViewedEntrySchema),
  /** Grows by one with every snapshot that differs. */
  version: Type.Integer(),
  /** When the gateway last heard of the request from NACSIS-ILL, ISO 8601. */
  seenAt: Type.String(),
  /** When the gateway first saw this version, ISO 8601. */
  changedAt: Type.String(),
  partner: PartnerSchema,
  almaRequest: Type.Optional(AlmaLinkSchema),
  /** Absent as long as no import has worked on it. */
  almaRecord: Type.Optional(AlmaRecordSchema),
  gone: Type.Optional(GoneSchema),
  jump: Type.Optional(JumpSchema),
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
  almaRequest: Type.Optional(AlmaBorrowingSchema),
  /** The draft that this order was typed in; deleted when the request exists. */
  draftId: Type.Optional(Type.String()),
});
export type CreateRequest = Static<typeof CreateRequestSchema>;

export const EditRequestSchema = Type.Object({
  version: Type.Integer(),
  fields: RequestFieldsSchema,
  comment: Type.Optional(Type.String()),
});

export type EditRequest = Static<typeof EditRequestSchema>;

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
export type PerformAction = Static<typeof PerformActionSchema>;
export const ActionAnswerSchema = Type.Object({
  from: Type.Union([literals(STATE_IDS), Type.Null()]),
  to: Type.Union([literals(STATE_IDS), Type.Null()]),
  request: RequestViewSchema,
});
export type ActionAnswer = Static<typeof ActionAnswerSchema>;

/** Ties the request to one of the ILS, or (null) unties it. */
export const LinkRequestSchema = Type.Object({
  side: SideSchema,
  almaRequest: Type.Union([AlmaLinkSchema, Type.Null()]),
});
export type LinkRequest = Static<typeof LinkRequestSchema>;

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
