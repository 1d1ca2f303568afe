import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';
import type { AppError } from '../core/app-error';
import { FieldErrorComponent } from '../ui/field-error.component';
import type { Outcome, RunRow } from './batch-plan';
import { BatchRunStore } from './batch-run.store';

const MARKS: Readonly<Record<Outcome['state'], string>> = {
  waiting: '·',
  running: '…',
  done: '✓',
  failed: '✗',
  unknown: '？',
};
/** When all is over, what needs attention comes first. */
const ORDER: readonly Outcome['state'][] = ['unknown', 'failed', 'waiting', 'running', 'done'];

/** What became of each row: the new state, or the reason and the way out. */
@Component({
  selector: 'app-batch-result-list',
  standalone: true,
  imports: [FieldErrorComponent, RouterLink, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <ul class="plain-list">
      @for (each of rows(); track each.row.id) {
        <li [class]="each.outcome.state" [attr.data-testid]="'result-' + each.outcome.state">
          <span class="mark" aria-hidden="true">{{ each.mark }}</span>
          <div>
            <p>
              <span class="visually-hidden">{{ 'batch.outcome.' + each.outcome.state | translate }}</span>
              <a [routerLink]="['/requests', each.row.side, each.row.id]">{{ each.row.id }}</a>
              @if (each.outcome.state === 'done') {
                →
                {{ each.outcome.to === null ? each.outcome.externalStatus : ('state.' + each.outcome.to | translate) }}
              }
              <span class="muted title">{{ each.row.title }}</span>
            </p>
            @if (each.error; as error) {
              <p>
                <strong>{{ 'error.' + error.code + '.title' | translate }}</strong>
                @for (fault of each.faults; track $index) {
                  · {{ 'field.' + fault.name | translate }}: <app-field-error [error]="fault.error" />
                }
              </p>
              @if (error.details.nacsis; as nacsis) {
                <p>{{ 'message.nacsisSays' | translate: { status: nacsis.status, message: nacsis.message } }}</p>
              }
              <p class="muted">{{ 'error.' + error.code + '.wayOut' | translate }}</p>
            } @else if (each.outcome.state === 'unknown') {
              <p>{{ 'batch.notSeen' | translate }}</p>
            }
            @if (each.isNowShown) {
              <p class="muted">
                {{ 'batch.now' | translate }}:
                {{ each.row.state === null ? each.row.externalStatus : ('state.' + each.row.state | translate) }}
              </p>
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
      padding: 0.375rem 0;
      border-top: 1px solid var(--sys-outline-variant);
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
    const rows = this.run.rows().map((each) => ({
      ...each,
      mark: MARKS[each.outcome.state],
      error: errorIn(each),
      // While it runs, what was read before it is no news.
      isNowShown: !this.run.isBusy() && ['failed', 'unknown'].includes(each.outcome.state),
      // The path of a field begins with its name: `lenders[2].memberId`.
      faults: (errorIn(each)?.details.fieldErrors ?? []).map((error) => ({ error, name: error.field.split('[')[0] })),
    }));
    if (this.run.isBusy()) return rows;
    return rows.toSorted((one, other) => ORDER.indexOf(one.outcome.state) - ORDER.indexOf(other.outcome.state));
  });
}

function errorIn({ outcome }: RunRow): AppError | undefined {
  return 'error' in outcome ? outcome.error : undefined;
}
