import type { AlmaEntity } from '../core/alma-entity';
import { linkOf, routeOfLink } from './alma-link';
import { routeOf, sourceOf } from './source';

/** Route for a record on the Alma page. */
export interface EntityRoute {
  readonly commands: string[];
  /**
   * `auto`: the page opens automatically. A borrowing request without a NACSIS-ILL request then continues with an
   * order.
   */
  readonly queryParams?: { readonly auto: 'true' };
}

/**
 * Returns the route to an order for a bibliographic record, and to the request's page for a request. Undefined when
 * Alma offers no way to read the record.
 */
export function entityRoute(entity: AlmaEntity): EntityRoute | undefined {
  if (entity.type === 'BIB_MMS') {
    const source = sourceOf(entity);
    return source === undefined ? undefined : { commands: [...routeOf(source)] };
  }
  const link = linkOf(entity);
  return link === undefined ? undefined : { commands: [...routeOfLink(link)], queryParams: { auto: 'true' } };
}
