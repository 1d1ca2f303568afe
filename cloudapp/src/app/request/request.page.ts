import { DatePipe } from '@angular/common';
import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { TranslatePipe } from '@ngx-translate/core';
import { BehaviorSubject, combineLatest, switchMap } from 'rxjs';
import { fieldSpec, SCALAR_NAMES } from '../../domain/fields';
import { GatewayClient } from '../core/gateway.client';
import { errorOf, IDLE, toRemote, valueOf } from '../core/remote';
import { ErrorMessageComponent } from '../ui/error-message.component';
import { fieldLines } from '../ui/field-line';
import { FieldListComponent } from '../ui/field-list.component';
import { PageHeaderComponent } from '../ui/page-header.component';
import { RequestToolsComponent } from './request-tools.component';

/** What the libraries wrote; what the server adds stands in the head of the page. */
const SHOWN = SCALAR_NAMES.filter((name) => fieldSpec(name).setBy !== 'server');

/** A request as NACSIS-ILL has it: its state, what was asked of whom, and what was done. To be read only. */
@Component({
  standalone: true,
  imports: [
    DatePipe,
    ErrorMessageComponent,
    FieldListComponent,
    PageHeaderComponent,
    RequestToolsComponent,
    TranslatePipe,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './request.page.html',
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: 0.75rem;
    }
    .chip {
      margin-inline-start: 0.25rem;
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
    combineLatest([toObservable(this.id), this.again$]).pipe(
      switchMap(([id]) => toRemote(this.gateway.request(id, 'borrower', true))),
    ),
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
