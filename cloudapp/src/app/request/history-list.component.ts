import { DatePipe } from '@angular/common';
import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import type { RequestView } from '../../domain/api/requests';
import { commandByWire } from '../../domain/ill/commands';
import { MAX_HISTORY } from '../../domain/ill/fields';
import { SessionService } from '../core/session.service';
import { namesIn, ownIdOf } from './parties';

/** Number of entries from which a warning is shown, because the 51st entry is refused (NL2-28). */
const NEARLY_FULL = 45;

/** The history, newest first: command, library, comment, and when the gateway first saw it. */
@Component({
  selector: 'app-history-list',
  standalone: true,
  imports: [DatePipe, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <details [open]="true" data-testid="history">
      <summary>{{ 'request.history' | translate: { count: entries().length } }}</summary>
      @if (isNearlyFull()) {
        <p class="note warn">⚠ {{ 'request.historyNearlyFull' | translate: { left: left() } }}</p>
      }
      <ol class="plain-list" [class.timeless]="!hasTimes()">
        @for (entry of entries(); track entry.place) {
          <li class="lined">
            <span class="muted when">
              @if (entry.at) {
                <time [attr.datetime]="entry.at" [title]="entry.at | date: 'yyyy-MM-dd HH:mm:ss'">{{
                  entry.at | date: 'MM-dd HH:mm'
                }}</time>
              }
            </span>
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
  private readonly libraries = inject(SessionService).libraries;

  protected readonly entries = computed(() => {
    const request = this.request();
    const [names, own] = [namesIn(request), ownIdOf(request, this.libraries())];
    return request.history
      .map(({ command = '', memberId = '', comment, at }, place) => {
        const known = commandByWire(command);
        const words = known === undefined ? undefined : `command.${known}`;
        return { place, command, words, memberId, comment, at, name: names.get(memberId), isOwn: memberId === own };
      })
      .reverse();
  });
  protected readonly hasTimes = computed(() => this.entries().some(({ at }) => at !== undefined));
  protected readonly left = computed(() => Math.max(0, MAX_HISTORY - this.entries().length));
  protected readonly isNearlyFull = computed(() => this.entries().length >= NEARLY_FULL);
}
