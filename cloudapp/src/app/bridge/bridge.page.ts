import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  ElementRef,
  inject,
  Injector,
  viewChild,
} from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';
import bridgeMessages from '../../i18n/bridge.json';
import type { BridgeMessage } from '../../domain/api/bridge';
import { PageMessages } from '../core/page-messages';
import { errorOf } from '../core/remote';
import { SessionService } from '../core/session.service';
import { hasWriter } from '../core/writer';
import { PageTurnerComponent } from '../imports/page-turner.component';
import { ErrorMessageComponent } from '../ui/error-message.component';
import { PageHeaderComponent } from '../ui/page-header.component';
import { BridgeMessageComponent } from './bridge-message.component';
import { BridgeQueueStore, QUEUE_STATES } from './bridge-queue.store';
import { MessageActionsStore } from './message-actions.store';
import { MessageResultComponent } from './message-result.component';

/** The messages between Alma and NACSIS-ILL that wait, are held, were refused or have stopped. */
@Component({
  selector: 'app-bridge-page',
  standalone: true,
  imports: [
    BridgeMessageComponent,
    ErrorMessageComponent,
    MessageResultComponent,
    PageHeaderComponent,
    PageTurnerComponent,
    RouterLink,
    TranslatePipe,
  ],
  providers: [MessageActionsStore, BridgeQueueStore],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './bridge.page.html',
  styles: `
    :host {
      max-width: 60rem;
    }
    .skeleton {
      height: 8rem;
    }
    .request {
      padding-block: 0.5rem;
    }
    .message {
      padding-inline-start: 0.75rem;
      border-inline-start: 3px solid var(--sys-outline-variant);
    }
  `,
  host: { class: 'stack' },
})
export class BridgePage {
  protected readonly store = inject(BridgeQueueStore);
  protected readonly actions = inject(MessageActionsStore);
  protected readonly session = inject(SessionService);
  private readonly injector = inject(Injector);
  private readonly result = viewChild.required<string, ElementRef<HTMLElement>>('result', { read: ElementRef });
  protected readonly states = QUEUE_STATES;
  protected readonly sessionError = computed(() => errorOf(this.session.session()));
  /** False once it is known that no library of the user exchanges messages with Alma. */
  protected readonly isUsed = computed(
    () => this.session.libraries().length === 0 || hasWriter(this.session.libraries(), 'iso18626'),
  );
  protected readonly total = computed(() => {
    const counts = this.store.counts();
    return counts && QUEUE_STATES.reduce((sum, state) => sum + counts[state], 0);
  });
  /** An action failed on a message that is not on the page any more. */
  protected readonly lostError = computed(() => {
    const failure = this.actions.failure();
    const isShown = this.store.queue()?.items.some(({ id }) => id === failure?.of.message.id) === true;
    return isShown ? undefined : failure?.error;
  });

  constructor() {
    inject(PageMessages).add(bridgeMessages);
    effect(() => {
      // The row with the pressed button may go.
      if (this.actions.last() !== undefined)
        afterNextRender(() => this.result().nativeElement.focus(), { injector: this.injector });
    });
  }

  protected routeOf({ side, requestId }: BridgeMessage): string[] | undefined {
    return requestId === undefined ? undefined : ['/requests', side, requestId];
  }

  protected libraryOf({ library }: BridgeMessage): string | undefined {
    const libraries = this.session.libraries();
    return libraries.length > 1 ? libraries.find(({ code }) => code === library)?.name : undefined;
  }
}
