import { plain } from '#domain/catalog/identifiers';
import type { AlmaLink } from '#domain/api/requests';
import type { AlmaRequest } from '../alma/port';
import type { AlmaSide, Place } from './alma-side';
import type { AlmaStock, Doubt } from './alma-stock';
import { namedIds, type NamedIds } from './named-ids';

/** A request in Alma that certainly is the one searched for, as Alma has it now. */
export interface Holder {
  readonly alma: AlmaRequest;
  readonly link: AlmaLink;
}
export interface Searched {
  /** More than one: ambiguous. */
  readonly holders: readonly Holder[];
  /** Alma ids of requests that only mention the id. They are reported to staff; nothing is done. */
  readonly mentioning: readonly string[];
  /** True when no other request can be the one. */
  readonly isComplete: boolean;
}

/** How a request in Alma names the id, most trusted first. */
type Trust = 'external-id' | 'mark' | 'mention';

/** Searches the stock for requests in Alma with this NACSIS id, and reads each match again. */
export async function searchAlma(
  stock: AlmaStock,
  side: AlmaSide,
  places: readonly Place[],
  id: string,
  doubt?: Doubt,
): Promise<Searched> {
  let isComplete = true;
  const found = new Map<string, { readonly holder: Holder; readonly trust: Trust }>();
  for (const { list, linkOf } of places) {
    const inStock = await stock.find(list, id, doubt);
    isComplete &&= inStock.isComplete;
    for (const row of inStock.rows) {
      const link = linkOf(row);
      const alma = await side.read(link);
      // Alma lists it but does not return it.
      if (alma === undefined) isComplete = false;
      const trust = alma && trustOf(namedIds(alma), id);
      if (alma !== undefined && trust !== undefined) found.set(row.almaId, { holder: { alma, link }, trust });
    }
  }
  const by = (wanted: Trust) => [...found.values()].filter(({ trust }) => trust === wanted).map(({ holder }) => holder);
  const external = by('external-id');
  return {
    holders: external.length > 0 ? external : by('mark'),
    mentioning: by('mention').map(({ alma }) => alma.requestId),
    isComplete,
  };
}

/** A request with the external id of one and the mark of another belongs to the external id. */
function trustOf({ externalId, mark, mentions }: NamedIds, id: string): Trust | undefined {
  const wanted = plain(id);
  if (externalId === wanted) return 'external-id';
  if (mark === wanted) return externalId === undefined ? 'mark' : 'mention';
  return mentions.includes(wanted) ? 'mention' : undefined;
}
