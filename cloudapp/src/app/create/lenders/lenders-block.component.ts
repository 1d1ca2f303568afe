import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { MAX_LENDERS } from '../../../domain/ill/fields';
import { FieldErrorComponent } from '../../ui/field-error.component';
import { HoldingsStore } from './holdings.store';
import { OrderFormStore } from '../form/order-form.store';
import { MemberSearchComponent } from './member-search.component';
import { RotaListComponent } from './rota-list.component';
import { EDITABLE_PARTS, RotaStore } from './rota.store';

/** The second block: up to five libraries in asking order. */
@Component({
  selector: 'app-lenders-block',
  standalone: true,
  imports: [FieldErrorComponent, MemberSearchComponent, RotaListComponent, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="row head">
      <p class="muted">
        {{ (rota.isOwn() ? 'create.rotaOwn' : 'create.rotaProposed') | translate: { count: rota.picks().length, max } }}
      </p>
      @if (rota.isOwn() && holdings.all().length > 0) {
        <button class="link" type="button" (click)="rota.propose(holdings.all())">
          {{ 'create.proposeAgain' | translate }}
        </button>
      }
      @if (rota.picks().length > 0) {
        <button class="link" type="button" (click)="rota.clear()">{{ 'create.clearRota' | translate }}</button>
      }
    </div>
    @if (rota.picks().length > 0) {
      <app-rota-list />
    }
    <details (toggle)="isAdding.set(true)">
      <summary>{{ 'create.addLender.title' | translate }}</summary>
      @if (isAdding()) {
        @defer (on immediate) {
          <app-member-search />
        } @error {
          <p class="note error">{{ 'create.notLoaded' | translate }}</p>
        }
      }
    </details>
    @for (fault of errors(); track $index) {
      <app-field-error [error]="fault" />
    }
  `,
  styles: `
    .head {
      justify-content: space-between;
    }
    summary {
      padding: 0.375rem 0;
      color: var(--sys-primary);
    }
  `,
  host: { class: 'stack gap-m' },
})
export class LendersBlockComponent {
  protected readonly rota = inject(RotaStore);
  protected readonly holdings = inject(HoldingsStore);
  private readonly form = inject(OrderFormStore);
  protected readonly max = MAX_LENDERS;
  /** True once the search was opened, which is then loaded. */
  protected readonly isAdding = signal(false);
  protected readonly errors = computed(() => [
    // The entries show the faults of their own parts.
    ...this.form
      .shownErrors()
      .filter(({ field }) => field.startsWith('lenders') && !EDITABLE_PARTS.some((part) => field.endsWith(`.${part}`))),
    ...this.rota.errors(),
  ]);
}
