import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import type { ImportRun } from '../../domain/api/imports';

/** Numbers of a run per side and in total: processed, succeeded, failed; with `isDetailed` also the outcomes. */
@Component({
  selector: 'app-run-numbers',
  standalone: true,
  imports: [TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <table class="table" [attr.aria-label]="'imports.numbers' | translate" data-testid="run-numbers">
      <thead>
        <tr>
          <td></td>
          @for (column of columns; track column) {
            <th class="muted small" scope="col">{{ columnArea() + column | translate }}</th>
          }
        </tr>
      </thead>
      <tbody>
        @for (row of rows(); track row.name) {
          <tr>
            <th class="muted small" scope="row">{{ 'imports.row.' + row.name | translate }}</th>
            <td [attr.data-number]="row.name">{{ row.processed }}</td>
            <td [attr.data-number]="row.name + '-succeeded'">{{ row.succeeded }}</td>
            <td [attr.data-number]="row.name + '-failed'" [class.fault]="row.failed > 0">
              @if (row.failed > 0) {
                <span aria-hidden="true">⚠</span>
              }
              {{ row.failed }}
            </td>
          </tr>
        }
      </tbody>
    </table>
    @if (isDetailed()) {
      <dl class="row" data-testid="run-details">
        @for (detail of details(); track detail.name) {
          <div>
            <dt class="muted small">{{ outcomeArea() + detail.name | translate }}</dt>
            <dd [attr.data-number]="detail.name">{{ detail.count }}</dd>
          </div>
        }
      </dl>
    }
  `,
  styles: `
    table {
      max-width: 32rem;
    }
    th {
      font-weight: 400;
    }
    th,
    td {
      text-align: right;
      vertical-align: baseline;
    }
    th[scope='row'] {
      padding-left: 0;
      text-align: left;
    }
    tbody td {
      font-size: 1.286rem;
      font-weight: 600;
      font-variant-numeric: tabular-nums;
    }
    tbody tr:last-child th {
      color: inherit;
    }
    dl {
      gap: 0.25rem 1rem;
      margin-top: 0.5rem;
    }
    div {
      display: flex;
      gap: 0.375rem;
      align-items: baseline;
    }
    dd {
      font-weight: 600;
      font-variant-numeric: tabular-nums;
    }
  `,
})
export class RunNumbersComponent {
  readonly run = input.required<ImportRun>();
  readonly isDetailed = input(false);
  protected readonly columns = ['processed', 'succeeded', 'failed'] as const;
  protected readonly columnArea = computed(() => (this.run().dryRun ? 'imports.wouldColumn.' : 'imports.column.'));
  protected readonly outcomeArea = computed(() => (this.run().dryRun ? 'imports.would.' : 'imports.did.'));
  protected readonly rows = computed(() => {
    const { processed, failed, borrowing, lending } = this.run().totals;
    const succeeded = borrowing.succeeded + lending.succeeded;
    return [
      { name: 'borrowing', ...borrowing },
      { name: 'lending', ...lending },
      { name: 'records', processed, succeeded, failed },
    ];
  });
  protected readonly details = computed(() => {
    const { created, updated, statusChanged, unchanged } = this.run().totals;
    return [
      { name: 'created', count: created },
      { name: 'status-changed', count: statusChanged },
      { name: 'updated', count: updated },
      { name: 'unchanged', count: unchanged },
    ];
  });
}
