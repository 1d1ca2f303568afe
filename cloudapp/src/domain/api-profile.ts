/** The part of the contract between app and gateway that belongs to a library: shared templates, and what it asked of whom lately. */
import Type, { type Static } from 'typebox';
import { KINDS } from './kinds';
import { SCALAR_NAMES } from './fields';
import { MAX_TEMPLATES } from './templates';

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

export const ProfileSchema = Type.Object({
  library: Type.String(),
  /** Grows with every change; a PUT names the version that it changes. 0: nothing was saved yet. */
  version: Type.Integer(),
  templates: Type.Array(TemplateSchema),
  updatedAt: Type.Optional(Type.String()),
  updatedBy: Type.Optional(Type.String()),
});
export type Profile = Static<typeof ProfileSchema>;
export const PutProfileSchema = Type.Object(
  {
    version: Type.Integer({ minimum: 0, maximum: MAX_VERSION }),
    templates: Type.Array(TemplateSchema, { maxItems: MAX_TEMPLATES }),
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
