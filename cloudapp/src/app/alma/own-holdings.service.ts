import { inject, Injectable } from '@angular/core';
import { catchError, forkJoin, map, of, throwError, type Observable } from 'rxjs';
import type { MarcRecord } from '../../domain/marc-fields';
import { oneLine } from '../../domain/printed-text';
import { asAppError } from '../core/app-error';
import { HostService } from '../core/host.service';
import { parseMarcXml } from './marcxml';

/** A place in the own library, as Alma's AVA field names it. */
export interface OwnHolding {
  readonly library: string;
  readonly location: string;
}

/** What the own library has of a record: Alma's physical availability (`expand=p_avail`, alma.md 2.1 B1). */
@Injectable({ providedIn: 'root' })
export class OwnHoldingsService {
  private readonly host = inject(HostService);

  /** By the number of the record in Alma. */
  ofBib(mmsId: string): Observable<readonly OwnHolding[]> {
    return this.host.read(`/bibs/${encodeURIComponent(mmsId)}?expand=p_avail`).pipe(map((bib) => holdingsIn([bib])));
  }

  /** By the NACSIS-CAT id that stands in 035 $a behind one of the prefixes. A prefix that Alma refuses counts as nothing found; no answer does not. */
  ofNcid(ncid: string, prefixes: readonly string[]): Observable<readonly OwnHolding[]> {
    if (prefixes.length === 0) return of([]);
    const searches = prefixes.map((prefix) =>
      this.host
        .read(`/bibs?other_system_id=${encodeURIComponent(`(${bare(prefix)})${ncid}`)}&expand=p_avail`)
        .pipe(map(bibsIn), catchError(nothingIfRefused)),
    );
    return forkJoin(searches).pipe(map((found) => holdingsIn(found.flat())));
  }
}

/** Settings write the prefix with or without its brackets. */
function bare(prefix: string): string {
  return prefix.replace(/[()\s]/g, '');
}

function nothingIfRefused(error: unknown): Observable<readonly unknown[]> {
  return asAppError(error).code === 'host-refused' ? of([]) : throwError(() => error);
}

function bibsIn(answer: unknown): readonly unknown[] {
  const bibs =
    typeof answer === 'object' && answer !== null ? (answer as Readonly<Record<string, unknown>>)['bib'] : undefined;
  return Array.isArray(bibs) ? bibs : [];
}

function holdingsIn(bibs: readonly unknown[]): readonly OwnHolding[] {
  return bibs.flatMap((bib) => {
    const anies =
      typeof bib === 'object' && bib !== null ? (bib as Readonly<Record<string, unknown>>)['anies'] : undefined;
    const xml: unknown = Array.isArray(anies) ? anies[0] : anies;
    const record = typeof xml === 'string' ? parseMarcXml(xml) : undefined;
    return record === undefined ? [] : availabilityOf(record);
  });
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
