/** Drops absent and empty fields. */
export function present<T extends Readonly<Record<string, string | undefined>>>(
  fields: T,
): { readonly [key in keyof T]?: string } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== '')) as {
    [key in keyof T]?: string;
  };
}
