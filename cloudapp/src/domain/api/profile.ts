/** API contract: library profiles with shared templates, and the lenders that the library used recently. */
import Type, { type Static } from 'typebox';
import { literals } from './schema';
import { FREQUENCIES, HOUR_STEPS, PATRON_ID_FIELDS } from '../imports/import';
import { KINDS } from '../ill/kinds';
import { MAX_CHARGES, SCALAR_NAMES } from '../ill/fields';
import { MAX_TARIFFS, MAX_TEMPLATES, MAX_VIEWS } from '../ill/templates';

/** Number of days that RecentLenders covers. */
export const RECENT_LENDER_DAYS = 30;
/** The highest version that can still be changed; the next one is the maximum of the store's integer type. */
const MAX_VERSION = 2_147_483_646;

/** Named field values, shared by the library's staff. Absent fields stay unchanged. Must not contain patron data. */
const TemplateSchema = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 60 }),
    /** Restricts the template to one kind; both kinds when absent. */
    kind: Type.Optional(Type.Unsafe<(typeof KINDS)[number]>(Type.Enum([...KINDS]))),
    /** Values by domain name of the field. */
    values: Type.Record(
      Type.String({ pattern: `^(?:${SCALAR_NAMES.join('|')}|comment)$` }),
      Type.String({ maxLength: 2000 }),
    ),
  },
  { additionalProperties: false },
);
export type Template = Static<typeof TemplateSchema>;

const Name = Type.String({ minLength: 1, maxLength: 60 });
/** Yen. */
const Yen = Type.Integer({ minimum: 0, maximum: 999_999 });

/**
 * Named filters and sort order of the work list. Keys and values are those of the list's query (work-list.ts), several
 * values joined by a blank. `from` may also be relative to the day on which the view is chosen (`-6`: six days before).
 */
const SavedViewSchema = Type.Object(
  {
    name: Name,
    query: Type.Record(
      Type.String({ pattern: '^(?:side|kind|status|partner|needsAction|open|from|to|q|sort)$' }),
      Type.String({ maxLength: 500 }),
    ),
  },
  { additionalProperties: false },
);
export type SavedView = Static<typeof SavedViewSchema>;

/** A named price list of the library: the initial lines of the calculator. */
const TariffSchema = Type.Object(
  {
    name: Name,
    /** Restricts the tariff to one kind; both kinds when absent. */
    kind: Type.Optional(Type.Unsafe<(typeof KINDS)[number]>(Type.Enum([...KINDS]))),
    lines: Type.Array(
      Type.Object(
        { item: Type.String({ minLength: 1, maxLength: 40 }), unitPrice: Yen },
        { additionalProperties: false },
      ),
      { maxItems: MAX_CHARGES },
    ),
    /** Basic fee and postage. */
    fee: Type.Optional(Yen),
    postage: Type.Optional(Yen),
  },
  { additionalProperties: false },
);
export type Tariff = Static<typeof TariffSchema>;

const Code = Type.String({ minLength: 1, maxLength: 64 });
/**
 * Who writes to Alma about the library's requests: exactly one.
 * - rest: the import creates and updates over Alma's REST API, and the app tells Alma after an action (ADR 0011)
 * - iso18626: the bridge creates and updates by messages of ISO 18626; the import and the app write nothing that such a
 *   message carries
 * - alma-nacsis: Alma's own NACSIS integration; the gateway writes nothing and only links requests
 */
export const WRITERS = ['rest', 'iso18626', 'alma-nacsis'] as const;
export type Writer = (typeof WRITERS)[number];

/** What the bridge may do on its own for a request that staff send from Alma. */
const BridgeProfileSchema = Type.Object(
  {
    /** Order at once when nothing is missing and lenders can be proposed by rule; otherwise the request stays in 準備中. */
    orderAtOnce: Type.Boolean(),
    /** Write the patron's name from Alma's message into the request. Otherwise it never leaves the gateway. */
    sendPatronName: Type.Boolean(),
  },
  { additionalProperties: false },
);

/** How and when the import brings the library's requests into Alma. */
export const IntegrationSchema = Type.Object(
  {
    writer: literals(WRITERS),
    bridge: Type.Optional(BridgeProfileSchema),
    /**
     * The Alma partner of lending requests. `perMember`: each member is its own partner, with its FA number as code.
     */
    partner: Type.Object({ code: Code, perMember: Type.Boolean() }, { additionalProperties: false }),
    /**
     * The requester of borrowing requests: the patron whose id follows the prefix in the field, up to the next blank or
     * punctuation; otherwise the collective patron.
     */
    requester: Type.Object(
      {
        patronIdField: Type.Optional(literals(PATRON_ID_FIELDS)),
        patronIdPrefix: Type.Optional(Type.String({ maxLength: 40 })),
        collectivePatron: Type.Optional(Type.String({ minLength: 1, maxLength: 255 })),
      },
      { additionalProperties: false },
    ),
    /** Code of the Alma library where patrons pick up items; the resource sharing library when absent. */
    pickupLibrary: Type.Optional(Code),
    schedule: Type.Object(
      {
        every: literals(FREQUENCIES),
        /** Used only when `every` is `hours`. */
        hours: Type.Optional(Type.Unsafe<(typeof HOUR_STEPS)[number]>(Type.Enum([...HOUR_STEPS]))),
        /**
         * HH:mm in the time zone. The start time of the daily run; when `every` is `hours`, one of the start times;
         * when it is `hour`, only the minute counts.
         */
        at: Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' }),
        /** IANA name, such as Asia/Tokyo. */
        timeZone: Type.String({ minLength: 1, maxLength: 60 }),
      },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
);
export type Integration = Static<typeof IntegrationSchema>;

export const ProfileSchema = Type.Object({
  library: Type.String(),
  /** Grows with every change; a PUT names the version that it replaces. 0: nothing is saved yet. */
  version: Type.Integer(),
  templates: Type.Array(TemplateSchema),
  views: Type.Array(SavedViewSchema),
  tariffs: Type.Array(TariffSchema),
  /** Days from shipping to the due date of a loan; when absent, the library's own member record (LOANP) applies. */
  loanDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 366 })),
  integration: IntegrationSchema,
  /** Next scheduled import, ISO 8601; absent when the schedule is off. */
  nextRunAt: Type.Optional(Type.String()),
  updatedAt: Type.Optional(Type.String()),
  updatedBy: Type.Optional(Type.String()),
});
export type Profile = Static<typeof ProfileSchema>;
/** Absent properties stay unchanged. */
export const PutProfileSchema = Type.Object(
  {
    version: Type.Integer({ minimum: 0, maximum: MAX_VERSION }),
    templates: Type.Optional(Type.Array(TemplateSchema, { maxItems: MAX_TEMPLATES })),
    views: Type.Optional(Type.Array(SavedViewSchema, { maxItems: MAX_VIEWS })),
    tariffs: Type.Optional(Type.Array(TariffSchema, { maxItems: MAX_TARIFFS })),
    /** null removes the library's own period. */
    loanDays: Type.Optional(Type.Union([Type.Integer({ minimum: 1, maximum: 366 }), Type.Null()])),
    integration: Type.Optional(IntegrationSchema),
  },
  { additionalProperties: false },
);
export type PutProfile = Static<typeof PutProfileSchema>;

/** Number of requests that the library sent to each member within the last `days`, as far as this gateway knows. */
export const RecentLendersSchema = Type.Object({
  days: Type.Integer(),
  counts: Type.Record(Type.String(), Type.Integer()),
});
export type RecentLenders = Static<typeof RecentLendersSchema>;
