/**
 * The contract between app and gateway: TypeBox schemas (validation and OpenAPI in the gateway) and the types derived
 * from them. The app imports types only, so that TypeBox costs its bundle nothing.
 */
import Type, { type Static, type TOptional, type TString } from 'typebox';
import { LINK_RELATIONS } from './catalog';
import { CATALOG_FILES } from './catalog-files';
import { ACTIONS, COMMANDS } from './commands';
import { ERROR_CODES, FIELD_ERRORS } from './errors';
import { CHARGE_PARTS, HISTORY_PARTS, LENDER_PARTS, SCALAR_NAMES } from './fields';
import { KINDS, SIDES } from './kinds';
import { STATE_IDS } from './states';

const literals = <const T extends string>(values: readonly T[]) => Type.Unsafe<T>(Type.Enum([...values]));
const texts = <const N extends string>(names: readonly N[]) =>
  Object.fromEntries(names.map((name) => [name, Type.Optional(Type.String())])) as { [name in N]: TOptional<TString> };
const keysOf = <T extends object>(parts: T) => Object.keys(parts) as (keyof T & string)[];

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

const ServiceFlagSchema = literals(['A', 'C', 'N', 'unknown']);
export const MemberSchema = Type.Object({
  memberId: Type.String(),
  name: Type.String(),
  ...texts([
    'nameReading',
    'abbreviation',
    'region',
    'establisher',
    'institutionType',
    'copyVia',
    'loanVia',
    'loanPeriod',
    'zip',
    'address',
    'tel',
    'fax',
    'email',
    'illDepartment',
    'illStaff',
  ]),
  participates: Type.Boolean(),
  offset: Type.Boolean(),
  service: ServiceFlagSchema,
  copyService: ServiceFlagSchema,
  loanService: ServiceFlagSchema,
  faxService: ServiceFlagSchema,
  policies: Type.Array(Type.String()),
  locations: Type.Array(Type.String()),
});
const CatalogFileSchema = literals([...CATALOG_FILES.book, ...CATALOG_FILES.serial]);
export const CatalogRecordSchema = Type.Object({
  ncid: Type.String(),
  form: literals(['book', 'serial']),
  title: Type.String(),
  /** A record of a reference file: `ncid` is that file's own id, and it has no holdings. */
  file: Type.Optional(CatalogFileSchema),
  ...texts([
    'titleReading',
    'responsibility',
    'edition',
    'place',
    'publisher',
    'year',
    'language',
    'country',
    'issn',
    'numbering',
    'familyId',
  ]),
  isbns: Type.Array(Type.String()),
  subjects: Type.Array(Type.String()),
  notes: Type.Array(Type.String()),
  volumes: Type.Array(Type.Object(texts(['volume', 'isbn']))),
  series: Type.Array(Type.Object({ title: Type.String(), ...texts(['ncid', 'number']) })),
  authors: Type.Array(Type.Object({ name: Type.String(), ...texts(['id']) })),
  links: Type.Optional(
    Type.Array(Type.Object({ relation: literals(LINK_RELATIONS), ncid: Type.String(), ...texts(['title']) })),
  ),
});
export const HoldingSchema = Type.Object({
  id: Type.String(),
  ncid: Type.String(),
  memberId: Type.String(),
  ...texts(['memberName', 'location', 'years', 'volumeRange', 'callNumber']),
  volumes: Type.Array(Type.Object(texts(['volume', 'callNumber', 'registrationNumber']))),
  member: Type.Optional(MemberSchema),
});

export const pageOf = <T extends Parameters<typeof Type.Array>[0]>(item: T) =>
  Type.Object({ total: Type.Integer(), page: Type.Integer(), pageSize: Type.Integer(), items: Type.Array(item) });
/** A page of any list. `total` counts all, not this page. */
export interface Page<T> {
  readonly total: number;
  readonly page: number;
  readonly pageSize: number;
  readonly items: readonly T[];
}

const page = {
  page: Type.Optional(Type.Integer({ minimum: 1, default: 1 })),
  pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 20 })),
};
export const CatalogQuerySchema = Type.Object({
  library: Type.String(),
  form: literals(['book', 'serial']),
  /** The file that is searched; without it the union catalogue of this form. */
  file: Type.Optional(CatalogFileSchema),
  ...texts([
    'ncid',
    'isbn',
    'issn',
    'title',
    'fullTitle',
    'titleKey',
    'author',
    'publisher',
    'place',
    'year',
    'country',
    'language',
    'subject',
    'volume',
    'series',
    'parentId',
    'nbn',
    'ndlcn',
    'lccn',
    'coden',
    'ndlpn',
    'familyId',
  ]),
  ...page,
});
export type CatalogQuery = Static<typeof CatalogQuerySchema>;
export const HoldingsQuerySchema = Type.Object({
  library: Type.String(),
  ...texts([
    'memberId',
    'volume',
    'year',
    'location',
    'region',
    'establisher',
    'institutionType',
    'participates',
    'service',
    'copyService',
    'loanService',
    'faxService',
    'offset',
  ]),
  ...page,
});
export type HoldingsQuery = Static<typeof HoldingsQuerySchema>;
export const MembersQuerySchema = Type.Object({
  library: Type.String(),
  ...texts(['memberId', 'name', 'region', 'establisher', 'institutionType', 'service', 'copyService', 'loanService']),
  ...page,
});
export type MembersQuery = Static<typeof MembersQuerySchema>;

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
  /** stale-version: what was done since, oldest first. */
  changes: Type.Optional(Type.Array(HistoryEntrySchema)),
  retryAfterSeconds: Type.Optional(Type.Number()),
});
export type Problem = Static<typeof ProblemSchema>;
