import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  computed,
  type ElementRef,
  inject,
  input,
  output,
  viewChild,
} from '@angular/core';
import { DOCUMENT } from '@angular/common';
import { toSignal } from '@angular/core/rxjs-interop';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';
import { asyncScheduler, interval, map, timer } from 'rxjs';
import type { ErrorCode } from '../../domain/errors';
import type { Asking } from '../core/until-known';

/** Codes of errors that add nothing to the notice. */
const PLAIN: readonly ErrorCode[] = ['outcome-unknown', 'command-in-progress'];

/** Notice that a command awaits confirmation by NACSIS-ILL and the app keeps asking: elapsed time, ask now, stop. */
@Component({
  selector: 'app-asking',
  standalone: true,
  imports: [MatButton, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="note warn stack" data-testid="asking">
      <p #notice role="status" tabindex="-1">
        @if (isShown()) {
          <strong>{{ 'asking.title' | translate }}</strong> {{ 'asking.note' | translate }}
        }
      </p>
      @if (reason(); as code) {
        <p>{{ 'asking.last' | translate }} {{ 'error.' + code + '.title' | translate }}</p>
      }
      <ng-content />
      <p class="row muted time">
        <span class="spinner" aria-hidden="true"></span>
        {{ 'asking.since' | translate: { seconds: seconds() } }}
      </p>
      <div class="row">
        <button mat-stroked-button class="primary-action" type="button" data-testid="ask-now" (click)="now.emit()">
          {{ 'asking.now' | translate }}
        </button>
        <button mat-stroked-button class="primary-action" type="button" data-testid="ask-stop" (click)="stopped.emit()">
          {{ 'asking.stop' | translate }}
        </button>
      </div>
    </div>
  `,
  styles: `
    .time {
      font-variant-numeric: tabular-nums;
    }
  `,
})
export class AskingComponent {
  readonly asking = input.required<Asking>();
  readonly now = output();
  readonly stopped = output();
  private readonly document = inject(DOCUMENT);
  private readonly notice = viewChild.required<ElementRef<HTMLElement>>('notice');
  /** True after a first, empty rendering, because a live region announces only changes. */
  protected readonly isShown = toSignal(timer(0).pipe(map(() => true)));
  private readonly clock = toSignal(interval(1_000).pipe(map(() => asyncScheduler.now())));
  protected readonly seconds = computed(() => {
    const passed = (this.clock() ?? asyncScheduler.now()) - this.asking().since;
    return Math.max(0, Math.floor(passed / 1_000));
  });
  /** Why the last call left the outcome unknown; undefined when the reason adds nothing to the notice. */
  protected readonly reason = computed(() => {
    const code = this.asking().error?.code;
    return code === undefined || PLAIN.includes(code) ? undefined : code;
  });

  constructor() {
    afterNextRender(() => {
      // Takes over the focus when the clicked button has disappeared or is disabled.
      if (this.document.activeElement === this.document.body) this.notice().nativeElement.focus();
    });
  }
}
