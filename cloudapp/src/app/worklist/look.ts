/** After so many milliseconds without the list a look at it is a new one; before, it is the same look that goes on. */
export const NEW_LOOK_AFTER = 30 * 60_000;
/** Looks of so many libraries are kept. */
const MAX_LOOKS = 50;

/** When a library's list was last looked at, ISO 8601. */
export interface Look {
  /** What changed after this is new. */
  readonly since: string;
  /** The list was last on screen. */
  readonly at: string;
}
/** By the code of the library. */
export type Looks = Readonly<Record<string, Look>>;

/** From when on something is new for somebody who opens the list now; undefined: nobody has looked before, so nothing is. */
export function sinceOf(look: Look | undefined, now: Date): string | undefined {
  if (look === undefined) return undefined;
  return now.getTime() - Date.parse(look.at) > NEW_LOOK_AFTER ? look.at : look.since;
}

export function readLooks(raw: unknown): Looks {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return {};
  const kept = Object.entries(raw as Readonly<Record<string, unknown>>).flatMap(([library, value]) => {
    const { since, at } = (value ?? {}) as Readonly<Record<string, unknown>>;
    return isInstant(since) && isInstant(at) ? [[library, { since, at }] as const] : [];
  });
  return Object.fromEntries(kept.slice(0, MAX_LOOKS));
}

function isInstant(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) && !Number.isNaN(Date.parse(value));
}
