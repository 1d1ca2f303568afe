/** The Alma records that the app can start from. */
const ENTITY_TYPES = ['BIB_MMS', 'BORROWING_REQUEST', 'LENDING_REQUEST'] as const;
type AlmaEntityType = (typeof ENTITY_TYPES)[number];

/** A validated record of the Alma page. Any window that reaches the frame can send one, so nothing in it is trusted. */
export interface AlmaEntity {
  readonly id: string;
  readonly type: AlmaEntityType;
  /** REST path; '' for a request without a requester. */
  readonly link: string;
  readonly description: string;
}

/**
 * A path below `almaws/v1`. Its first part must be a word, so that it cannot be an address of another host. The
 * following ids may hold any character, encoded or not; alma/alma-link.ts splits and re-encodes them before a call.
 */
const LINK = /^\/?(?:almaws\/v1\/)?[\w-]+(?:\/[^/\\?#\p{Cc}\p{Surrogate}]+)*$/u;
/** A path segment `.` or `..`, encoded or not, which would lead elsewhere in the REST API. */
const UPWARDS = /(?:^|[/\\]|%2f|%5c)(?:\.|%2e){1,2}(?:$|[/\\]|%2f|%5c)/i;
const MAX_ENTITIES = 100;

/** The valid entities of known types, in order, without duplicates. Others are dropped. */
export function entitiesFrom(raw: unknown): readonly AlmaEntity[] {
  if (!Array.isArray(raw)) return [];
  const seen = new Set<string>();
  return (raw as readonly unknown[]).slice(0, MAX_ENTITIES).flatMap((each) => {
    const entity = entityFrom(each);
    const key = `${entity?.type ?? ''} ${entity?.id ?? ''}`;
    if (entity === undefined || seen.has(key)) return [];
    seen.add(key);
    return [entity];
  });
}

function entityFrom(raw: unknown): AlmaEntity | undefined {
  if (typeof raw !== 'object' || raw === null) return undefined;
  const { id, type, link, description } = raw as Readonly<Record<string, unknown>>;
  const known = ENTITY_TYPES.find((each) => each === type);
  if (known === undefined || typeof id !== 'string' || id === '' || UPWARDS.test(id)) return undefined;
  const path = typeof link === 'string' && LINK.test(link) && !UPWARDS.test(link) ? link : '';
  return { id, type: known, link: path, description: typeof description === 'string' ? description : '' };
}
