/** The part of the contract between app and gateway that belongs to a library: shared templates, and what it asked of whom lately. */
import Type, { type Static } from 'typebox';
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

export const ProfileSchema = Type.Object({
  library: Type.String(),
  /** Grows with every change; a PUT names the version that it changes. 0: nothing was saved yet. */
  version: Type.Integer(),
  templates: Type.Array(TemplateSchema),
  views: Type.Array(SavedViewSchema),
  tariffs: Type.Array(TariffSchema),
  /** Days from shipping to the due date of a loan; absent: what the own member record says (LOANP). */
  loanDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 366 })),
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
