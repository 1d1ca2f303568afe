import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { BatchInputStore } from './batch-input.store';
import { BatchRowsStore } from './batch-rows.store';
import { BatchSetupStore } from './batch-setup.store';
import { numberKindOf } from './read-ids';
import { RowFailureComponent } from './row-failure.component';

/** The rows, newest first, and the ids without a request, with the reason. */
@Component({
  selector: 'app-batch-row-list',
  standalone: true,
  imports: [RowFailureComponent, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (store.missing().length > 0) {
      <div class="note warn" data-testid="batch-missing">
        <h3>{{ 'batch.missing' | translate: { count: store.missing().length } }}</h3>
        <ul class="plain-list">
          @for (each of store.missing(); track each.id) {
            <li class="row lined">
              <span>
                <strong>{{ each.id }}</strong>&ngsp;
                @if (each.side; as side) {
                  {{ 'batch.onOtherSide' | translate: { side: ('side.' + side | translate) } }}
                } @else if (each.several) {
                  {{ 'batch.several' | translate: { ids: each.several.join(' / ') } }}
                } @else {
                  {{ 'error.' + each.error.code + '.title' | translate }}
                  @if (each.error.code === 'not-found') {
                    <span class="muted">{{ 'batch.number.' + (kindOf(each.id) ?? 'unknown') | translate }}</span>
                  }
                }
              </span>
              <button
                type="button"
                class="link"
                [attr.aria-label]="'batch.removeId' | translate: { id: each.id }"
                (click)="store.remove(each.id)"
              >
                ✕
              </button>
            </li>
          }
        </ul>
      </div>
    }
    <details [open]="rows().length <= 20 && setup.shipRows().length === 0">
      <summary>{{ 'batch.rows' | translate: { count: rows().length } }}</summary>
      <ul class="plain-list" data-testid="batch-rows">
        @for (row of rows(); track row.id) {
          <li class="row lined">
            <span>
              <strong>{{ row.id }}</strong>&ngsp;
              <span class="chip">{{ 'kind.' + row.kind | translate }}</span>
              {{ row.state === null ? row.externalStatus : ('state.' + row.state | translate) }}
              <span class="muted title">{{ row.title }}</span>
              @if (inputs.refused().get(row.id); as failed) {
                <app-row-failure [of]="failed" />
              }
            </span>
            <button
              type="button"
              class="link"
              [attr.aria-label]="'batch.removeId' | translate: { id: row.id }"
              (click)="store.remove(row.id)"
            >
              ✕
            </button>
          </li>
        }
      </ul>
    </details>
  `,
  styles: `
    summary {
      padding: 0.5rem 0;
      font-weight: 600;
    }
    ul {
      max-height: 22rem;
      overflow-y: auto;
    }
    li {
      flex-wrap: nowrap;
      justify-content: space-between;
      padding-block: 0.25rem;
    }
    .link {
      min-width: 2rem;
      text-align: center;
      text-decoration: none;
    }
    .title {
      display: block;
    }
  `,
  host: { class: 'stack gap-m' },
})
export class BatchRowListComponent {
  protected readonly store = inject(BatchRowsStore);
  protected readonly inputs = inject(BatchInputStore);
  protected readonly kindOf = numberKindOf;
  /** The form lists the rows of a shipment. */
  protected readonly setup = inject(BatchSetupStore);
  protected readonly rows = computed(() => this.store.rows().toReversed());
}
