import { computed, inject, Injectable, InjectionToken, signal } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { NEVER, startWith, Subject, switchMap, tap, throttleTime, type Observable } from 'rxjs';
import type { ImportedPage, ImportedQuery } from '../../domain/api/imports';
import { errorOf, IDLE, toRemote, valueOf, type Remote } from '../core/remote';
import { ImportClient } from './import.client';

/** Minimum pause between two readings of the requests while the run is running. Milliseconds. */
export const LIST_PAUSE = new InjectionToken<number>('pause between two readings of the requests of a run', {
  providedIn: 'root',
  factory: () => 3_000,
});

interface Wanted {
  readonly runId: string;
  readonly query: ImportedQuery;
}

/** Pages of the requests of a run. */
@Injectable()
export class ImportedListStore {
  private readonly client = inject(ImportClient);
  private readonly pause = inject(LIST_PAUSE);
  private readonly changes$ = new Subject<void>();
  private readonly wanted = signal<Wanted | undefined>(undefined);
  private readonly remote = toSignal(toObservable(this.wanted).pipe(switchMap((wanted) => this.follow(wanted))), {
    initialValue: IDLE,
  });

  readonly isLoading = computed(() => ['idle', 'loading'].includes(this.remote().state));
  readonly error = computed(() => errorOf(this.remote()));
  private readonly shown = computed(() => valueOf(this.remote()));
  readonly items = computed(() => this.shown()?.items ?? []);
  readonly total = computed(() => this.shown()?.total ?? 0);
  readonly page = computed(() => this.wanted()?.query.page ?? 1);
  readonly pages = computed(() => {
    const shown = this.shown();
    return shown === undefined ? 1 : Math.max(1, Math.ceil(shown.total / shown.pageSize));
  });

  show(runId: string, query: ImportedQuery): void {
    this.wanted.set({ runId, query });
  }

  turnTo(page: number): void {
    this.wanted.update((wanted) => wanted && { ...wanted, query: { ...wanted.query, page } });
  }

  /** Reads again, after progress of the run or on retry. */
  readAgain(): void {
    this.changes$.next();
  }

  private follow(wanted: Wanted | undefined): Observable<Remote<ImportedPage>> {
    if (wanted === undefined) return NEVER;
    let known: Remote<ImportedPage> = IDLE;
    const again = this.changes$.pipe(throttleTime(this.pause, undefined, { leading: true, trailing: true }));
    return again.pipe(startWith(undefined)).pipe(
      switchMap(() => toRemote(this.client.requests(wanted.runId, wanted.query), known)),
      tap((remote) => {
        known = remote;
      }),
    );
  }
}
