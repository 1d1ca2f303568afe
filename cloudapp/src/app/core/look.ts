/** Milliseconds away from the list after which a new look begins; a shorter absence continues the same look. */
export const NEW_LOOK_AFTER = 30 * 60_000;
/** Maximum number of libraries with stored looks. */
const MAX_LOOKS = 50;

/** The last look at a library's list, ISO 8601. */
interface Look {
  /** Changes after this time are new. */
  readonly since: string;
  /** When the list was last on screen. */
  readonly at: string;
}
/** By library code. */
export type Looks = Readonly<Record<string, Look>>;

/**
 * Returns the time from which changes are new when the list is opened now; undefined before the first look, when
 * nothing is new.
 */
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
