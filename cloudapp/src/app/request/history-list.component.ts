import { DatePipe } from '@angular/common';
import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import type { BridgeMessage } from '../../domain/api/bridge';
import type { RequestView } from '../../domain/api/requests';
import { commandByWire } from '../../domain/ill/commands';
import { MAX_HISTORY } from '../../domain/ill/fields';
import { MessageNameComponent } from '../bridge/message-name.component';
import { MessageWarningsComponent } from '../bridge/message-warnings.component';
import { SessionService } from '../core/session.service';
import { namesIn, ownIdOf } from './parties';

/** Number of entries from which a warning is shown, because the 51st entry is refused (NL2-28). */
const NEARLY_FULL = 45;

/**
 * The history, newest first: command, library, comment, and when the gateway first saw it. The messages between Alma and
 * the gateway stand among the commands.
 */
@Component({
  selector: 'app-history-list',
  standalone: true,
  imports: [DatePipe, MessageNameComponent, MessageWarningsComponent, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <details [open]="true" data-testid="history">
      <summary>{{ 'request.history' | translate: { count: entries().length } }}</summary>
      @if (isNearlyFull()) {
        <p class="note warn">⚠ {{ 'request.historyNearlyFull' | translate: { left: left() } }}</p>
      }
      <ol class="plain-list" [class.timeless]="!hasTimes()">
        @for (line of lines(); track line.key) {
          <li class="lined">
            <span class="muted when">
              @if (line.at) {
                <time [attr.datetime]="line.at" [title]="line.at | date: 'yyyy-MM-dd HH:mm:ss'">{{
                  line.at | date: 'MM-dd HH:mm'
                }}</time>
              }
            </span>
            @if (line.message; as message) {
              <span data-testid="message">
                <app-message-name [message]="message" />
                @if (message.note) {
                  <q class="muted">{{ message.note }}</q>
                }
                <app-message-warnings [message]="message" />
              </span>
            }
            @if (line.entry; as entry) {
              <span>
                <strong>{{
                  entry.words
                    ? ('request.command' | translate: { words: entry.words | translate, command: entry.command })
                    : entry.command
                }}</strong>
                {{ entry.isOwn ? ('request.ownLibrary' | translate) : (entry.name ?? entry.memberId) }}
                @if (entry.comment) {
                  <q>{{ entry.comment }}</q>
                }
              </span>
            }
          </li>
        }
      </ol>
      <p class="muted small">{{ 'request.historyTimes' | translate }}</p>
    </details>
  `,
  styles: `
    li {
      display: grid;
      grid-template-columns: 6rem 1fr;
      gap: 0.5rem;
      padding-block: 0.25rem;
    }
    .timeless > li {
      grid-template-columns: 1fr;
    }
    .timeless .when {
      display: none;
    }
    strong {
      font-weight: 600;
    }
    q {
      display: block;
      quotes: none;
    }
  `,
})
export class HistoryListComponent {
  readonly request = input.required<RequestView>();
  /** Oldest first. */
  readonly messages = input<readonly BridgeMessage[]>([]);
  private readonly libraries = inject(SessionService).libraries;

  protected readonly entries = computed(() => {
    const request = this.request();
    const [names, own] = [namesIn(request), ownIdOf(request, this.libraries())];
    return request.history.map(({ command = '', memberId = '', comment, at }, place) => {
      const known = commandByWire(command);
      const words = known === undefined ? undefined : `command.${known}`;
      return { place, command, words, memberId, comment, at, name: names.get(memberId), isOwn: memberId === own };
    });
  });
  /** Commands and messages, newest first. */
  protected readonly lines = computed(() => linesOf(this.entries(), this.messages()).reverse());
  protected readonly hasTimes = computed(() => this.lines().some(({ at }) => at !== undefined));
  protected readonly left = computed(() => Math.max(0, MAX_HISTORY - this.entries().length));
  protected readonly isNearlyFull = computed(() => this.entries().length >= NEARLY_FULL);
}

interface Timed {
  readonly place: number;
  readonly at?: string | undefined;
}
interface Line<E> {
  readonly key: string;
  readonly at?: string | undefined;
  readonly entry?: E;
  readonly message?: BridgeMessage;
}

/**
 * Commands and messages by time, oldest first. The order of the commands stays; a message stands before the first command
 * that is known to be later.
 */
export function linesOf<E extends Timed>(entries: readonly E[], messages: readonly BridgeMessage[]): Line<E>[] {
  const left = [...messages];
  const lines = entries.flatMap((entry): Line<E>[] => {
    const { at, place } = entry;
    const later = left.findIndex((message) => at === undefined || Date.parse(message.at) > Date.parse(at));
    const earlier = left.splice(0, later < 0 ? left.length : later);
    return [...earlier.map(lineOf), { key: `command ${String(place)}`, at, entry }];
  });
  return [...lines, ...left.map(lineOf)];
}

function lineOf(message: BridgeMessage): Line<never> {
  return { key: message.id, at: message.at, message };
}
