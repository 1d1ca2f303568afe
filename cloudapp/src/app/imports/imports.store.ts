import { computed, inject, Injectable, InjectionToken, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { interval, tap } from 'rxjs';
import type { Runs, RunsQuery } from '../../domain/api/imports';
import { isFinal } from '../../domain/imports/import';
import { SessionService } from '../core/session.service';
import { remoteQuery } from '../core/remote';
import { ImportClient } from './import.client';

/** Milliseconds between checks for runs that others or the schedule started. */
const IMPORTS_LOOK = new InjectionToken<number>('pause between two looks at the runs', {
  providedIn: 'root',
  factory: () => 30_000,
});

interface Wanted {
  readonly scope: string;
  readonly query: RunsQuery;
}
/** Stands for all libraries of the institution. */
const ALL = '';

/** The runs of the current library or of all libraries, newest first. */
@Injectable()
export class ImportsStore {
  private readonly client = inject(ImportClient);
  private readonly session = inject(SessionService);
  private readonly looks = signal(0);
  readonly isAll = signal(false);
  readonly page = signal(1);
  /** Library code; undefined for all. */
  readonly library = computed(() => (this.isAll() ? undefined : this.session.library()?.code));
  private readonly wanted = computed<Wanted | undefined>(() => {
    this.looks();
    const [library, page] = [this.library(), this.page()];
    if (library === undefined && !this.isAll()) return undefined;
    return { scope: library ?? ALL, query: { ...(library !== undefined && { library }), page } };
  });
  /** The newest runs, independent of the displayed page. */
  private readonly newest = signal<{ readonly scope: string; readonly runs: Runs } | undefined>(undefined);
  private readonly query = remoteQuery(
    this.wanted,
    ({ scope, query }) =>
      this.client.runs(query).pipe(
        tap((runs) => {
          if (query.page === 1) this.newest.set({ scope, runs });
        }),
      ),
    (before, now) => before.scope === now.scope && before.query.page === now.query.page,
  );

  readonly isLoading = this.query.isLoading;
  readonly error = this.query.error;
  readonly history = this.query.value;
  /** Finished runs of the displayed page. */
  readonly finished = computed(() => (this.history()?.items ?? []).filter(({ state }) => isFinal(state)));
  private readonly first = computed(() => {
    const newest = this.newest();
    return newest?.scope === (this.library() ?? ALL) ? newest.runs : undefined;
  });
  /** Runs that are queued or running. */
  readonly active = computed(() => (this.first()?.items ?? []).filter(({ state }) => !isFinal(state)));
  readonly last = computed(() => this.first()?.items.find(({ state }) => isFinal(state)));
  readonly pages = computed(() => {
    const first = this.first();
    return first === undefined ? 1 : Math.max(1, Math.ceil(first.total / Math.max(1, first.items.length)));
  });

  constructor() {
    interval(inject(IMPORTS_LOOK))
      .pipe(takeUntilDestroyed())
      .subscribe({ next: () => this.look() });
  }

  /** '' selects all libraries. */
  choose(code: string): void {
    this.page.set(1);
    this.isAll.set(code === ALL);
    if (code !== ALL) this.session.chooseLibrary(code);
  }

  turnTo(page: number): void {
    this.page.set(page);
  }

  look(): void {
    this.looks.update((count) => count + 1);
  }

  /** Shows the first page, where started and ended runs appear. */
  lookAtNewest(): void {
    this.page.set(1);
    this.look();
  }
}
