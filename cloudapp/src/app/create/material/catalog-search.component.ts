import { ChangeDetectionStrategy, Component, computed, effect, inject, input, output, untracked } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';
import { type CatalogRecord } from '../../../domain/catalog/catalog';
import { FORMS } from '../../../domain/catalog/catalog-files';
import { cutToBytes, LONGEST_TITLE } from '../../../domain/alma/citation';
import {
  FIRST_SEARCH_FIELDS,
  UNION_FILE,
  type CatalogFile,
  type SearchField,
} from '../../../domain/catalog/catalog-files';
import type { MarcCitation } from '../../../domain/catalog/marc';
import { errorOf, valueOf } from '../../core/remote';
import { ErrorMessageComponent } from '../../ui/error-message.component';
import { CatalogRecordComponent } from './catalog-record.component';
import { CatalogSearchStore } from './catalog-search.store';

/** Search in NACSIS-CAT, prefilled from the record on the Alma page. */
@Component({
  selector: 'app-catalog-search',
  standalone: true,
  imports: [CatalogRecordComponent, ErrorMessageComponent, MatButton, TranslatePipe],
  providers: [CatalogSearchStore],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './catalog-search.component.html',
  styles: `
    .grid {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(10rem, 1fr));
      gap: 0.5rem;
    }
    summary {
      padding: 0.25rem 0;
    }
  `,
  host: { class: 'stack gap-m' },
})
export class CatalogSearchComponent {
  readonly citation = input<MarcCitation>();
  readonly chosen = output<CatalogRecord>();
  protected readonly store = inject(CatalogSearchStore);
  protected readonly forms = FORMS;
  protected readonly first = computed(() => this.store.fields().slice(0, FIRST_SEARCH_FIELDS));
  protected readonly rest = computed(() => this.store.fields().slice(FIRST_SEARCH_FIELDS));

  constructor() {
    // Prefills the search with the record's title, unless the user has typed something.
    effect(
      () => {
        const citation = this.citation();
        if (citation === undefined) return;
        untracked(() => {
          if (!this.store.isEmpty()) return;
          this.store.form.set(citation.form);
          this.store.search.set({ title: cutToBytes(citation.title, LONGEST_TITLE) });
        });
      },
      { allowSignalWrites: true },
    );
  }

  protected error() {
    return errorOf(this.store.results());
  }

  protected found() {
    return valueOf(this.store.results()) ?? { total: 0, items: [] };
  }

  protected type(field: SearchField, event: Event): void {
    this.store.type(field, (event.target as HTMLInputElement).value);
  }

  protected chooseFile(event: Event): void {
    this.store.chooseFile((event.target as HTMLSelectElement).value);
  }

  protected isUnion(file: CatalogFile): boolean {
    return file === UNION_FILE[this.store.form()];
  }

  /** Searches for the same work in the union catalogue, because only its records have holdings. */
  protected searchUnion({ form, title, isbns, issn }: CatalogRecord): void {
    this.store.form.set(form);
    this.store.chooseFile(UNION_FILE[form]);
    const [isbn] = form === 'book' ? isbns : [];
    this.store.search.set(
      isbn !== undefined ? { isbn } : issn !== undefined ? { issn } : { title: cutToBytes(title, LONGEST_TITLE) },
    );
    this.store.run();
  }

  protected run(event: Event): void {
    event.preventDefault();
    this.store.run();
  }
}
