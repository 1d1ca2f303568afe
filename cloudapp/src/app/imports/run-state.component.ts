import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import type { ImportRun } from '../../domain/api/imports';
import { stateLabel } from '../../domain/imports/import-labels';
import { markOf } from './run-state';

const SIGNS = { good: '✓', warn: '⚠', error: '✗', none: '…' } as const;

/** State of a run as text, sign and colour, with a mark for dry runs. */
@Component({
  selector: 'app-run-state',
  standalone: true,
  imports: [TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <span class="chip" [class]="mark()" data-testid="run-state">
      <span aria-hidden="true">{{ sign() }}</span>
      {{ state() | translate }}
    </span>
    @if (run().dryRun) {
      <span class="chip">{{ 'imports.dry' | translate }}</span>
    }
  `,
  styles: ':host { display: inline-flex; flex-wrap: wrap; gap: 0.25rem; }',
})
export class RunStateComponent {
  readonly run = input.required<ImportRun>();
  protected readonly mark = computed(() => markOf(this.run()));
  protected readonly sign = computed(() => SIGNS[this.mark()]);
  protected readonly state = computed(() => stateLabel(this.run()));
}
