import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';
import { newKey } from '../core/new-key';
import { remoteCommand } from '../core/remote';
import { ImportClient } from '../imports/import.client';
import { ErrorMessageComponent } from '../ui/error-message.component';

/** Starts a dry run and opens its report. */
@Component({
  selector: 'app-dry-run',
  standalone: true,
  imports: [ErrorMessageComponent, MatButton, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <h2>{{ 'integration.dryRun.title' | translate }}</h2>
    <p class="muted">{{ 'integration.dryRun.about' | translate }}</p>
    <div>
      <button
        mat-stroked-button
        type="button"
        [disabled]="isHeld() || isStarting()"
        (click)="start()"
        data-testid="dry-run"
      >
        {{ 'integration.dryRun.start' | translate }}
      </button>
    </div>
    @if (isHeld()) {
      <p class="muted">{{ 'integration.dryRun.saveFirst' | translate }}</p>
    }
    @if (isStarting()) {
      <p class="muted" role="status">{{ 'integration.dryRun.starting' | translate }}</p>
    }
    @if (error(); as failure) {
      <app-error-message [error]="failure" [canRetry]="failure.retryable" (again)="start()" />
    }
  `,
  host: { class: 'stack gap-m' },
})
export class DryRunComponent {
  readonly library = input.required<string>();
  /** True while there are unsaved changes, because the run uses the stored settings. */
  readonly isHeld = input(false);
  private readonly imports = inject(ImportClient);
  private readonly router = inject(Router);
  /** Key of a start; the same for all its repetitions, so that a lost response does not cause a second run. */
  private key = newKey();
  private readonly command = remoteCommand(
    (library: string) => this.imports.start({ library, dryRun: true }, this.key),
    {
      done: ({ runId }) => {
        this.key = newKey();
        void this.router.navigate(['/imports', runId]);
      },
    },
  );
  protected readonly isStarting = this.command.isRunning;
  protected readonly error = this.command.error;

  protected start(): void {
    this.command.run(this.library());
  }
}
