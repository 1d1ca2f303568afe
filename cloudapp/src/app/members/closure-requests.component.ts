import { DatePipe } from '@angular/common';
import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';
import type { ClosureDays } from '../../domain/ill/closure';
import { formatDay } from '../../domain/ill/dates';
import { remoteQuery } from '../core/remote';
import { SessionService } from '../core/session.service';
import { ErrorMessageComponent } from '../ui/error-message.component';
import { MembersClient } from './members.client';

/** The requests open now that wait for the library, or are due on a closed day. */
@Component({
  selector: 'app-closure-requests',
  standalone: true,
  imports: [DatePipe, ErrorMessageComponent, RouterLink, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (found.isLoading()) {
      <p class="muted small" role="status">{{ 'members.closures.readingRequests' | translate }}</p>
    }
    @if (found.error(); as failure) {
      <app-error-message [error]="failure" [canRetry]="true" [isQuiet]="true" (again)="found.reload()" />
    }
    @if (found.value(); as requests) {
      <p class="small" role="status">
        {{
          (requests.total === 0
            ? 'members.closures.noRequests'
            : requests.total === 1
              ? 'members.closures.oneRequest'
              : 'members.closures.someRequests'
          ) | translate: { count: requests.total }
        }}
        @if (requests.readAt; as at) {
          <span class="muted">{{ 'members.closures.asOf' | translate: { time: at | date: 'MM-dd HH:mm' } }}</span>
        }
      </p>
      <ul class="plain-list small" data-testid="closure-requests">
        @for (request of requests.items; track request.side + request.id) {
          <li class="lined">
            <a [routerLink]="['/requests', request.side, request.id]">{{ request.id }}</a>
            {{ 'kind.' + request.kind | translate }}
            <strong>{{
              request.state === null ? request.externalStatus : ('state.' + request.state | translate)
            }}</strong>
            @if (request.dueDate; as due) {
              {{ 'workList.due' | translate }} {{ dayOf(due) }}
            }
            <span class="muted">{{ request.title }}</span>
          </li>
        }
      </ul>
      @if (requests.total > requests.items.length) {
        <p class="muted small">{{ 'members.closures.moreRequests' | translate: { shown: requests.items.length } }}</p>
      }
    }
  `,
  styles: `
    ul {
      max-height: 14rem;
      overflow-y: auto;
    }
  `,
  host: { class: 'stack gap-xs' },
})
export class ClosureRequestsComponent {
  readonly days = input.required<ClosureDays>();
  private readonly client = inject(MembersClient);
  private readonly session = inject(SessionService);
  /** Compared by value, because a list that was read again brings equal days. */
  private readonly wanted = computed(
    () => {
      const library = this.session.library()?.code;
      const { from, to } = this.days();
      return library === undefined ? undefined : { library, from, to };
    },
    { equal: (one, other) => one?.library === other?.library && one?.from === other?.from && one?.to === other?.to },
  );
  protected readonly found = remoteQuery(this.wanted, ({ library, from, to }) =>
    this.client.requestsAt(library, { from, to }),
  );

  protected dayOf(day: string): string {
    return formatDay(day);
  }
}
