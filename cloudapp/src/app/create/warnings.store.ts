import { computed, inject, Injectable, signal } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { of, switchMap, type Observable } from 'rxjs';
import { OwnHoldingsService, type OwnHolding } from '../alma/own-holdings.service';
import { PatronRequestsService } from '../alma/patron-requests.service';
import type { Source } from '../alma/source';
import { GatewayClient } from '../core/gateway.client';
import { errorOf, IDLE, toRemote, valueOf, type Remote } from '../core/remote';

/** What the warnings look at. */
export interface Watched {
  readonly source: Source;
  readonly library: string;
  readonly ncid?: string;
  readonly ncidPrefixes: readonly string[];
  /** 0 = no limit. */
  readonly patronLimit: number;
  /** The request that is edited: it does not speak against itself. */
  readonly own?: string;
}

/** What the own record is found by: its number in Alma, or the NACSIS-CAT id. */
type OwnRecord = { readonly mmsId: string } | { readonly ncid: string; readonly ncidPrefixes: readonly string[] };

/** What speaks against an order before it is sent. Warnings, not walls: one that cannot be read says so and stops nothing. */
@Injectable()
export class WarningsStore {
  private readonly gateway = inject(GatewayClient);
  private readonly ownHoldings = inject(OwnHoldingsService);
  private readonly patronRequests = inject(PatronRequestsService);
  readonly watched = signal<Watched | undefined>(undefined);

  /** Requests of the same record by this library that are still open. */
  private readonly openRemote = this.follow(
    ({ library, ncid }) => (ncid === undefined ? undefined : { library, ncid }),
    ({ library, ncid }) => this.gateway.openRequests(library, ncid),
  );
  /** Places where the own library has it. */
  private readonly ownRemote = this.follow<OwnRecord, readonly OwnHolding[]>(
    ({ source, ncid, ncidPrefixes }) =>
      source.type === 'bib' ? { mmsId: source.mmsId } : ncid === undefined ? undefined : { ncid, ncidPrefixes },
    (record) =>
      'mmsId' in record
        ? this.ownHoldings.ofBib(record.mmsId)
        : this.ownHoldings.ofNcid(record.ncid, record.ncidPrefixes),
  );
  /** Open requests of the patron; not asked for without a patron or a limit. */
  private readonly patronRemote = this.follow(
    ({ source, patronLimit }) => (source.type === 'request' && patronLimit > 0 ? { userId: source.userId } : undefined),
    ({ userId }) => this.patronRequests.countOpen(userId),
  );

  readonly open = computed(() => (valueOf(this.openRemote()) ?? []).filter(({ id }) => id !== this.watched()?.own));
  readonly own = computed(() => valueOf(this.ownRemote()) ?? []);
  readonly patronCount = computed(() => {
    const [count, limit] = [valueOf(this.patronRemote()), this.watched()?.patronLimit ?? 0];
    return count !== undefined && count >= limit ? count : undefined;
  });
  readonly unread = computed(() =>
    [errorOf(this.openRemote()), errorOf(this.ownRemote()), errorOf(this.patronRemote())].filter(
      (error) => error !== undefined,
    ),
  );

  /** Reads anew when the part that it reads by has changed, not with everything that becomes known of the order. */
  private follow<P, T>(partOf: (watched: Watched) => P | undefined, read: (part: P) => Observable<T>) {
    const part = computed(
      () => {
        const watched = this.watched();
        return watched === undefined ? undefined : partOf(watched);
      },
      { equal: (one, other) => JSON.stringify(one) === JSON.stringify(other) },
    );
    return toSignal(
      toObservable(part).pipe(switchMap((now) => (now === undefined ? of(IDLE as Remote<T>) : toRemote(read(now))))),
      { initialValue: IDLE },
    );
  }
}
