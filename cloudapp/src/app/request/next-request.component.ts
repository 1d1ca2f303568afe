import { ChangeDetectionStrategy, Component, inject, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';
import { map } from 'rxjs';
import type { RequestView } from '../../domain/api/requests';
import type { RequestSummary } from '../../domain/api/work-list';
import { GatewayClient } from '../core/gateway.client';
import { remoteCommand } from '../core/remote';
import { ErrorMessageComponent } from '../ui/error-message.component';

/** Goes on to the request of the work list that has waited longest for this library. */
@Component({
  selector: 'app-next-request',
  standalone: true,
  imports: [ErrorMessageComponent, MatButton, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <button
      mat-stroked-button
      type="button"
      [disabled]="command.isRunning()"
      (click)="command.run(request())"
      data-testid="next-request"
    >
      {{ 'request.next' | translate }} →
    </button>
    <span role="status">{{ isLast() ? ('request.noNext' | translate) : '' }}</span>
    @if (command.error(); as failure) {
      <app-error-message [error]="failure" />
    }
  `,
  host: { class: 'row' },
})
export class NextRequestComponent {
  readonly request = input.required<RequestView>();
  readonly next = output<RequestSummary>();
  private readonly gateway = inject(GatewayClient);
  protected readonly command = remoteCommand(
    ({ library, side, id }: RequestView) =>
      this.gateway
        .requests({ library, side, needsAction: true, sort: 'needs', pageSize: 2 })
        .pipe(map(({ items }) => items.find((item) => item.id !== id) ?? 'none')),
    {
      done: (found) => {
        if (found !== 'none') this.next.emit(found);
      },
    },
  );

  protected isLast(): boolean {
    return this.command.value() === 'none';
  }
}
