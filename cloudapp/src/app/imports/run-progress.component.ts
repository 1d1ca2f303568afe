import { DatePipe, NgTemplateOutlet } from '@angular/common';
import { ChangeDetectionStrategy, Component, computed, inject, InjectionToken, input } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { TranslatePipe } from '@ngx-translate/core';
import { throttleTime } from 'rxjs';
import type { ImportRun } from '../../domain/api/imports';
import { doingLabel } from '../../domain/imports/import-labels';

/** Minimum pause between two screen reader announcements. Milliseconds. */
const SPEAK_PAUSE = new InjectionToken<number>('pause between two sentences of the live region', {
  providedIn: 'root',
  factory: () => 5_000,
});

/** Current work and progress of a run; with a bar once the amount of work is known. */
@Component({
  selector: 'app-run-progress',
  standalone: true,
  imports: [DatePipe, NgTemplateOutlet, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <ng-template #words let-run>
      @if (run.waiting) {
        {{
          doing(run)
            | translate
              : { reason: 'runFault.' + run.waiting.code | translate, until: run.waiting.until | date: 'MM-dd HH:mm' }
        }}
      } @else {
        {{ doing(run) | translate: run.progress }}
      }
    </ng-template>
    <p data-testid="run-doing" aria-hidden="true">
      <ng-container [ngTemplateOutlet]="words" [ngTemplateOutletContext]="{ $implicit: run() }" />
    </p>
    <progress
      [attr.max]="due()"
      [attr.value]="due() === undefined ? null : run().progress.done"
      [attr.aria-label]="'imports.progress' | translate"
    ></progress>
    <p class="visually-hidden" role="status" data-testid="run-spoken">
      <ng-container [ngTemplateOutlet]="words" [ngTemplateOutletContext]="{ $implicit: spoken() ?? run() }" />
    </p>
  `,
  styles: `
    progress {
      width: 100%;
      height: 0.75rem;
      accent-color: var(--sys-primary);
    }
  `,
  host: { class: 'stack gap-s' },
})
export class RunProgressComponent {
  protected readonly doing = doingLabel;
  readonly run = input.required<ImportRun>();
  /** undefined when there is nothing to measure. */
  protected readonly due = computed(() => {
    const { progress, state } = this.run();
    return state === 'running' && progress.due !== undefined && progress.due > 0 ? progress.due : undefined;
  });
  protected readonly spoken = toSignal(
    toObservable(this.run).pipe(throttleTime(inject(SPEAK_PAUSE), undefined, { leading: true, trailing: true })),
  );
}
