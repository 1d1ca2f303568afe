import { computed, inject, Injectable, signal } from '@angular/core';
import type { Observable } from 'rxjs';
import { OwnHoldingsService, type OwnHolding } from '../../alma/own-holdings.service';
import { PatronRequestsService } from '../../alma/patron-requests.service';
import type { Source } from '../../alma/source';
import { GatewayClient } from '../../core/gateway.client';
import { remoteQuery } from '../../core/remote';

/** The data that the warnings depend on. */
export interface Watched {
  readonly source: Source;
  readonly library: string;
  readonly ncid?: string;
  readonly ncidPrefixes: readonly string[];
  /** The patron, from the request in Alma or looked up. */
  readonly userId?: string;
  /** 0 = no limit. */
  readonly patronLimit: number;
  /** The request being edited, which is excluded from the warnings. */
  readonly own?: string;
}

/** How the own record is found: by Alma's MMS id or by the NACSIS-CAT id. */
type OwnRecord = { readonly mmsId: string } | { readonly ncid: string; readonly ncidPrefixes: readonly string[] };

/**
 * Reads the warnings about an order before it is sent. Reports a warning that cannot be read; never blocks the order.
 */
@Injectable()
export class WarningsStore {
  private readonly gateway = inject(GatewayClient);
  private readonly ownHoldings = inject(OwnHoldingsService);
  private readonly patronRequests = inject(PatronRequestsService);
  readonly watched = signal<Watched | undefined>(undefined);

  /** The library's open requests for the same record. */
  private readonly openRemote = this.follow(
    ({ library, ncid }) => (ncid === undefined ? undefined : { library, ncid }),
    ({ library, ncid }) => this.gateway.openRequests(library, ncid),
  );
  /** Locations in the own library that hold the work. */
  private readonly ownRemote = this.follow<OwnRecord, readonly OwnHolding[]>(
    ({ source, ncid, ncidPrefixes }) =>
      source.type === 'bib' ? { mmsId: source.mmsId } : ncid === undefined ? undefined : { ncid, ncidPrefixes },
    (record) =>
      'mmsId' in record
        ? this.ownHoldings.ofBib(record.mmsId)
        : this.ownHoldings.ofNcid(record.ncid, record.ncidPrefixes),
  );
  /** Open requests of the patron; not read without a patron or a limit. */
  private readonly patronRemote = this.follow(
    ({ userId, patronLimit }) => (userId !== undefined && patronLimit > 0 ? { userId } : undefined),
    ({ userId }) => this.patronRequests.countOpen(userId),
  );

  readonly open = computed(() => (this.openRemote.value() ?? []).filter(({ id }) => id !== this.watched()?.own));
  readonly own = computed(() => this.ownRemote.value() ?? []);
  readonly patronCount = computed(() => {
    const [count, limit] = [this.patronRemote.value(), this.watched()?.patronLimit ?? 0];
    return count !== undefined && count >= limit ? count : undefined;
  });
  readonly unread = computed(() =>
    [this.openRemote.error(), this.ownRemote.error(), this.patronRemote.error()].filter((error) => error !== undefined),
  );

  /** Reads a warning again only when its own part of the watched data changes. */
  private follow<P, T>(partOf: (watched: Watched) => P | undefined, read: (part: P) => Observable<T>) {
    const part = computed(
      () => {
        const watched = this.watched();
        return watched === undefined ? undefined : partOf(watched);
      },
      { equal: (one, other) => JSON.stringify(one) === JSON.stringify(other) },
    );
    return remoteQuery(part, read);
  }
}
