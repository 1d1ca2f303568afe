import { inject, Injectable } from '@angular/core';
import { map, of, type Observable } from 'rxjs';
import { citationFromAlmaRequest, type CitedPart } from '../../domain/alma/alma-request';
import type { AlmaBorrowing } from '../../domain/api/requests';
import { citationFromMarc, type MarcCitation } from '../../domain/catalog/marc';
import { oneLine } from '../../domain/catalog/printed-text';
import { HostService } from '../core/host.service';
import { objectOf } from '../core/unknown-json';
import { parseMarcXml } from './marcxml';
import type { Source } from './source';

/** Data about the requested work from the record on the Alma page. */
export interface SourceRecord {
  readonly citation: MarcCitation;
  readonly part: CitedPart;
  /** The patron's name in a borrowing request. */
  readonly applicant?: string;
  readonly almaRequest?: AlmaBorrowing;
  /** True when the MARC record could not be read and only Alma's plain fields are known. */
  readonly isPartial: boolean;
}

const NOTHING: SourceRecord = {
  citation: { title: '', isbns: [], series: [], form: 'book' },
  part: {},
  isPartial: false,
};

@Injectable({ providedIn: 'root' })
export class AlmaRecordService {
  private readonly host = inject(HostService);

  /**
   * Loads the source's record. `ncidPrefixes`: the institution's setting. @throws HostError when Alma does not return
   * the record
   */
  load(source: Source, ncidPrefixes: readonly string[]): Observable<SourceRecord> {
    switch (source.type) {
      case 'new':
        return of(NOTHING);
      case 'bib':
        return this.host
          .read(`/bibs/${encodeURIComponent(source.mmsId)}`)
          .pipe(map((bib) => fromBib(bib, ncidPrefixes)));
      case 'request': {
        const path = `/users/${encodeURIComponent(source.userId)}/resource-sharing-requests/${encodeURIComponent(source.requestId)}`;
        return this.host.read(path).pipe(map((request) => fromRequest(request, source)));
      }
    }
  }
}

function fromBib(bib: unknown, prefixes: readonly string[]): SourceRecord {
  const { anies, ...plain } = objectOf(bib);
  const xml = Array.isArray(anies) ? (anies as readonly unknown[])[0] : anies;
  const record = typeof xml === 'string' ? parseMarcXml(xml) : undefined;
  if (record !== undefined) return { citation: citationFromMarc(record, prefixes), part: {}, isPartial: false };
  const { citation } = citationFromAlmaRequest({
    ...plain,
    year: plain['date_of_publication'],
    publisher: plain['publisher_const'],
  });
  return { citation, part: {}, isPartial: true };
}

function fromRequest(request: unknown, { userId, requestId }: Extract<Source, { type: 'request' }>): SourceRecord {
  const { requester } = objectOf(request);
  const name = objectOf(requester)['desc'];
  const applicant = typeof name === 'string' ? oneLine(name) : '';
  return {
    ...citationFromAlmaRequest(request),
    ...(applicant !== '' && { applicant }),
    almaRequest: { userId, requestId },
    isPartial: false,
  };
}
