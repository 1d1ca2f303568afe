/**
 * The contract between app and gateway: TypeBox schemas (validation and OpenAPI in the gateway) and the types derived
 * from them. The app imports only the types, so TypeBox adds nothing to its bundle. This file has requests and actions;
 * the other files of the folder are named after their subject.
 */
import Type, { type Static } from 'typebox';
import { WRITERS } from './profile';
import { keysOf, literals, texts } from './schema';
import { ACTIONS, COMMANDS } from '../ill/commands';
import { CHARGE_PARTS, HISTORY_PARTS, LENDER_PARTS, SCALAR_NAMES } from '../ill/fields';
import { KINDS, SIDES } from '../ill/kinds';
import { STATE_IDS } from '../ill/states';

export const KindSchema = literals(KINDS);
export const SideSchema = literals(SIDES);

export const LenderSchema = Type.Object(
  { ...texts(keysOf(LENDER_PARTS)), memberId: Type.String() },
  { additionalProperties: false },
);
export const ChargeSchema = Type.Object(texts(keysOf(CHARGE_PARTS)), { additionalProperties: false });

/**
 * `fields` of a request. The schema is open because unknown keys and wrong values are reported field by field
 * (`invalid-fields`).
 */
const RequestFieldsSchema = Type.Object({
  ...texts(SCALAR_NAMES),
  lenders: Type.Optional(Type.Array(LenderSchema)),
  charges: Type.Optional(Type.Array(ChargeSchema)),
});

/** The Alma borrowing request that an order belongs to. */
const AlmaBorrowingSchema = Type.Object(
  {
    userId: Type.String({ minLength: 1, maxLength: 255 }),
    requestId: Type.String({ minLength: 1, maxLength: 64 }),
  },
  { additionalProperties: false },
);
export type AlmaBorrowing = Static<typeof AlmaBorrowingSchema>;
/** The Alma lending request; Alma's API looks it up by partner code. */
const AlmaLendingSchema = Type.Object(
  {
    partnerCode: Type.String({ minLength: 1, maxLength: 255 }),
    requestId: Type.String({ minLength: 1, maxLength: 64 }),
  },
  { additionalProperties: false },
);
/** The Alma request that a request is linked to. */
const AlmaLinkSchema = Type.Union([AlmaBorrowingSchema, AlmaLendingSchema]);
export type AlmaLink = Static<typeof AlmaLinkSchema>;

const LibrarySchema = Type.Object({
  code: Type.String(),
  name: Type.String(),
  /** FA number */
  memberId: Type.String(),
  /** Who writes to Alma about the library's requests (profile.ts). */
  writer: literals(WRITERS),
});
export type Library = Static<typeof LibrarySchema>;

export const MeSchema = Type.Object({
  institution: Type.String(),
  user: Type.Object({
    id: Type.String(),
    mayRead: Type.Boolean(),
    mayAct: Type.Boolean(),
    mayManage: Type.Boolean(),
  }),
  libraries: Type.Array(LibrarySchema),
  mode: literals(['lenient', 'strict']),
});
export type Me = Static<typeof MeSchema>;

/** A field of the action's form: a domain name or `comment`. `default: 'today'`: the date in Asia/Tokyo. */
const ActionParamSchema = Type.Object({
  name: Type.String(),
  required: Type.Boolean(),
  default: Type.Optional(Type.String()),
});
export type ActionParam = Static<typeof ActionParamSchema>;

const ActionOfferSchema = Type.Object({
  action: literals(ACTIONS),
  /** NACSIS commands of the action, in order; empty when the action is not allowed. */
  command: Type.Array(literals(COMMANDS)),
  allowed: Type.Boolean(),
  primary: Type.Boolean(),
  /** Refusal code (i18n `refusal.<reason>`); `possibleIn`: the states in which the action is possible. */
  reason: Type.Optional(Type.String()),
  possibleIn: Type.Optional(Type.Array(literals(STATE_IDS))),
  params: Type.Array(ActionParamSchema),
  /**
   * The next state according to the table; the actual one may differ, because only NACSIS-ILL knows whether a candidate
   * lender currently serves. Absent when the action is not allowed.
   */
  to: Type.Optional(literals(STATE_IDS)),
  /** The actions that may follow at once (CONTINUATIONS of the table), offered as chains; the usual one first. */
  then: Type.Optional(
    Type.Array(
      Type.Object({
        action: literals(ACTIONS),
        command: Type.Array(literals(COMMANDS)),
        params: Type.Array(ActionParamSchema),
        to: literals(STATE_IDS),
      }),
    ),
  ),
});
export type ActionOffer = Static<typeof ActionOfferSchema>;

/**
 * A command of the history. NACSIS-ILL sends no time: `at` is when this gateway first saw the entry, ISO 8601; absent
 * for entries older than the gateway's first snapshot.
 */
export const ViewedEntrySchema = Type.Object({ ...texts(keysOf(HISTORY_PARTS)), at: Type.Optional(Type.String()) });
export const PartnerSchema = Type.Object({ id: Type.Optional(Type.String()), name: Type.Optional(Type.String()) });
/**
 * Why NACSIS-ILL no longer delivers the request to this library.
 * - passed-on: the request went to another lender; either this library refused it, or the last record seen names
 *   another lender
 * - not-delivered: the reason is unknown (refused by another program of this library, forwarded, called back or
 *   cancelled by the borrower, moved to the back file)
 */
export const GONE = ['passed-on', 'not-delivered'] as const;
export const GoneSchema = literals(GONE);
/**
 * Only of a borrowing request in 準備中: the fields that its order still needs (i18n `field.<name>`); empty when it can
 * be ordered as it is. `bibId` stands for a bibliographic id, note or number.
 */
export const lacks = Type.Optional(Type.Array(Type.String()));
/** The last state change is not in the table: NACSIS-ILL forced it, or the gateway missed a command. `at`: ISO 8601. */
export const JumpSchema = Type.Object({
  from: Type.Union([literals(STATE_IDS), Type.Null()]),
  to: Type.Union([literals(STATE_IDS), Type.Null()]),
  at: Type.String(),
});

/**
 * What the import last saw of the request in Alma, and the values that Alma's API does not accept. Codes are Alma's.
 * `wantedStatus`: the status map's entry for the present state. `kept`: keys of Alma's request object with values that
 * NACSIS-ILL has and Alma lacks.
 */
const AlmaRecordSchema = Type.Object({
  status: Type.Optional(Type.Object({ code: Type.String(), name: Type.Optional(Type.String()) })),
  wantedStatus: Type.Optional(Type.String()),
  kept: Type.Array(Type.Object({ field: Type.String(), value: Type.String() })),
  /** When the import last read the Alma request, ISO 8601. */
  seenAt: Type.Optional(Type.String()),
  /** The import sent the request to Alma and does not know whether it exists there. Staff must check and link it. */
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
  /** Grows by one with each snapshot that differs from the previous one. */
  version: Type.Integer(),
  /** When NACSIS-ILL last returned the request, ISO 8601. */
  seenAt: Type.String(),
  /** When the gateway first saw this version, ISO 8601. */
  changedAt: Type.String(),
  partner: PartnerSchema,
  almaRequest: Type.Optional(AlmaLinkSchema),
  /** Absent until an import has processed the request. */
  almaRecord: Type.Optional(AlmaRecordSchema),
  gone: Type.Optional(GoneSchema),
  jump: Type.Optional(JumpSchema),
  lacks,
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
  /** The draft of this order; deleted once the request exists. */
  draftId: Type.Optional(Type.String()),
});
export type CreateRequest = Static<typeof CreateRequestSchema>;

export const EditRequestSchema = Type.Object({
  version: Type.Integer(),
  fields: RequestFieldsSchema,
  comment: Type.Optional(Type.String()),
});

export type EditRequest = Static<typeof EditRequestSchema>;

/**
 * Commands of others since the caller's version, oldest first, without the command of this call; absent when there are
 * none.
 */
const changes = Type.Optional(Type.Array(ViewedEntrySchema));
export const EditAnswerSchema = Type.Object({ request: RequestViewSchema, changes });

export const PerformActionSchema = Type.Object({
  side: SideSchema,
  action: literals(ACTIONS),
  /** Fields of the command by domain name, plus `comment`. */
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
  changes,
});
export type ActionAnswer = Static<typeof ActionAnswerSchema>;

/** Links the request to an Alma request; null removes the link. */
export const LinkRequestSchema = Type.Object({
  side: SideSchema,
  almaRequest: Type.Union([AlmaLinkSchema, Type.Null()]),
});

export const DraftSchema = Type.Object({
  draftId: Type.String(),
  library: Type.String(),
  kind: Type.Optional(KindSchema),
  /** The typed input, stored unchanged. At most 64 KiB. */
  content: Type.Record(Type.String(), Type.Unknown()),
  updatedAt: Type.String(),
});
export type Draft = Static<typeof DraftSchema>;
export const PutDraftSchema = Type.Omit(DraftSchema, ['draftId', 'updatedAt']);
export const DraftListSchema = Type.Object({ items: Type.Array(DraftSchema) });
