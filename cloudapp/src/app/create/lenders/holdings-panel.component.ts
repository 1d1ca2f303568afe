import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';
import { errorOf } from '../../core/remote';
import { ErrorMessageComponent } from '../../ui/error-message.component';
import { ViewportService } from '../../ui/viewport.service';
import { HoldingFiltersComponent } from './holding-filters.component';
import { HoldingRowComponent } from './holding-row.component';
import { HoldingsStore } from './holdings.store';
import { HoldingsTableComponent } from './holdings-table.component';
import type { HoldingRow } from '../../../domain/ill/rota';
import { RotaStore } from './rota.store';

/** Rows of the narrow list that are rendered at first, and with each "more". */
const ROWS = 50;

/** All holdings of the record, filtered and sorted, for choosing lenders manually. */
@Component({
  selector: 'app-holdings-panel',
  standalone: true,
  imports: [
    ErrorMessageComponent,
    HoldingFiltersComponent,
    HoldingRowComponent,
    HoldingsTableComponent,
    MatButton,
    TranslatePipe,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './holdings-panel.component.html',
  styles: `
    .holdings {
      max-height: 28rem;
      overflow-y: auto;
      border-top: var(--line);
    }
    .skeleton {
      height: 8rem;
    }
    summary {
      padding: 0.375rem 0;
      color: var(--sys-primary);
    }
  `,
  host: { class: 'stack gap-m' },
})
export class HoldingsPanelComponent {
  protected readonly rota = inject(RotaStore);
  protected readonly holdings = inject(HoldingsStore);
  protected readonly viewport = inject(ViewportService);
  private readonly opened = signal<boolean | undefined>(undefined);
  private readonly most = signal(ROWS);

  protected readonly error = computed(() => errorOf(this.holdings.page()));
  protected readonly servingCount = computed(
    () => this.holdings.all().filter(({ refusal }) => refusal === undefined).length,
  );
  /** Folded when there is a proposal, otherwise open. */
  protected readonly isOpen = computed(() => this.opened() ?? this.rota.picks().length === 0);
  protected readonly shown = computed(() => this.holdings.rows().slice(0, this.most()));

  protected toggled(event: Event): void {
    const isOpen = (event.target as HTMLDetailsElement).open;
    if (isOpen !== this.isOpen()) this.opened.set(isOpen);
  }

  /** Keeps the list open while picking. */
  protected pick(row: HoldingRow): void {
    this.opened.set(true);
    this.rota.add(row);
  }

  protected showMore(): void {
    this.most.update((most) => most + ROWS);
  }
}
