/** Building blocks of the API schemas. */
import Type, { type TOptional, type TString } from 'typebox';

/** Highest page number that a list query accepts. */
export const MAX_PAGE = 1_000_000;
/** Maximum length of a search text in characters. */
const MAX_SEARCHED = 1_000;

/** Schema of a string enumeration. */
export const literals = <const T extends string>(values: readonly T[]) => Type.Unsafe<T>(Type.Enum([...values]));
/** Optional text properties with these names. */
export const texts = <const N extends string>(names: readonly N[]) =>
  Object.fromEntries(names.map((name) => [name, Type.Optional(Type.String())])) as { [name in N]: TOptional<TString> };
/** Optional search texts with these names. */
export const searchedTexts = <const N extends string>(names: readonly N[]) =>
  Object.fromEntries(names.map((name) => [name, Type.Optional(Type.String({ maxLength: MAX_SEARCHED }))])) as {
    [name in N]: TOptional<TString>;
  };
export const keysOf = <T extends object>(parts: T) => Object.keys(parts) as (keyof T & string)[];
