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
import { AskingComponent } from '../ui/asking.component';
import { BatchRunStore } from './batch-run.store';

const HEADINGS: Readonly<Record<string, string>> = { reading: 'batch.reading', asking: 'batch.asked' };

/** Progress of the batch, with a button to stop it between two rows. */
@Component({
  selector: 'app-batch-progress',
  standalone: true,
  imports: [AskingComponent, MatButton, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <h2 #heading tabindex="-1">{{ wording() | translate: { action: run.label() | translate } }}</h2>
    @if (run.asking(); as asking) {
      <app-asking [asking]="asking" (now)="run.askNow()" (stopped)="run.stop()">
        <p data-testid="batch-asked">{{ 'batch.askedCount' | translate: { count: open() } }}</p>
      </app-asking>
    } @else {
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
    }
    <p class="muted">
      {{ 'batch.soFar' | translate: { done: run.tally().done, failed: run.tally().failed + run.tally().unknown } }}
    </p>
    <p class="visually-hidden" aria-live="polite">
      @if (quarter() > 0 && !run.asking()) {
        {{ 'batch.quarter' | translate: { percent: quarter() * 25 } }}
      }
    </p>
  `,
  styles: `
    app-asking {
      display: block;
      margin: 0.5rem 0;
    }
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
  private readonly title = viewChild.required<ElementRef<HTMLElement>>('heading');
  protected readonly wording = computed(() => HEADINGS[this.run.phase()] ?? 'batch.running');
  /** Number of rows whose outcome is unknown or is being asked for. */
  protected readonly open = computed(() => this.run.tally().unknown + this.run.tally().running);
  protected readonly percent = computed(() => {
    const { count, total } = this.run.progress();
    return total === 0 ? 0 : (100 * count) / total;
  });
  /** The completed quarters of the batch, so that progress is announced at most four times. */
  protected readonly quarter = computed(() => Math.floor(this.percent() / 25));

  constructor() {
    afterNextRender(() => {
      this.title().nativeElement.focus();
    });
  }
}
