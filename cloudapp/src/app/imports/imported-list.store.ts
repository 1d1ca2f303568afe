import { computed, inject, Injectable, InjectionToken, signal } from '@angular/core';
import { takeUntilDestroyed, toObservable } from '@angular/core/rxjs-interop';
import { Subject, switchMap, throttleTime } from 'rxjs';
import type { ImportedQuery } from '../../domain/api/imports';
import { remoteQuery } from '../core/remote';
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
  private readonly query = remoteQuery(
    this.wanted,
    ({ runId, query }) => this.client.requests(runId, query),
    (before, now) => before === now,
  );

  readonly isLoading = this.query.isLoading;
  readonly error = this.query.error;
  private readonly shown = this.query.value;
  readonly items = computed(() => this.shown()?.items ?? []);
  readonly total = computed(() => this.shown()?.total ?? 0);
  readonly page = computed(() => this.wanted()?.query.page ?? 1);
  readonly pages = computed(() => {
    const shown = this.shown();
    return shown === undefined ? 1 : Math.max(1, Math.ceil(shown.total / shown.pageSize));
  });

  constructor() {
    toObservable(this.wanted)
      .pipe(
        switchMap(() => this.changes$.pipe(throttleTime(this.pause, undefined, { leading: true, trailing: true }))),
        takeUntilDestroyed(),
      )
      .subscribe({ next: () => this.query.reload() });
  }

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
}
