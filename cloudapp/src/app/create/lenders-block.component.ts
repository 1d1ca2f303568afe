import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';
import { PREFECTURES } from '../../domain/codes';
import { MAX_LENDERS } from '../../domain/fields';
import { errorOf } from '../core/remote';
import { ErrorMessageComponent } from '../ui/error-message.component';
import { FieldErrorComponent } from '../ui/field-error.component';
import { HoldingRowComponent } from './holding-row.component';
import { HoldingsStore } from './holdings.store';
import { OrderFormStore } from './order-form.store';
import { RotaStore } from './rota.store';

/** The second block: up to five libraries in the order in which they are asked, and the holdings to choose them from. */
@Component({
  selector: 'app-lenders-block',
  standalone: true,
  imports: [ErrorMessageComponent, FieldErrorComponent, HoldingRowComponent, MatButton, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './lenders-block.component.html',
  styles: `
    :host { display: flex; flex-direction: column; gap: 0.5rem; }
    .pick { display: flex; align-items: center; gap: 0.25rem; padding: 0.25rem 0; border-bottom: 1px solid var(--sys-outline-variant); }
    .pick .name { flex: 1; min-width: 0; }
    .square { min-width: 2rem; height: 2rem; border: 1px solid var(--sys-outline-variant); border-radius: 4px; background: var(--sys-surface); cursor: pointer; }
    .square:disabled { opacity: 0.4; cursor: default; }
    .filters { display: grid; grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); gap: 0.5rem; align-items: end; }
    .filters label { display: flex; flex-direction: column; font-size: 0.857rem; color: var(--sys-on-surface-variant); }
    .filters label.check { flex-direction: row; align-items: center; gap: 0.25rem; min-height: 2rem; }
    .holdings { max-height: 24rem; overflow-y: auto; border-top: 1px solid var(--sys-outline-variant); }
  `,
})
export class LendersBlockComponent {
  protected readonly rota = inject(RotaStore);
  protected readonly holdings = inject(HoldingsStore);
  private readonly form = inject(OrderFormStore);
  protected readonly prefectures = PREFECTURES;
  protected readonly max = MAX_LENDERS;
  /** Said to a screen reader after each change of the rota. */
  protected readonly said = signal<{ readonly key: string; readonly name: string } | undefined>(undefined);
  protected readonly error = computed(() => errorOf(this.holdings.page()));
  protected readonly errors = computed(() => [
    ...this.form.shownErrors().filter(({ field }) => field.startsWith('lenders')),
    ...this.rota.errors(),
  ]);

  protected move(at: number, by: -1 | 1, name: string): void {
    this.rota.move(at, by);
    this.said.set({ key: by < 0 ? 'create.movedUp' : 'create.movedDown', name });
  }

  protected remove(memberId: string, name: string): void {
    this.rota.remove(memberId);
    this.said.set({ key: 'create.removed', name });
  }

  protected filter(change: Partial<ReturnType<HoldingsStore['filter']>>): void {
    this.holdings.filter.update((filter) => ({ ...filter, ...change }));
  }

  protected valueIn(event: Event): string {
    return (event.target as HTMLInputElement | HTMLSelectElement).value;
  }

  protected checkedIn(event: Event): boolean {
    return (event.target as HTMLInputElement).checked;
  }
}
