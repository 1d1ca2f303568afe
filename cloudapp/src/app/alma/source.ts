import type { AlmaEntity } from '../core/alma-entity';
import { linkOf } from './alma-link';

/** The starting point of an order. */
export type Source =
  | { readonly type: 'new' }
  | { readonly type: 'bib'; readonly mmsId: string }
  | { readonly type: 'request'; readonly userId: string; readonly requestId: string };

/** The source of a record on the Alma page; undefined when an order cannot start from it. */
export function sourceOf(entity: AlmaEntity): Source | undefined {
  if (entity.type === 'BIB_MMS') return { type: 'bib', mmsId: entity.id };
  const link = linkOf(entity);
  return link !== undefined && 'userId' in link ? { type: 'request', ...link } : undefined;
}

/** Router commands of the order page. */
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

/** Key of the source, by which its drafts are found. */
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

/** Parses a key; unreadable keys become a new search. */
export function sourceFromKey(key: string): Source {
  const [type, first, ...rest] = key.split(':');
  if (type === 'bib' && first !== undefined && first !== '') return { type, mmsId: first };
  // A user id may contain colons, a request id does not.
  const requestId = rest.at(-1);
  if (type === 'request' && first !== undefined && requestId !== undefined)
    return { type, userId: [first, ...rest.slice(0, -1)].join(':'), requestId };
  return { type: 'new' };
}
