import { catchError, map, of, switchMap, throwError, type Observable } from 'rxjs';
import type { CatalogRecord } from '../../../domain/catalog/catalog';
import { bestMatch, NO_MATCH, searchKeysOf, type CatalogMatch, type SearchKey } from '../../../domain/alma/citation';
import type { MarcCitation } from '../../../domain/catalog/marc';
import { AppError } from '../../core/app-error';
import type { GatewayClient } from '../../core/gateway.client';

const CANDIDATES = 10;

/**
 * Searches by the most reliable key first and stops at the first key with results. Passes errors on and never treats an
 * error as an empty result.
 */
export function findInCatalog(
  gateway: Pick<GatewayClient, 'searchCatalog' | 'catalogRecord'>,
  library: string,
  citation: MarcCitation,
): Observable<CatalogMatch> {
  const tryFrom = (keys: readonly SearchKey[]): Observable<CatalogMatch> => {
    const [key, ...rest] = keys;
    if (key === undefined) return of(NO_MATCH);
    return found(gateway, library, key).pipe(
      switchMap((records) => (records.length === 0 ? tryFrom(rest) : of(bestMatch(citation, records)))),
    );
  };
  return tryFrom(searchKeysOf(citation));
}

function found(
  gateway: Pick<GatewayClient, 'searchCatalog' | 'catalogRecord'>,
  library: string,
  { query }: SearchKey,
): Observable<readonly CatalogRecord[]> {
  if (query.ncid === undefined)
    return gateway.searchCatalog({ library, ...query, pageSize: CANDIDATES }).pipe(map(({ items }) => items));
  return gateway.catalogRecord(library, query.ncid).pipe(
    map((record) => [record]),
    catchError((error: unknown) =>
      error instanceof AppError && error.code === 'not-found' ? of([]) : throwError(() => error),
    ),
  );
}
