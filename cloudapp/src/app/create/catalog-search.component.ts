import { ChangeDetectionStrategy, Component, effect, inject, input, output, untracked } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';
import { FORMS, type CatalogRecord } from '../../domain/catalog';
import { cutToBytes, LONGEST_TITLE } from '../../domain/citation';
import type { MarcCitation } from '../../domain/marc';
import { errorOf, valueOf } from '../core/remote';
import { ErrorMessageComponent } from '../ui/error-message.component';
import { CatalogRecordComponent } from './catalog-record.component';
import { CatalogSearchStore, SEARCH_FIELDS, type SearchField } from './catalog-search.store';

/** Search in NACSIS-CAT, filled from the record on the Alma page. */
@Component({
  selector: 'app-catalog-search',
  standalone: true,
  imports: [CatalogRecordComponent, ErrorMessageComponent, MatButton, TranslatePipe],
  providers: [CatalogSearchStore],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form class="stack" (submit)="run($event)" [attr.aria-label]="'create.search.title' | translate">
      <div class="row" role="radiogroup" [attr.aria-label]="'create.search.form' | translate">
        @for (form of forms; track form) {
          <label><input type="radio" name="form" [value]="form" [checked]="store.form() === form" (change)="store.form.set(form)" /> {{ 'form.' + form | translate }}</label>
        }
      </div>
      <div class="grid">
        @for (field of fields; track field) {
          <label>{{ 'create.search.field.' + field | translate }} <input type="text" [value]="store.search()[field] ?? ''" (input)="type(field, $event)" autocomplete="off" /></label>
        }
      </div>
      <div><button mat-stroked-button type="submit" [disabled]="store.isEmpty()">{{ 'create.search.run' | translate }}</button></div>
    </form>
    <div aria-live="polite">
      @switch (store.results().state) {
        @case ('loading') {
          <p class="muted" role="status">{{ 'create.search.searching' | translate }}</p>
        }
        @case ('failed') {
          @if (error(); as failure) {
            <app-error-message [error]="failure" [canRetry]="true" (again)="store.run(store.page())" />
          }
        }
        @case ('ok') {
          <p>{{ (found().total === 0 ? 'create.search.nothing' : 'create.search.hits') | translate: { count: found().total } }}</p>
          <ul class="plain-list">
            @for (record of found().items; track record.ncid) {
              <li><app-catalog-record [record]="record" [canChoose]="true" (chosen)="chosen.emit(record)" /></li>
            }
          </ul>
          @if (store.pages() > 1) {
            <div class="row">
              <button mat-stroked-button type="button" [disabled]="store.page() <= 1" (click)="store.run(store.page() - 1)">{{ 'action.previous' | translate }}</button>
              <span>{{ store.page() }} / {{ store.pages() }}</span>
              <button mat-stroked-button type="button" [disabled]="store.page() >= store.pages()" (click)="store.run(store.page() + 1)">{{ 'action.next' | translate }}</button>
            </div>
          }
        }
      }
    </div>
  `,
  styles: `
    :host { display: flex; flex-direction: column; gap: 0.5rem; }
    .grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(10rem, 1fr)); gap: 0.5rem; }
    .grid label { display: flex; flex-direction: column; font-size: 0.857rem; color: var(--sys-on-surface-variant); }
  `,
})
export class CatalogSearchComponent {
  readonly citation = input<MarcCitation>();
  readonly chosen = output<CatalogRecord>();
  protected readonly store = inject(CatalogSearchStore);
  protected readonly forms = FORMS;
  protected readonly fields = SEARCH_FIELDS;

  constructor() {
    // The record's own words are where the search starts; what was typed into it stays.
    effect(() => {
      const citation = this.citation();
      if (citation === undefined) return;
      untracked(() => {
        if (!this.store.isEmpty()) return;
        this.store.form.set(citation.form);
        this.store.search.set({ title: cutToBytes(citation.title, LONGEST_TITLE) });
      });
    }, { allowSignalWrites: true });
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

  protected run(event: Event): void {
    event.preventDefault();
    this.store.run();
  }
}
