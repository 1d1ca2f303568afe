import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  computed,
  type ElementRef,
  inject,
  viewChild,
} from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';
import { BatchRunStore } from './batch-run.store';

/** How far the batch is; ended between two rows on request. */
@Component({
  selector: 'app-batch-progress',
  standalone: true,
  imports: [MatButton, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <h2 #heading tabindex="-1">
      {{
        (run.phase() === 'reading' ? 'batch.reading' : 'batch.running') | translate: { action: run.label() | translate }
      }}
    </h2>
    <div class="row">
      <progress
        [max]="run.progress().total"
        [value]="run.progress().count"
        [attr.aria-label]="'batch.progress' | translate"
        [attr.aria-valuetext]="'batch.progressOf' | translate: run.progress()"
      ></progress>
      <strong data-testid="batch-progress">{{ run.progress().count }} / {{ run.progress().total }}</strong>
      <button mat-stroked-button type="button" data-testid="batch-stop" (click)="run.stop()">
        {{ 'batch.stop' | translate }}
      </button>
    </div>
    <p class="muted">
      {{ 'batch.soFar' | translate: { done: run.tally().done, failed: run.tally().failed + run.tally().unknown } }}
    </p>
    <p class="visually-hidden" aria-live="polite">
      @if (quarter() > 0) {
        {{ 'batch.quarter' | translate: { percent: quarter() * 25 } }}
      }
    </p>
  `,
  styles: `
    progress {
      flex: 1;
      min-width: 8rem;
      height: 0.75rem;
      accent-color: var(--sys-primary);
    }
  `,
})
export class BatchProgressComponent {
  protected readonly run = inject(BatchRunStore);
  private readonly heading = viewChild.required<ElementRef<HTMLElement>>('heading');
  protected readonly percent = computed(() => {
    const { count, total } = this.run.progress();
    return total === 0 ? 0 : (100 * count) / total;
  });
  /** Said aloud four times at most. */
  protected readonly quarter = computed(() => Math.floor(this.percent() / 25));

  constructor() {
    afterNextRender(() => {
      this.heading().nativeElement.focus();
    });
  }
}
