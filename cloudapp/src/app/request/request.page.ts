import { DatePipe } from '@angular/common';
import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { RouterLink } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';
import { BehaviorSubject, combineLatest, switchMap } from 'rxjs';
import { fieldSpec, SCALAR_NAMES } from '../../domain/fields';
import { GatewayClient } from '../core/gateway.client';
import { errorOf, IDLE, toRemote, valueOf } from '../core/remote';
import { ErrorMessageComponent } from '../ui/error-message.component';
import { fieldLines } from '../ui/field-line';

/** What the libraries wrote; what the server adds stands in the head of the page. */
const SHOWN = SCALAR_NAMES.filter((name) => fieldSpec(name).setBy !== 'server');

/** A request as NACSIS-ILL has it: its state, what was asked of whom, and what was done. To be read only. */
@Component({
  standalone: true,
  imports: [DatePipe, ErrorMessageComponent, RouterLink, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './request.page.html',
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: 0.75rem;
    }
    dl {
      margin: 0;
    }
    dl > div {
      display: grid;
      grid-template-columns: 8.5rem 1fr;
      gap: 0.5rem;
      padding: 0.25rem 0;
      border-top: 1px solid var(--sys-outline-variant);
    }
    dt {
      color: var(--sys-on-surface-variant);
    }
    dd {
      margin: 0;
      min-width: 0;
    }
    ol {
      margin: 0;
      padding-inline-start: 1.5rem;
    }
  `,
})
export class RequestPage {
  readonly id = input.required<string>();
  private readonly gateway = inject(GatewayClient);
  private readonly again$ = new BehaviorSubject<void>(undefined);
  private readonly remote = toSignal(
    combineLatest([toObservable(this.id), this.again$]).pipe(switchMap(([id]) => toRemote(this.gateway.request(id)))),
    { initialValue: IDLE },
  );
  protected readonly isLoading = computed(() => ['idle', 'loading'].includes(this.remote().state));
  protected readonly request = computed(() => valueOf(this.remote()));
  protected readonly error = computed(() => errorOf(this.remote()));
  protected readonly lines = computed(() => fieldLines(SHOWN, this.request()?.fields ?? {}));

  protected again(): void {
    this.again$.next();
  }
}
