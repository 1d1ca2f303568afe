import { ChangeDetectionStrategy, Component, computed, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';
import type { CatalogRecord } from '../../../domain/catalog/catalog';
import { CatalogDetailsComponent } from './catalog-details.component';

/** A card for a NACSIS-CAT record, with full details on demand. */
@Component({
  selector: 'app-catalog-record',
  standalone: true,
  imports: [CatalogDetailsComponent, MatButton, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="row card">
      <div>
        <p>
          <strong>{{ record().title }}</strong>
        </p>
        <p class="muted">{{ details() }}</p>
        <p class="muted">{{ numbers() }}</p>
        @if (hasDetails()) {
          <button type="button" class="link small" [attr.aria-expanded]="isOpen()" (click)="isOpen.set(!isOpen())">
            {{ 'create.details' | translate }}<span class="visually-hidden"> {{ record().title }}</span>
          </button>
        }
      </div>
      @if (canChoose()) {
        <button mat-stroked-button type="button" (click)="chosen.emit(record())">
          {{ 'create.chooseRecord' | translate }}<span class="visually-hidden"> {{ record().title }}</span>
        </button>
      }
    </div>
    @if (isOpen()) {
      @defer (on immediate) {
        <app-catalog-details [record]="record()" [canChoose]="canChoose()" (chosen)="chosen.emit($event)" />
      } @error {
        <p class="note error">{{ 'create.notLoaded' | translate }}</p>
      }
    }
  `,
  styles: `
    :host {
      display: block;
      border-bottom: var(--line);
    }
    .card {
      flex-wrap: nowrap;
      justify-content: space-between;
      padding: 0.375rem 0;
    }
    .card > div {
      min-width: 0;
    }
    button {
      flex: none;
    }
  `,
})
export class CatalogRecordComponent {
  readonly record = input.required<CatalogRecord>();
  readonly canChoose = input(false);
  readonly hasDetails = input(false);
  /** Emits this record or a linked one. */
  readonly chosen = output<CatalogRecord>();

  protected readonly isOpen = signal(false);
  protected readonly details = computed(() => {
    const { responsibility, edition, place, publisher, year } = this.record();
    const imprint = [place, publisher].filter(Boolean).join(' : ');
    return [responsibility, edition, [imprint, year].filter(Boolean).join(', ')].filter(Boolean).join(' — ');
  });
  protected readonly numbers = computed(() => {
    const { ncid, file, issn, isbns, numbering } = this.record();
    return [file, ncid, issn && `ISSN ${issn}`, isbns[0] && `ISBN ${isbns[0]}`, numbering].filter(Boolean).join(' · ');
  });
}
