import { ChangeDetectionStrategy, Component, computed, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';
import type { CatalogRecord } from '../../domain/catalog';

/** A record of NACSIS-CAT on a card. */
@Component({
  selector: 'app-catalog-record',
  standalone: true,
  imports: [MatButton, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="card">
      <div>
        <p><strong>{{ record().title }}</strong></p>
        <p class="muted">{{ details() }}</p>
        <p class="muted">{{ numbers() }}</p>
      </div>
      @if (canChoose()) {
        <button mat-stroked-button type="button" (click)="chosen.emit()">{{ 'create.chooseRecord' | translate }}<span class="visually-hidden"> {{ record().title }}</span></button>
      }
    </div>
  `,
  styles: '.card { display: flex; justify-content: space-between; align-items: center; gap: 0.5rem; padding: 0.375rem 0; border-bottom: 1px solid var(--sys-outline-variant); } .card > div { min-width: 0; } button { flex: none; }',
})
export class CatalogRecordComponent {
  readonly record = input.required<CatalogRecord>();
  readonly canChoose = input(false);
  readonly chosen = output();

  protected readonly details = computed(() => {
    const { responsibility, edition, place, publisher, year } = this.record();
    const imprint = [place, publisher].filter(Boolean).join(' : ');
    return [responsibility, edition, [imprint, year].filter(Boolean).join(', ')].filter(Boolean).join(' — ');
  });
  protected readonly numbers = computed(() => {
    const { ncid, issn, isbns, numbering } = this.record();
    return [ncid, issn && `ISSN ${issn}`, isbns[0] && `ISBN ${isbns[0]}`, numbering].filter(Boolean).join(' · ');
  });
}
