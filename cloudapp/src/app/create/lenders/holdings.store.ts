import { computed, inject, Injectable, signal } from '@angular/core';
import { EMPTY, expand, scan, type Observable } from 'rxjs';
import type { Page } from '../../../domain/api/catalog';
import type { Holding, Member } from '../../../domain/catalog/catalog';
import type { Wanted } from '../../../domain/catalog/holding-extent';
import { rankedCandidates, type Asking } from '../../../domain/ill/lender-proposal';
import { SessionService } from '../../core/session.service';
import { GatewayClient } from '../../core/gateway.client';
import { remoteQuery, valueOf } from '../../core/remote';
import { NO_FILTER, type HoldingFilter } from '../../core/holding-filter';
import { matches } from './holding-match';
import { rowOf, rowOfMember, type HoldingRow } from '../../../domain/ill/rota';
import { OrderFormStore } from '../form/order-form.store';

/** The gateway's maximum page size. Most records have fewer holdings. */
const PAGE_SIZE = 200;

interface Query {
  readonly ncid: string;
  readonly library: string;
}

/**
 * The holdings of the chosen NACSIS-CAT record. Loads all pages and filters locally, so that filtering needs no calls.
 */
@Injectable()
export class HoldingsStore {
  private readonly gateway = inject(GatewayClient);
  private readonly session = inject(SessionService);
  private readonly form = inject(OrderFormStore);
  readonly ncid = signal<string | undefined>(undefined);
  private readonly narrowed = signal<HoldingFilter | undefined>(undefined);
  /** The filter in use: the user's last filter until the user changes it. */
  readonly filter = computed<HoldingFilter>(
    () => this.narrowed() ?? valueOf(this.session.session())?.user.filter ?? NO_FILTER,
  );

  private readonly query = computed<Query | undefined>(
    () => {
      const [ncid, library] = [this.ncid(), this.session.library()?.code];
      return ncid === undefined || library === undefined ? undefined : { ncid, library };
    },
    { equal: (one, other) => one?.ncid === other?.ncid && one?.library === other?.library },
  );

  /** Keeps the shown holdings of the same record while they are read again, and when that reading fails. */
  private readonly holdings = remoteQuery(
    this.query,
    (query) => this.allPages(query),
    (before, now) => before === now,
  );
  /** The holdings, growing while further pages arrive: `items` holds the loaded ones, `total` counts all. */
  readonly page = this.holdings.remote;

  /** Recent requests to each member. Without these requests the proposal is only less precise. */
  private readonly recent = remoteQuery(this.session.library$, ({ code }) => this.gateway.recentLenders(code)).value;

  readonly total = computed(() => valueOf(this.page())?.total ?? 0);
  readonly loaded = computed(() => valueOf(this.page())?.items.length ?? 0);
  readonly recentDays = computed(() => this.recent()?.days ?? 0);

  /** The part of the form that affects the ranking, so that other input does not rank the holdings again. */
  private readonly wanted = computed<Wanted>(
    () => {
      const { volume, year } = this.form.values();
      return { ...(volume !== undefined && { volume }), ...(year !== undefined && { year }) };
    },
    { equal: (one, other) => one.volume === other.volume && one.year === other.year },
  );

  private readonly asking = computed<Asking>(() => {
    const own = valueOf(this.session.ownMember());
    const counts = this.recent()?.counts;
    return {
      kind: this.form.kind(),
      wanted: this.wanted(),
      own: {
        memberId: this.session.library()?.memberId ?? '',
        ...(own?.region !== undefined && { region: own.region }),
        ...(own && { offset: own.offset }),
      },
      ...(counts && { recent: counts }),
    };
  });

  /** All holdings, best lender first. */
  readonly all = computed<readonly HoldingRow[]>(() => {
    const asking = this.asking();
    return rankedCandidates((valueOf(this.page())?.items ?? []).map((holding) => rowOf(holding, asking)));
  });
  /** The holdings that pass the filter. */
  readonly rows = computed<readonly HoldingRow[]>(() => {
    const [given, ownId] = [this.filter(), this.session.library()?.memberId ?? ''];
    return this.all().filter((row) => matches(row, given, ownId));
  });

  /** The member's holding of the record, or a row without one. */
  rowFor(member: Member): HoldingRow {
    const held = this.all().find(({ holding }) => holding.memberId === member.memberId);
    return held ?? rowOfMember(member, this.asking());
  }

  /** Switches to another record and keeps the filters. */
  show(ncid: string | undefined): void {
    this.ncid.set(ncid);
  }

  narrow(change: Partial<HoldingFilter>): void {
    const [before, filter] = [lasting(this.filter()), { ...this.filter(), ...change }];
    this.narrowed.set(filter);
    // Each write is a call to Alma, so changes of the texts, which are not stored, cause no write.
    if (JSON.stringify(before) !== JSON.stringify(lasting(filter))) this.session.remember({ filter: lasting(filter) });
  }

  reload(): void {
    this.holdings.reload();
  }

  private allPages({ ncid, library }: Query): Observable<Page<Holding>> {
    const at = (page: number): Observable<Page<Holding>> =>
      this.gateway.holdings(ncid, { library, page, pageSize: PAGE_SIZE });
    return at(1).pipe(
      expand((page) => (page.items.length > 0 && page.page * page.pageSize < page.total ? at(page.page + 1) : EMPTY)),
      scan((all, page) => ({ ...page, items: [...all.items, ...page.items] })),
    );
  }
}

/** The stored part of a filter. Texts belong to the current search only. */
function lasting(filter: HoldingFilter): HoldingFilter {
  return { ...filter, text: '', volume: '', year: '' };
}
