import { ChangeDetectionStrategy, Component, effect, inject, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';
import { ErrorMessageComponent } from '../ui/error-message.component';
import { StartImportStore } from './start-import.store';

/** Button to start the import; special options are folded. */
@Component({
  selector: 'app-start-import',
  standalone: true,
  imports: [ErrorMessageComponent, MatButton, TranslatePipe],
  providers: [StartImportStore],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (mayManage()) {
      <div class="row">
        <button
          mat-flat-button
          class="primary-action"
          type="button"
          data-testid="import-start"
          [disabled]="store.isStarting()"
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
      @if (store.started(); as started) {
        {{ (started.joined ? 'imports.joined' : 'imports.started') | translate }}
      }
    </p>
    @if (store.error(); as failure) {
      <app-error-message [error]="failure" [canRetry]="failure.retryable" (again)="start()" />
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: 0.375rem;
    }
    summary {
      padding: 0.5rem 0;
      cursor: pointer;
    }
    label {
      min-height: 2.25rem;
    }
  `,
})
export class StartImportComponent {
  readonly mayManage = input.required<boolean>();
  /** Library code; all libraries when absent. */
  readonly library = input<string>();
  readonly started = output();
  protected readonly store = inject(StartImportStore);
  protected readonly isFull = signal(false);
  protected readonly isDry = signal(false);

  constructor() {
    effect(() => {
      if (this.store.started() !== undefined) this.started.emit();
    });
  }

  /** Clears the notice of a started run. */
  forget(): void {
    this.store.started.set(undefined);
  }

  protected start(): void {
    const library = this.library();
    this.store.start({
      ...(library !== undefined && { library }),
      ...(this.isFull() && { full: true }),
      ...(this.isDry() && { dryRun: true }),
    });
  }

  protected isChecked(event: Event): boolean {
    return (event.target as HTMLInputElement).checked;
  }
}
