import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { MAX_LENDERS } from '../../../domain/ill/fields';
import { FieldErrorComponent } from '../../ui/field-error.component';
import { HoldingsStore } from './holdings.store';
import { OrderFormStore } from '../form/order-form.store';
import { RotaListComponent } from './rota-list.component';
import { RotaStore } from './rota.store';

/** The second block: up to five libraries in asking order. */
@Component({
  selector: 'app-lenders-block',
  standalone: true,
  imports: [FieldErrorComponent, RotaListComponent, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './lenders-block.component.html',
  styles: ':host { display: flex; flex-direction: column; gap: 0.5rem; } .head { justify-content: space-between; }',
})
export class LendersBlockComponent {
  protected readonly rota = inject(RotaStore);
  protected readonly holdings = inject(HoldingsStore);
  private readonly form = inject(OrderFormStore);
  protected readonly max = MAX_LENDERS;
  protected readonly errors = computed(() => [
    ...this.form.shownErrors().filter(({ field }) => field.startsWith('lenders')),
    ...this.rota.errors(),
  ]);
}
