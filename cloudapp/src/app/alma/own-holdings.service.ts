import { inject, Injectable } from '@angular/core';
import { catchError, forkJoin, map, of, throwError, type Observable } from 'rxjs';
import type { MarcRecord } from '../../domain/catalog/marc-fields';
import { oneLine } from '../../domain/catalog/printed-text';
import { AppError, asAppError } from '../core/app-error';
import { HostService } from '../core/host.service';
import { listIn, objectOf } from '../core/unknown-json';
import { parseMarcXml } from './marcxml';

/** A location in the own library, from Alma's AVA field. */
export interface OwnHolding {
  readonly library: string;
  readonly location: string;
}

/** Alma's error code for an unknown record number. */
const NO_RECORD = '402203';

/**
 * The own library's holdings of a record: Alma's physical availability (`expand=p_avail`, alma.md 2.1 B1). Unreadable
 * answers are errors, because it is then unknown whether the library holds the work.
 */
@Injectable({ providedIn: 'root' })
export class OwnHoldingsService {
  private readonly host = inject(HostService);

  /** By the MMS id. */
  ofBib(mmsId: string): Observable<readonly OwnHolding[]> {
    return this.host.read(`/bibs/${encodeURIComponent(mmsId)}?expand=p_avail`).pipe(map((bib) => holdingsIn([bib])));
  }

  /**
   * Finds the holdings by the NACSIS-CAT id in 035 $a after one of the prefixes. A prefix for which Alma knows no
   * record counts as not found.
   */
  ofNcid(ncid: string, prefixes: readonly string[]): Observable<readonly OwnHolding[]> {
    if (prefixes.length === 0) return of([]);
    const searches = prefixes.map((prefix) =>
      this.host.read(`/bibs?other_system_id=${encodeURIComponent(`(${bare(prefix)})${ncid}`)}&expand=p_avail`).pipe(
        map((answer) => listIn(answer, 'bib')),
        catchError(nothingIfUnknown),
      ),
    );
    return forkJoin(searches).pipe(map((found) => holdingsIn(found.flat())));
  }
}

/** Returns the prefix without parentheses. Settings may write it with or without them. */
function bare(prefix: string): string {
  return prefix.replace(/[()\s]/g, '');
}

function nothingIfUnknown(error: unknown): Observable<readonly unknown[]> {
  return asAppError(error).details.alma?.code === NO_RECORD ? of([]) : throwError(() => error);
}

/**
 * Returns the locations in the records. Succeeds when any readable record has locations, even if others are unreadable.
 */
function holdingsIn(bibs: readonly unknown[]): readonly OwnHolding[] {
  const records = bibs.map((bib) => {
    const { anies } = objectOf(bib);
    const xml: unknown = Array.isArray(anies) ? anies[0] : anies;
    return typeof xml === 'string' ? parseMarcXml(xml) : undefined;
  });
  const places = records.flatMap((record) => (record === undefined ? [] : availabilityOf(record)));
  if (places.length === 0 && records.includes(undefined))
    throw new AppError('internal', {}, { cause: 'a record cannot be read' });
  return places;
}

/** AVA: $q or $b the library, $c the location. */
function availabilityOf({ dataFields }: MarcRecord): readonly OwnHolding[] {
  return dataFields
    .filter(({ tag }) => tag === 'AVA')
    .map(({ subfields }) => {
      const text = (code: string): string => oneLine(subfields.find((each) => each.code === code)?.value ?? '');
      return { library: text('q') || text('b'), location: text('c') };
    });
}
