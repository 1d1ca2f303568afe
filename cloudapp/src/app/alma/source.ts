import type { AlmaEntity } from '../core/alma-entity';

/** What an order starts from. */
export type Source =
  | { readonly type: 'new' }
  | { readonly type: 'bib'; readonly mmsId: string }
  | { readonly type: 'request'; readonly userId: string; readonly requestId: string };

const REQUEST_LINK = /^(?:\/?almaws\/v1)?\/users\/([^/]+)\/resource-sharing-requests\/([^/]+)$/;

/** The source that a record on the Alma page stands for; undefined when an order cannot start from it. */
export function sourceOf(entity: AlmaEntity): Source | undefined {
  if (entity.type === 'BIB_MMS') return { type: 'bib', mmsId: entity.id };
  const [, userId, requestId] = REQUEST_LINK.exec(entity.link) ?? [];
  if (entity.type !== 'BORROWING_REQUEST' || userId === undefined || requestId === undefined) return undefined;
  return { type: 'request', userId: decoded(userId), requestId: decoded(requestId) };
}

/** Commands for the router. */
export function routeOf(source: Source): readonly string[] {
  switch (source.type) {
    case 'new':
      return ['/create', 'new'];
    case 'bib':
      return ['/create', 'bib', source.mmsId];
    case 'request':
      return ['/create', 'request', source.userId, source.requestId];
  }
}

/** The same for the same record: by it a draft is found again. */
export function sourceKey(source: Source): string {
  switch (source.type) {
    case 'new':
      return 'new';
    case 'bib':
      return `bib:${source.mmsId}`;
    case 'request':
      return `request:${source.userId}:${source.requestId}`;
  }
}

/** The other way round; a key that cannot be read is a new search. */
export function sourceFromKey(key: string): Source {
  const [type, first, ...rest] = key.split(':');
  if (type === 'bib' && first !== undefined && first !== '') return { type, mmsId: first };
  // A user's id may hold a colon, the number of a request does not.
  const requestId = rest.at(-1);
  if (type === 'request' && first !== undefined && requestId !== undefined)
    return { type, userId: [first, ...rest.slice(0, -1)].join(':'), requestId };
  return { type: 'new' };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
