import type { RequestList } from '#domain/api/work-list';
import { KINDS } from '#domain/ill/kinds';
import { STATE_IDS } from '#domain/ill/states';
import type { Facets, StatusCount } from '../store/list-facets';

/** The facets as the app shows them: statuses in the order of a request's life, unknown ones last. */
export function facetsView({ statuses, gone, kinds, partners }: Facets): RequestList['facets'] {
  const inOrder = [...statuses].sort(
    (one, other) => placeOf(one) - placeOf(other) || (one.value < other.value ? -1 : 1),
  );
  return {
    externalStatus: inOrder,
    gone,
    kind: KINDS.flatMap((kind) => kinds.filter(({ value }) => value === kind)),
    partner: [...partners],
  };
}

function placeOf({ state }: StatusCount): number {
  return state === null ? STATE_IDS.length : STATE_IDS.indexOf(state);
}
