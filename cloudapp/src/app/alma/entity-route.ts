import type { AlmaEntity } from '../core/alma-entity';
import { linkOf, routeOfLink } from './alma-link';
import { routeOf, sourceOf } from './source';

/** Where the router goes for a record on the Alma page. */
export interface EntityRoute {
  readonly commands: string[];
  /** `auto`: nobody chose it, so a borrowing request without a request in NACSIS-ILL goes on to an order. */
  readonly queryParams?: { readonly auto: 'true' };
}

/** A bibliographic record leads to an order, a request to its page; undefined where Alma gives no way to read it. */
export function entityRoute(entity: AlmaEntity): EntityRoute | undefined {
  if (entity.type === 'BIB_MMS') {
    const source = sourceOf(entity);
    return source === undefined ? undefined : { commands: [...routeOf(source)] };
  }
  const link = linkOf(entity);
  return link === undefined ? undefined : { commands: [...routeOfLink(link)], queryParams: { auto: 'true' } };
}
