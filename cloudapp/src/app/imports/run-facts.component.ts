import { DatePipe } from '@angular/common';
import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';
import type { ImportRun } from '../../domain/api/imports';
import { durationOf, endingLabel } from '../../domain/imports/import-labels';
import { SessionService } from '../core/session.service';
import { RunStateComponent } from './run-state.component';

/** Time, duration, scope and user of a run; for an unfinished one also the reason and its progress. */
@Component({
  selector: 'app-run-facts',
  standalone: true,
  imports: [DatePipe, RouterLink, RunStateComponent, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <p class="row">
      <app-run-state [run]="run()" />
      <time [attr.datetime]="begun()" [title]="begun() | date: 'yyyy-MM-dd HH:mm:ss'">{{
        begun() | date: 'MM-dd HH:mm'
      }}</time>
      @if (duration(); as passed) {
        <span class="muted">{{ passed.label | translate: passed.params }}</span>
      }
    </p>
    <p class="muted">
      {{ 'imports.trigger.' + run().trigger | translate }}
      @if (run().startedBy; as user) {
        · {{ user }}
      }
      · {{ (run().full ? 'imports.scope.full' : 'imports.scope.changed') | translate }} · {{ libraries() }}
    </p>
    @if (run().retryOf; as first) {
      <p>
        <a [routerLink]="['/imports', first]">{{ 'imports.retryOf' | translate }}</a>
      </p>
    }
    @if (run().resumed > 0) {
      <p class="note" data-testid="resumed">{{ 'imports.resumed' | translate: { count: run().resumed } }}</p>
    }
    @if (run().state === 'failed' || run().state === 'cancelled') {
      <div class="note warn stack gap-xs" data-testid="run-ending">
        <p>
          <strong>{{ 'imports.ending.' + run().state | translate }}</strong>
          @if (run().failure; as failure) {
            {{ 'runFault.' + failure.code | translate }}
          }
        </p>
        @if (run().failure?.detail; as detail) {
          <p class="muted">{{ 'imports.detail' | translate: { detail } }}</p>
        }
        <p>{{ reached() | translate: run().progress }}</p>
        <p class="muted">{{ 'imports.ending.wayOut' | translate }}</p>
      </div>
    }
  `,
  host: { class: 'stack gap-s' },
})
export class RunFactsComponent {
  readonly run = input.required<ImportRun>();
  private readonly session = inject(SessionService);
  protected readonly begun = computed(() => this.run().startedAt ?? this.run().requestedAt);
  protected readonly duration = computed(() => durationOf(this.run().startedAt, this.run().finishedAt));
  protected readonly libraries = computed(() => {
    const names = new Map(this.session.libraries().map(({ code, name }) => [code, name]));
    return this.run()
      .libraries.map((code) => names.get(code) ?? code)
      .join(' / ');
  });
  protected readonly reached = computed(() => endingLabel(this.run()));
}
