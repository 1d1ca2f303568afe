import { computed, inject, Injectable, signal } from '@angular/core';
import { Subject } from 'rxjs';
import type { CatalogQuery } from '../../../domain/api/catalog';
import type { Form } from '../../../domain/catalog/catalog-files';
import {
  CATALOG_FILES,
  SEARCH_FIELDS,
  UNION_FILE,
  type CatalogFile,
  type SearchField,
} from '../../../domain/catalog/catalog-files';
import { SessionService } from '../../core/session.service';
import { GatewayClient } from '../../core/gateway.client';
import { remoteQuery, valueOf } from '../../core/remote';

type Search = { readonly [field in SearchField]?: string };

const PAGE_SIZE = 20;

/** The librarian's search in NACSIS-CAT: the union catalogue or a reference file. */
@Injectable()
export class CatalogSearchStore {
  private readonly gateway = inject(GatewayClient);
  private readonly session = inject(SessionService);
  private readonly queries$ = new Subject<CatalogQuery | undefined>();
  readonly form = signal<Form>('book');
  private readonly chosenFile = signal<CatalogFile | undefined>(undefined);
  readonly search = signal<Search>({});
  private readonly shownPage = signal(1);
  /** The last search; later input applies to the next search. */
  private made: Omit<CatalogQuery, 'library' | 'page' | 'pageSize'> | undefined;

  readonly fields = computed<readonly SearchField[]>(() => SEARCH_FIELDS[this.form()]);
  readonly files = computed<readonly CatalogFile[]>(() => CATALOG_FILES[this.form()]);
  /** The searched file; the union catalogue when the chosen file belongs to the other form. */
  readonly file = computed<CatalogFile>(
    () => this.files().find((file) => file === this.chosenFile()) ?? UNION_FILE[this.form()],
  );

  readonly results = remoteQuery(this.queries$, (query) => this.gateway.searchCatalog(query)).remote;
  readonly isEmpty = computed(() => Object.keys(this.given()).length === 0);
  readonly pages = computed(() => Math.ceil((valueOf(this.results())?.total ?? 0) / PAGE_SIZE));
  readonly page = this.shownPage.asReadonly();

  /** The non-empty fields of this form. */
  private readonly given = computed<Search>(() => {
    const search = this.search();
    return Object.fromEntries(
      this.fields().flatMap((field) => ((search[field] ?? '').trim() === '' ? [] : [[field, search[field] ?? '']])),
    );
  });

  type(field: SearchField, value: string): void {
    this.search.update((search) => ({ ...search, [field]: value }));
  }

  chooseFile(file: string): void {
    this.chosenFile.set(this.files().find((each) => each === file));
  }

  clear(): void {
    this.search.set({});
    this.queries$.next(undefined);
  }

  /** Starts a new search; with `page`, shows that page of the last search. */
  run(page?: number): void {
    if (page === undefined && !this.isEmpty())
      this.made = {
        ...this.given(),
        form: this.form(),
        ...(this.file() !== UNION_FILE[this.form()] && { file: this.file() }),
      };
    const library = this.session.library()?.code;
    if (library === undefined || this.made === undefined || (page === undefined && this.isEmpty())) return;
    this.shownPage.set(page ?? 1);
    this.queries$.next({ ...this.made, library, page: page ?? 1, pageSize: PAGE_SIZE });
  }
}
