import { DatePipe } from '@angular/common';
import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';
import type { ImportRun } from '../../domain/api/imports';
import { RunStateComponent } from './run-state.component';

/** Runs, newest first, each linked to its report. */
@Component({
  selector: 'app-run-history',
  standalone: true,
  imports: [DatePipe, RouterLink, RunStateComponent, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <ul class="plain-list" data-testid="run-history">
      @for (run of runs(); track run.runId) {
        <li>
          <a [routerLink]="['/imports', run.runId]" [title]="run.requestedAt | date: 'yyyy-MM-dd HH:mm:ss'">{{
            run.requestedAt | date: 'MM-dd HH:mm'
          }}</a>
          <app-run-state [run]="run" />
          <span>{{ 'imports.line' | translate: { processed: run.totals.processed, failed: run.totals.failed } }}</span>
          <span class="muted"
            >{{ 'imports.trigger.' + run.trigger | translate
            }}{{ run.full ? ' · ' + ('imports.scope.full' | translate) : '' }}</span
          >
        </li>
      }
    </ul>
  `,
  styles: `
    li {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 0.25rem 0.75rem;
      min-height: 2.5rem;
      padding: 0.375rem 0;
      border-top: 1px solid var(--sys-outline-variant);
    }
  `,
})
export class RunHistoryComponent {
  readonly runs = input.required<readonly ImportRun[]>();
}
