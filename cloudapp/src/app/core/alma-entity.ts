/** The records that the app can start from. */
export const ENTITY_TYPES = ['BIB_MMS', 'BORROWING_REQUEST', 'LENDING_REQUEST'] as const;
export type AlmaEntityType = (typeof ENTITY_TYPES)[number];

/** A record on the Alma page, checked: any window that reaches the frame can send one. */
export interface AlmaEntity {
  readonly id: string;
  readonly type: AlmaEntityType;
  /** REST path; '' for a request without a requester. */
  readonly link: string;
  readonly description: string;
}

const LINK = /^\/?(?:almaws\/v1\/)?[\w.~@%+/-]+$/;
/** `..`, also encoded: the link or id would lead to another place of the REST API. */
const UPWARDS = /(?:\.|%2e){2}/i;
const MAX_ENTITIES = 100;

/** The entities that we know, in their order, each once. What has not the right shape is left out. */
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
