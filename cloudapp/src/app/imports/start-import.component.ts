import { ChangeDetectionStrategy, Component, inject, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';
import type { StartImport } from '../../domain/api/imports';
import { newKey } from '../core/new-key';
import { remoteCommand } from '../core/remote';
import { ErrorMessageComponent } from '../ui/error-message.component';
import { ImportClient } from './import.client';

/** Button to start the import; special options are folded. */
@Component({
  selector: 'app-start-import',
  standalone: true,
  imports: [ErrorMessageComponent, MatButton, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (mayManage()) {
      <div class="row">
        <button
          mat-flat-button
          class="primary-action"
          type="button"
          data-testid="import-start"
          [disabled]="command.isRunning()"
          (click)="start()"
        >
          {{ (isDry() ? 'imports.runDry' : 'imports.runNow') | translate }}
        </button>
        <details>
          <summary>{{ 'imports.options' | translate }}</summary>
          <label class="row"
            ><input type="checkbox" [checked]="isFull()" (change)="isFull.set(isChecked($event))" />
            {{ 'imports.optionFull' | translate }}</label
          >
          <label class="row"
            ><input type="checkbox" [checked]="isDry()" (change)="isDry.set(isChecked($event))" />
            {{ 'imports.optionDry' | translate }}</label
          >
        </details>
      </div>
    } @else {
      <p class="muted" data-testid="managers-only">{{ 'imports.managersOnly' | translate }}</p>
    }
    <p role="status">
      @if (command.value(); as started) {
        {{ (started.joined ? 'imports.joined' : 'imports.started') | translate }}
      }
    </p>
    @if (command.error(); as failure) {
      <app-error-message [error]="failure" [canRetry]="failure.retryable" (again)="start()" />
    }
  `,
  styles: 'summary { padding: 0.5rem 0; } label { min-height: 2.25rem; }',
  host: { class: 'stack gap-s' },
})
export class StartImportComponent {
  readonly mayManage = input.required<boolean>();
  /** Library code; all libraries when absent. */
  readonly library = input<string>();
  readonly started = output();
  private readonly client = inject(ImportClient);
  /** A start for which it is unknown whether the gateway accepted it; repetitions use its key. */
  private open: { readonly what: string; readonly key: string } | undefined;
  protected readonly command = remoteCommand(
    (order: StartImport) => this.client.start(order, this.keyFor(JSON.stringify(order))),
    {
      done: () => {
        this.open = undefined;
        this.started.emit();
      },
      failed: ({ retryable }) => {
        if (!retryable) this.open = undefined;
      },
    },
  );
  protected readonly isFull = signal(false);
  protected readonly isDry = signal(false);

  /** Clears the notice of a started run. */
  forget(): void {
    if (this.command.value() !== undefined) this.command.clear();
  }

  protected start(): void {
    const library = this.library();
    this.command.run({
      ...(library !== undefined && { library }),
      ...(this.isFull() && { full: true }),
      ...(this.isDry() && { dryRun: true }),
    });
  }

  private keyFor(what: string): string {
    if (this.open?.what !== what) this.open = { what, key: newKey() };
    return this.open.key;
  }

  protected isChecked(event: Event): boolean {
    return (event.target as HTMLInputElement).checked;
  }
}
