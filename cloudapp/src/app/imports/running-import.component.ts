import { ChangeDetectionStrategy, Component, computed, effect, inject, input, output, untracked } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';
import type { ImportRun } from '../../domain/api/imports';
import { isFinal } from '../../domain/imports/import';
import { ErrorMessageComponent } from '../ui/error-message.component';
import { CancelImportComponent } from './cancel-import.component';
import { ImportRunStore } from './import-run.store';
import { RunFactsComponent } from './run-facts.component';
import { RunProgressComponent } from './run-progress.component';
import { RunNumbersComponent } from './run-numbers.component';

/** A queued or running run, live. */
@Component({
  selector: 'app-running-import',
  standalone: true,
  imports: [
    CancelImportComponent,
    ErrorMessageComponent,
    RouterLink,
    RunFactsComponent,
    RunProgressComponent,
    RunNumbersComponent,
    TranslatePipe,
  ],
  providers: [ImportRunStore],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <app-run-facts [run]="run()" />
    <app-run-progress [run]="run()" />
    <app-run-numbers [run]="run()" />
    @if (store.error(); as failure) {
      <p class="note warn" role="status" data-testid="not-live">
        {{ (failure.retryable ? 'imports.notLive' : 'imports.noNews') | translate }}
        {{ 'error.' + failure.code + '.title' | translate }}
      </p>
    }
    @if (store.cancelError(); as failure) {
      <app-error-message [error]="failure" />
    }
    <div class="row">
      @if (mayCancel()) {
        <app-cancel-import [isDry]="run().dryRun" [isAsking]="store.isAsking()" (confirmed)="store.cancel()" />
      }
      <a [routerLink]="['/imports', run().runId]">{{ 'imports.toReport' | translate }}</a>
    </div>
  `,
  host: { class: 'stack' },
})
export class RunningImportComponent {
  /** The run as it was when the list was read. */
  readonly known = input.required<ImportRun>();
  readonly mayManage = input(false);
  readonly runEnded = output();
  protected readonly store = inject(ImportRunStore);
  protected readonly run = computed(() => {
    const [live, known] = [this.store.run(), this.known()];
    return live?.runId === known.runId ? live : known;
  });
  protected readonly mayCancel = computed(
    () => this.mayManage() && !isFinal(this.run().state) && !this.run().isCancelling,
  );
  private readonly runId = computed(() => this.known().runId);
  private readonly hasEnded = computed(() => isFinal(this.run().state));

  constructor() {
    effect(
      () => {
        const runId = this.runId();
        untracked(() => this.store.show({ runId, known: this.known() }));
      },
      { allowSignalWrites: true },
    );
    effect(() => {
      if (this.hasEnded()) this.runEnded.emit();
    });
  }
}
