import { computed, inject, Injectable, signal } from '@angular/core';
import { takeUntilDestroyed, toSignal } from '@angular/core/rxjs-interop';
import { catchError, exhaustMap, filter, of, startWith, Subject, switchMap, tap, type Observable } from 'rxjs';
import type { Profile, SavedView } from '../../domain/api-profile';
import { asAppError, type AppError } from '../core/app-error';
import { DeskService } from '../core/desk.service';
import { GatewayClient } from '../core/gateway.client';
import { errorOf, IDLE, toRemote, valueOf, type Remote } from '../core/remote';
import { ListFilterStore } from './list-filter.store';
import { viewQuery } from './saved-view';

/** As the contract has it (MAX_VIEWS). */
const MAX_VIEWS = 20;

type Change = (views: readonly SavedView[]) => readonly SavedView[];

/** Filters under a name that the library's staff share; managers save and remove them. */
@Injectable()
export class ViewsStore {
  private readonly desk = inject(DeskService);
  private readonly gateway = inject(GatewayClient);
  private readonly filters = inject(ListFilterStore);
  private readonly changes$ = new Subject<Change>();
  /** What a change has made of the views; undefined: they are read again. */
  private readonly changed$ = new Subject<Profile | undefined>();

  private readonly remote = toSignal(this.desk.library$.pipe(switchMap(({ code }) => this.follow(code))), {
    initialValue: IDLE,
  });
  private readonly profile = computed(() => valueOf(this.remote()));
  readonly views = computed<readonly SavedView[]>(() => this.profile()?.views ?? []);
  readonly readError = computed(() => errorOf(this.remote()));
  /** Why the last change was not saved. */
  readonly saveError = signal<AppError | undefined>(undefined);
  readonly mayChange = computed(
    () => valueOf(this.desk.desk())?.me.user.mayManage === true && this.profile() !== undefined,
  );
  readonly isFull = computed(() => this.views().length >= MAX_VIEWS);
  /** The view that shows exactly what the list shows now. */
  readonly current = computed(() => {
    const now = canonical(viewQuery(this.filters.filter(), this.filters.choices()));
    return this.views().find(({ query }) => canonical(query) === now);
  });

  constructor() {
    this.changes$
      .pipe(
        exhaustMap((change) => this.put(change)),
        takeUntilDestroyed(),
      )
      .subscribe({
        next: (profile) => {
          this.changed$.next(profile);
        },
      });
  }

  choose(name: string): void {
    const view = this.views().find((each) => each.name === name);
    if (view !== undefined) this.filters.showView(view);
  }

  /** What the list shows now under this name; an older one of the name is replaced. */
  save(name: string): void {
    const view: SavedView = { name, query: viewQuery(this.filters.filter(), this.filters.choices()) };
    this.changes$.next((views) =>
      [...views.filter((each) => each.name !== name), view].sort((one, other) =>
        one.name.localeCompare(other.name, 'ja'),
      ),
    );
  }

  remove(name: string): void {
    this.changes$.next((views) => views.filter((each) => each.name !== name));
  }

  /** What was read of this library stays while it is read again. */
  private follow(library: string): Observable<Remote<Profile>> {
    let known: Remote<Profile> = IDLE;
    return this.changed$.pipe(
      filter((profile) => profile === undefined || profile.library === library),
      startWith(undefined),
      switchMap((profile) =>
        profile === undefined
          ? toRemote(this.gateway.profile(library), known)
          : of<Remote<Profile>>({ state: 'ok', value: profile }),
      ),
      tap((remote) => {
        known = remote;
      }),
    );
  }

  private put(change: Change): Observable<Profile | undefined> {
    const [library, profile] = [this.desk.library()?.code ?? '', this.profile()];
    return this.gateway
      .putProfile(library, { version: profile?.version ?? 0, views: [...change(profile?.views ?? [])] })
      .pipe(
        tap(() => {
          this.saveError.set(undefined);
        }),
        catchError((thrown: unknown) => {
          this.saveError.set(asAppError(thrown));
          return of(undefined);
        }),
      );
  }
}

function canonical(query: SavedView['query']): string {
  return JSON.stringify(Object.entries(query).sort(([one], [other]) => (one < other ? -1 : 1)));
}
