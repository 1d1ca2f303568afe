/** Building blocks of the contract's schemas. */
import Type, { type TOptional, type TString } from 'typebox';

/** One of these texts. */
export const literals = <const T extends string>(values: readonly T[]) => Type.Unsafe<T>(Type.Enum([...values]));
/** Optional texts under these names. */
export const texts = <const N extends string>(names: readonly N[]) =>
  Object.fromEntries(names.map((name) => [name, Type.Optional(Type.String())])) as { [name in N]: TOptional<TString> };
export const keysOf = <T extends object>(parts: T) => Object.keys(parts) as (keyof T & string)[];
