import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import type { ImportRun } from '../../domain/api-import';

/** The numbers of a run: all records; borrowing and lending requests, how many, succeeded and failed; with `isDetailed` also what became of them. */
@Component({
  selector: 'app-run-tiles',
  standalone: true,
  imports: [TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <dl [attr.aria-label]="'imports.numbers' | translate" data-testid="run-tiles">
      @for (tile of tiles(); track tile.name) {
        <div [class.bad]="tile.isFailure && tile.count > 0" [attr.data-tile]="tile.name">
          <dt>{{ area() + tile.name | translate }}</dt>
          <dd>
            @if (tile.isFailure && tile.count > 0) {
              <span aria-hidden="true">⚠</span>
            }
            {{ tile.count }}
          </dd>
        </div>
      }
    </dl>
    @if (isDetailed()) {
      <dl class="details" data-testid="run-details">
        @for (detail of details(); track detail.name) {
          <div [attr.data-tile]="detail.name">
            <dt>{{ outcomes() + detail.name | translate }}</dt>
            <dd>{{ detail.count }}</dd>
          </div>
        }
      </dl>
    }
  `,
  styles: `
    dl {
      display: grid;
      grid-template-columns: repeat(3, minmax(0, 1fr));
      gap: 0.5rem;
      margin: 0;
    }
    dl > div {
      display: flex;
      flex-direction: column;
      justify-content: space-between;
      padding: 0.375rem 0.625rem;
      border: 1px solid var(--sys-outline-variant);
      border-radius: 8px;
      background: var(--sys-surface);
    }
    dl > div:first-child {
      grid-column: 1 / -1;
    }
    dt {
      font-size: 0.857rem;
      color: var(--sys-on-surface-variant);
    }
    dd {
      margin: 0;
      font-size: 1.429rem;
      font-weight: 600;
      font-variant-numeric: tabular-nums;
    }
    .bad {
      border-color: var(--sys-error);
    }
    .bad dd {
      color: var(--sys-error);
    }
    dl.details {
      display: flex;
      flex-wrap: wrap;
      gap: 0.25rem 1rem;
      margin-top: 0.5rem;
    }
    .details > div {
      flex-direction: row;
      gap: 0.375rem;
      align-items: baseline;
      padding: 0;
      border: 0;
      background: none;
    }
    .details dd {
      font-size: 1rem;
    }
    @media (min-width: 600px) {
      dl {
        grid-template-columns: repeat(4, minmax(0, 1fr));
      }
      dl > div:first-child {
        grid-area: auto / auto / span 2;
      }
    }
  `,
})
export class RunTilesComponent {
  readonly run = input.required<ImportRun>();
  readonly isDetailed = input(false);
  protected readonly area = computed(() => (this.run().dryRun ? 'imports.wouldTile.' : 'imports.tile.'));
  protected readonly outcomes = computed(() => (this.run().dryRun ? 'imports.would.' : 'imports.did.'));
  protected readonly tiles = computed(() => {
    const { processed, borrowing, lending } = this.run().totals;
    return [
      { name: 'processed', count: processed, isFailure: false },
      { name: 'borrowing', count: borrowing.processed, isFailure: false },
      { name: 'borrowing-succeeded', count: borrowing.succeeded, isFailure: false },
      { name: 'borrowing-failed', count: borrowing.failed, isFailure: true },
      { name: 'lending', count: lending.processed, isFailure: false },
      { name: 'lending-succeeded', count: lending.succeeded, isFailure: false },
      { name: 'lending-failed', count: lending.failed, isFailure: true },
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
