import { computed, inject, Injectable, signal } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { BehaviorSubject, combineLatest, EMPTY, expand, map, of, reduce, switchMap, type Observable } from 'rxjs';
import type { HoldingsQuery, Page } from '../../domain/api';
import type { Holding } from '../../domain/catalog';
import { comparable } from '../../domain/printed-text';
import { DeskService } from '../core/desk.service';
import { GatewayClient } from '../core/gateway.client';
import { IDLE, toRemote, valueOf, type Remote } from '../core/remote';
import { ranked, rowOf, type HoldingRow } from './lender-choice';
import { OrderFormStore } from './order-form.store';

const FIRST_PAGE = 40;
const LARGE_PAGE = 200;

export interface HoldingFilter {
  /** KENCODE; '' = everywhere. */
  readonly region: string;
  readonly offsetOnly: boolean;
  /** Part of the name or of the FA number; looked for in what is loaded. */
  readonly text: string;
}

/** The holdings of the chosen record in NACSIS-CAT. */
@Injectable()
export class HoldingsStore {
  private readonly gateway = inject(GatewayClient);
  private readonly desk = inject(DeskService);
  private readonly form = inject(OrderFormStore);
  private readonly again$ = new BehaviorSubject<void>(undefined);
  readonly ncid = signal<string | undefined>(undefined);
  readonly filter = signal<HoldingFilter>({ region: '', offsetOnly: false, text: '' });
  readonly wantsAll = signal(false);

  private readonly query = computed(() => {
    const [ncid, library] = [this.ncid(), this.desk.library()?.code];
    const { region, offsetOnly } = this.filter();
    return ncid === undefined || library === undefined ? undefined : { ncid, library, region, offsetOnly, all: this.wantsAll() };
  }, { equal: (one, other) => JSON.stringify(one) === JSON.stringify(other) });

  private shown: { readonly ncid: string; readonly remote: Remote<Page<Holding>> } | undefined;
  readonly page = toSignal(
    combineLatest([toObservable(this.query), this.again$]).pipe(switchMap(([query]) => (query === undefined ? of(IDLE as Remote<Page<Holding>>) : this.load(query)))),
    { initialValue: IDLE },
  );

  readonly total = computed(() => valueOf(this.page())?.total ?? 0);
  readonly loaded = computed(() => valueOf(this.page())?.items.length ?? 0);
  readonly rows = computed<readonly HoldingRow[]>(() => {
    const library = this.desk.library();
    const own = { memberId: library?.memberId ?? '', region: valueOf(this.desk.ownMember())?.region };
    const wanted = comparable(this.filter().text);
    const rows = (valueOf(this.page())?.items ?? []).map((holding) => rowOf(holding, this.form.kind(), own));
    return ranked(rows.filter(({ name, holding }) => comparable(`${name} ${holding.member?.name ?? ''} ${holding.memberId}`).includes(wanted)));
  });

  /** The holdings of another record; the filters stay, the librarian's region does not change with the record. */
  show(ncid: string | undefined): void {
    if (this.ncid() === ncid) return;
    this.wantsAll.set(false);
    this.ncid.set(ncid);
  }

  reload(): void {
    this.again$.next();
  }

  private load({ ncid, library, region, offsetOnly, all }: { ncid: string; library: string; region: string; offsetOnly: boolean; all: boolean }): Observable<Remote<Page<Holding>>> {
    const query: HoldingsQuery = { library, ...(region !== '' && { region }), ...(offsetOnly && { offset: 'true' }) };
    const pages = all ? this.allPages(ncid, query) : this.gateway.holdings(ncid, { ...query, pageSize: FIRST_PAGE });
    const previous = this.shown?.ncid === ncid ? this.shown.remote : IDLE;
    return toRemote(pages, previous).pipe(map((remote) => {
      this.shown = { ncid, remote };
      return remote;
    }));
  }

  private allPages(ncid: string, query: HoldingsQuery): Observable<Page<Holding>> {
    const at = (page: number): Observable<Page<Holding>> => this.gateway.holdings(ncid, { ...query, page, pageSize: LARGE_PAGE });
    return at(1).pipe(
      expand((page) => (page.items.length > 0 && page.page * page.pageSize < page.total ? at(page.page + 1) : EMPTY)),
      reduce((all, page) => ({ ...page, items: [...all.items, ...page.items] })),
    );
  }
}
