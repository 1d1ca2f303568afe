import { computed, inject, Injectable, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { of, Subject, switchMap } from 'rxjs';
import type { CatalogQuery, Page } from '../../domain/api';
import type { CatalogRecord, Form } from '../../domain/catalog';
import { DeskService } from '../core/desk.service';
import { GatewayClient } from '../core/gateway.client';
import { IDLE, toRemote, valueOf, type Remote } from '../core/remote';

/** The fields of the search, in their order on the form. */
export const SEARCH_FIELDS = ['title', 'author', 'isbn', 'issn', 'ncid', 'publisher', 'year'] as const;
export type SearchField = (typeof SEARCH_FIELDS)[number];
export type Search = { readonly [field in SearchField]?: string };

const PAGE_SIZE = 20;

/** The librarian's own search in NACSIS-CAT. */
@Injectable()
export class CatalogSearchStore {
  private readonly gateway = inject(GatewayClient);
  private readonly desk = inject(DeskService);
  private readonly queries$ = new Subject<CatalogQuery | undefined>();
  readonly form = signal<Form>('book');
  readonly search = signal<Search>({});
  private readonly shownPage = signal(1);
  /** What was searched for last; what is typed afterwards counts from the next search. */
  private made: (Search & { readonly form: Form }) | undefined;

  readonly results = toSignal(
    this.queries$.pipe(switchMap((query) => (query === undefined ? of(IDLE as Remote<Page<CatalogRecord>>) : toRemote(this.gateway.searchCatalog(query))))),
    { initialValue: IDLE },
  );
  readonly isEmpty = computed(() => Object.values(this.search()).every((value) => value.trim() === ''));
  readonly pages = computed(() => Math.ceil((valueOf(this.results())?.total ?? 0) / PAGE_SIZE));
  readonly page = this.shownPage.asReadonly();

  type(field: SearchField, value: string): void {
    this.search.update((search) => ({ ...search, [field]: value }));
  }

  /** Searches for what is typed; with a `page`, shows that page of the search that was made. */
  run(page?: number): void {
    if (page === undefined && !this.isEmpty()) this.made = { ...this.given(), form: this.form() };
    const library = this.desk.library()?.code;
    if (library === undefined || this.made === undefined || (page === undefined && this.isEmpty())) return;
    this.shownPage.set(page ?? 1);
    this.queries$.next({ ...this.made, library, page: page ?? 1, pageSize: PAGE_SIZE });
  }

  private given(): Search {
    return Object.fromEntries(Object.entries(this.search()).filter(([, value]) => value.trim() !== ''));
  }
}
