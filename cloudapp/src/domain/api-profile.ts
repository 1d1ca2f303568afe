/** The part of the contract between app and gateway that belongs to a library: shared templates, and what it asked of whom lately. */
import Type, { type Static } from 'typebox';
import { literals } from './api-schema';
import { FREQUENCIES, HOUR_STEPS, PATRON_ID_FIELDS } from './import';
import { KINDS } from './kinds';
import { MAX_CHARGES, SCALAR_NAMES } from './fields';
import { MAX_TARIFFS, MAX_TEMPLATES, MAX_VIEWS } from './templates';

/** How far back the lenders count as asked lately. */
export const RECENT_LENDER_DAYS = 30;
/** The highest version that can still be changed: the next one fits the store's integer. */
const MAX_VERSION = 2_147_483_646;

/** Values under a name, shared by the library's staff; a field that is absent is left as it is. Never patron data. */
export const TemplateSchema = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 60 }),
    /** Only for this kind; both when absent. */
    kind: Type.Optional(Type.Unsafe<(typeof KINDS)[number]>(Type.Enum([...KINDS]))),
    /** Domain names of fields → values. */
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

/** Filters and order of the work list under a name. Keys and values are those of the list's query (api-list.ts), several values joined by a blank; `from` may also be counted from the day on which the view is chosen (`-6`: six days before). */
export const SavedViewSchema = Type.Object(
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

/** What the library charges, under a name: the lines that the calculator starts with. */
export const TariffSchema = Type.Object(
  {
    name: Name,
    /** Only for this kind; both when absent. */
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
/** How the import brings the library's requests into Alma, and when. */
export const IntegrationSchema = Type.Object(
  {
    /** The partner of Alma to whom lending requests are made; `perMember`: instead each member is one, under its FA number. */
    partner: Type.Object({ code: Code, perMember: Type.Boolean() }, { additionalProperties: false }),
    /** For whom borrowing requests are made: the patron whose id stands in the field, after the prefix and up to the next blank or punctuation; else the collective patron. */
    requester: Type.Object(
      {
        patronIdField: Type.Optional(literals(PATRON_ID_FIELDS)),
        patronIdPrefix: Type.Optional(Type.String({ maxLength: 40 })),
        collectivePatron: Type.Optional(Type.String({ minLength: 1, maxLength: 255 })),
      },
      { additionalProperties: false },
    ),
    /** Code of the library of Alma where patrons pick up what arrives; the resource sharing library itself when absent. */
    pickupLibrary: Type.Optional(Code),
    schedule: Type.Object(
      {
        every: literals(FREQUENCIES),
        /** With `hours`. */
        hours: Type.Optional(Type.Unsafe<(typeof HOUR_STEPS)[number]>(Type.Enum([...HOUR_STEPS]))),
        /** HH:mm in the time zone: when it runs daily, or once on each day that it runs every n hours; of `hour` the minute counts. */
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
  /** Grows with every change; a PUT names the version that it changes. 0: nothing was saved yet. */
  version: Type.Integer(),
  templates: Type.Array(TemplateSchema),
  views: Type.Array(SavedViewSchema),
  tariffs: Type.Array(TariffSchema),
  /** Days from shipping to the due date of a loan; absent: what the own member record says (LOANP). */
  loanDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 366 })),
  integration: IntegrationSchema,
  /** When the schedule runs the import next, ISO 8601; absent when it is off. */
  nextRunAt: Type.Optional(Type.String()),
  updatedAt: Type.Optional(Type.String()),
  updatedBy: Type.Optional(Type.String()),
});
export type Profile = Static<typeof ProfileSchema>;
/** What is absent stays as it is. */
export const PutProfileSchema = Type.Object(
  {
    version: Type.Integer({ minimum: 0, maximum: MAX_VERSION }),
    templates: Type.Optional(Type.Array(TemplateSchema, { maxItems: MAX_TEMPLATES })),
    views: Type.Optional(Type.Array(SavedViewSchema, { maxItems: MAX_VIEWS })),
    tariffs: Type.Optional(Type.Array(TariffSchema, { maxItems: MAX_TARIFFS })),
    /** null: none of its own any more. */
    loanDays: Type.Optional(Type.Union([Type.Integer({ minimum: 1, maximum: 366 }), Type.Null()])),
    integration: Type.Optional(IntegrationSchema),
  },
  { additionalProperties: false },
);
export type PutProfile = Static<typeof PutProfileSchema>;

/** How many requests the library sent to each member within the last `days`, as far as this gateway knows. */
export const RecentLendersSchema = Type.Object({
  days: Type.Integer(),
  counts: Type.Record(Type.String(), Type.Integer()),
});
export type RecentLenders = Static<typeof RecentLendersSchema>;
