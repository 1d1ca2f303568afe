import { computed, effect, inject, Injectable, signal, untracked } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { combineLatest, EMPTY, map, startWith, Subject, switchMap, tap, type Observable } from 'rxjs';
import type { ListQuery, RequestList } from '../../domain/api/work-list';
import { today } from '../../domain/ill/dates';
import type { Side } from '../../domain/ill/kinds';
import { ChosenRequestsService } from '../core/chosen-requests.service';
import { SessionService } from '../core/session.service';
import { GatewayClient } from '../core/gateway.client';
import { IDLE, toRemote, valueOf, type Remote } from '../core/remote';
import { LastLookService } from './last-look.service';
import { ListFilterStore } from './list-filter.store';
import { queryOf } from './list-filter';
import { keyOf, rowOf } from './list-row';
import { LIST_CLOCK } from './list-timing';
import { statusGroups } from './status-groups';

/**
 * The current page of the list. Rows, numbers and age come from one answer of the gateway, so that no number contradicts
 * the rows. Shown data stays on screen while it is read again.
 */
@Injectable({ providedIn: 'root' })
export class WorkListStore {
  private readonly session = inject(SessionService);
  private readonly gateway = inject(GatewayClient);
  private readonly look = inject(LastLookService);
  private readonly filters = inject(ListFilterStore);
  private readonly chosen = inject(ChosenRequestsService);
  private readonly clock = inject(LIST_CLOCK);
  private readonly again$ = new Subject<void>();
  /** True while the list is on screen; otherwise nothing is read. */
  readonly isShown = signal(false);

  /** The library whose list is on screen. */
  readonly library = computed(() => (this.isShown() ? this.session.library()?.code : undefined));
  private readonly query = computed<ListQuery | undefined>(
    () => {
      const library = this.library();
      if (library === undefined || !this.look.isAt(library)) return undefined;
      const newSince = this.look.since();
      const asked = { ...this.filters.choices(), library, page: this.filters.page(), today: today(this.clock) };
      return queryOf(this.filters.filter(), { ...asked, ...(newSince !== undefined && { newSince }) });
    },
    { equal: isSame },
  );

  /** The current page, with the library that it belongs to. */
  readonly page = toSignal(this.pages(), { initialValue: { library: '', remote: IDLE } });
  readonly list = computed(() => this.page().remote);

  readonly shown = computed(() => valueOf(this.list()));
  readonly rows = computed(() => {
    const day = today(this.clock);
    return (this.shown()?.items ?? []).map((request) => rowOf(request, day, this.look.since()));
  });
  readonly pageCount = computed(() => {
    const { total = 0, pageSize = 1 } = this.shown() ?? {};
    return Math.max(Math.ceil(total / pageSize), 1);
  });
  /** Number of requests that NACSIS-ILL no longer delivers; no status counts them. */
  readonly goneCount = computed(() => this.shown()?.facets.gone ?? 0);
  readonly groups = computed(() =>
    statusGroups(this.shown()?.facets.externalStatus ?? [], this.filters.filter().status, this.filters.choices().side),
  );
  private readonly waitingAt = signal<
    { readonly library: string; readonly counts: RequestList['waiting'] } | undefined
  >(undefined);
  /** Number of requests waiting for us per side, also while the other side loads; undefined when unknown. */
  readonly waiting = computed(() => {
    const at = this.waitingAt();
    const isHere = at?.library === this.session.library()?.code;
    return (side: Side): number | undefined => (isHere ? at?.counts[side] : undefined);
  });

  constructor() {
    effect(
      () => {
        const library = this.library();
        const isKnown = valueOf(this.session.session()) !== undefined;
        untracked(() => {
          if (library !== undefined && isKnown && !this.look.isAt(library)) {
            this.look.end();
            this.look.begin(library);
          }
        });
      },
      { allowSignalWrites: true },
    );
  }

  show(): void {
    this.isShown.set(true);
  }

  hide(): void {
    this.isShown.set(false);
    this.look.end();
  }

  /** Reads the page again. */
  again(): void {
    this.again$.next();
  }

  private pages(): Observable<{ readonly library: string; readonly remote: Remote<RequestList> }> {
    let known: { readonly scope: string; readonly remote: Remote<RequestList> } = { scope: '', remote: IDLE };
    return combineLatest([toObservable(this.query), this.again$.pipe(startWith(undefined))]).pipe(
      switchMap(([query]) => {
        if (query === undefined) return EMPTY;
        const { library = '', side = '' } = query;
        const scope = `${library} ${side}`;
        return toRemote(this.gateway.requests(query), known.scope === scope ? known.remote : IDLE).pipe(
          tap((remote) => {
            known = { scope, remote };
            if (remote.state === 'ok') this.take(remote.value, library);
          }),
          map((remote) => ({ library, remote })),
        );
      }),
    );
  }

  private take({ items, total, pageSize, waiting }: RequestList, library: string): void {
    this.look.seen();
    this.waitingAt.set({ library, counts: waiting });
    // Updates selected rows that have changed.
    const fresh = new Map(items.map((item) => [keyOf(item), item]));
    const chosen = this.chosen.chosen();
    if (chosen.some((row) => fresh.has(keyOf(row))))
      this.chosen.chosen.set(chosen.map((row) => fresh.get(keyOf(row)) ?? row));
    // Turns to the last existing page when the current one no longer exists.
    if (items.length === 0 && total > 0) this.filters.turnTo(Math.ceil(total / pageSize));
  }
}

function isSame(one: ListQuery | undefined, other: ListQuery | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
