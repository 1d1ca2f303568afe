import { catchError, map, of, switchMap, throwError, type Observable } from 'rxjs';
import type { CatalogRecord } from '../../domain/catalog';
import { matchConfidence, searchKeysOf, type MatchConfidence, type SearchKey } from '../../domain/citation';
import type { MarcCitation } from '../../domain/marc';
import { AppError } from '../core/app-error';
import type { GatewayClient } from '../core/gateway.client';

/** What a search for the record in NACSIS-CAT came to. */
export interface CatalogMatch {
  /** The one that is surely or very probably the work; undefined when the librarian has to choose or to search. */
  readonly record?: CatalogRecord;
  readonly confidence: MatchConfidence;
  /** Best first; empty: nothing found. */
  readonly candidates: readonly CatalogRecord[];
}

export const NO_MATCH: CatalogMatch = { confidence: 'none', candidates: [] };
const CANDIDATES = 10;
const RANK: Readonly<Record<MatchConfidence, number>> = { 'id': 3, 'standard-number': 2, 'title-year': 1, 'none': 0 };

/** Searches by the surest key first and stops at the first that finds something. An error is an error, never "nothing found". */
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

/** Ranked by how surely each is the work; one that stands alone at the top is taken. */
function judged(citation: MarcCitation, records: readonly CatalogRecord[]): CatalogMatch {
  const ranked = records
    .map((record) => ({ record, confidence: matchConfidence(citation, record) }))
    .sort((one, other) => RANK[other.confidence] - RANK[one.confidence]);
  const candidates = ranked.map(({ record }) => record);
  const [best, second] = ranked;
  const stands = best !== undefined && best.confidence !== 'none' && best.confidence !== second?.confidence;
  return stands ? { record: best.record, confidence: best.confidence, candidates } : { confidence: 'none', candidates };
}
