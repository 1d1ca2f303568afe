import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';
import { WordingComponent } from '../actions/wording.component';
import type { Outcome, RunRow } from './batch-plan';
import { BatchRunStore } from './batch-run.store';
import { RowFailureComponent } from './row-failure.component';
import { errorOfRow, goneKey, standingOf } from './row-reasons';

const MARKS: Readonly<Record<Outcome['state'], string>> = {
  waiting: '·',
  running: '…',
  done: '✓',
  failed: '✗',
  unknown: '？',
};
/** Order after the run: rows that need attention first. */
const ORDER: readonly Outcome['state'][] = ['unknown', 'failed', 'waiting', 'running', 'done'];

/** The result of each row: the new state, or the reason and the remedy. */
@Component({
  selector: 'app-batch-result-list',
  standalone: true,
  imports: [RouterLink, RowFailureComponent, TranslatePipe, WordingComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <ul class="plain-list">
      @for (each of rows(); track each.row.id) {
        <li class="lined" [class]="each.outcome.state" [attr.data-testid]="'result-' + each.outcome.state">
          <span class="mark" aria-hidden="true">{{ each.mark }}</span>
          <div>
            <p>
              <span class="visually-hidden">{{ 'batch.outcome.' + each.outcome.state | translate }}</span>
              <a [routerLink]="['/requests', each.row.side, each.row.id]">{{ each.row.id }}</a>
              @if (each.outcome.state === 'done') {
                → <app-wording [of]="each.standing" />
              }
              <span class="muted title">{{ each.row.title }}</span>
            </p>
            @if (each.error; as error) {
              <app-row-failure [of]="each" />
              @if (each.hasWayOut) {
                <p class="muted">{{ 'error.' + error.code + '.wayOut' | translate }}</p>
              }
            } @else if (each.outcome.state === 'unknown') {
              <p>{{ 'batch.notSeen' | translate }}</p>
            }
            @if (each.isNowShown) {
              <p class="muted" data-testid="batch-now">
                {{ 'batch.now' | translate }}: <app-wording [of]="each.standing" />
              </p>
            }
            @if (each.gone; as gone) {
              <p class="muted">{{ gone | translate }}</p>
            }
          </div>
        </li>
      }
    </ul>
  `,
  styles: `
    li {
      display: flex;
      gap: 0.5rem;
    }
    li > div {
      min-width: 0;
    }
    .title {
      margin-inline-start: 0.25rem;
    }
    .mark {
      flex: none;
      width: 1.25rem;
      text-align: center;
      font-weight: 700;
    }
    .done .mark {
      color: var(--good);
    }
    .failed .mark {
      color: var(--sys-error);
    }
    .unknown .mark {
      color: var(--warn);
    }
  `,
})
export class BatchResultListComponent {
  private readonly run = inject(BatchRunStore);
  protected readonly rows = computed(() => {
    const rows = this.run.rows().map((each) => this.view(each));
    if (this.run.isBusy()) return rows;
    return rows.toSorted((one, other) => ORDER.indexOf(one.outcome.state) - ORDER.indexOf(other.outcome.state));
  });

  private view(each: RunRow) {
    const error = errorOfRow(each);
    return {
      ...each,
      mark: MARKS[each.outcome.state],
      error,
      standing: standingOf(each),
      gone: each.outcome.state === 'done' ? undefined : goneKey(each),
      // During a run, shows the current state only if a refusal delivered it; earlier readings are outdated.
      isNowShown:
        ['failed', 'unknown'].includes(each.outcome.state) &&
        (!this.run.isBusy() || error?.details.request !== undefined),
      // No remedy is shown while the outcome is being asked for.
      hasWayOut: each.outcome.state !== 'unknown' || !this.run.isBusy(),
    };
  }
}
