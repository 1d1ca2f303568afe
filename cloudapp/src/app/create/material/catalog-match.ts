import { catchError, map, of, switchMap, throwError, type Observable } from 'rxjs';
import type { CatalogRecord } from '../../../domain/catalog/catalog';
import { matchConfidence, searchKeysOf, type MatchConfidence, type SearchKey } from '../../../domain/alma/citation';
import type { MarcCitation } from '../../../domain/catalog/marc';
import { AppError } from '../../core/app-error';
import type { GatewayClient } from '../../core/gateway.client';

/** Result of searching NACSIS-CAT for the record. */
export interface CatalogMatch {
  /** The reliable or very probable match; undefined when the librarian has to choose or search. */
  readonly record?: CatalogRecord;
  readonly confidence: MatchConfidence;
  /** Best first; empty when nothing was found. */
  readonly candidates: readonly CatalogRecord[];
}

export const NO_MATCH: CatalogMatch = { confidence: 'none', candidates: [] };
const CANDIDATES = 10;
const RANK: Readonly<Record<MatchConfidence, number>> = { 'id': 3, 'standard-number': 2, 'title-year': 1, 'none': 0 };

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
      switchMap((records) => (records.length === 0 ? tryFrom(rest) : of(judged(citation, records)))),
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

/** Ranks the records by confidence and picks the best one when no other has the same confidence. */
function judged(citation: MarcCitation, records: readonly CatalogRecord[]): CatalogMatch {
  const ranked = records
    .map((record) => ({ record, confidence: matchConfidence(citation, record) }))
    .sort((one, other) => RANK[other.confidence] - RANK[one.confidence]);
  const candidates = ranked.map(({ record }) => record);
  const [best, second] = ranked;
  const stands = best !== undefined && best.confidence !== 'none' && best.confidence !== second?.confidence;
  return stands ? { record: best.record, confidence: best.confidence, candidates } : { confidence: 'none', candidates };
}
