import { ChangeDetectionStrategy, Component, computed, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';
import type { ActionOffer, RequestView } from '../../domain/api/requests';
import { labelKeyOf, offersOf } from './action-situation';
import { asksFirst } from './action-rule';

/**
 * Lists the other allowed actions and, on demand, the refused ones with the reason and the states in which they are
 * possible.
 */
@Component({
  selector: 'app-more-actions',
  standalone: true,
  imports: [MatButton, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="stack gap-xs">
      @if (allowed().length > 0) {
        <ul class="plain-list row" [attr.aria-label]="'actions.more' | translate">
          @for (offer of allowed(); track offer.action) {
            <li>
              <button
                mat-stroked-button
                type="button"
                [disabled]="disabled()"
                [attr.data-action]="offer.action"
                (click)="act.emit(offer)"
              >
                {{ labelOf(offer) | translate }}
              </button>
            </li>
          }
        </ul>
      }
      @if (primary(); as offer) {
        @if (canBeFilled(offer)) {
          <div>
            <button
              class="link"
              type="button"
              [disabled]="disabled()"
              (click)="fill.emit(offer)"
              data-testid="action-fill"
            >
              {{ 'actions.fill' | translate: { action: (labelOf(offer) | translate) } }}
            </button>
          </div>
        }
      }
      @if (denied().length > 0) {
        <div>
          <button
            class="link"
            type="button"
            [attr.aria-expanded]="isAllShown()"
            (click)="isAllShown.set(!isAllShown())"
            data-testid="action-denied"
          >
            {{ (isAllShown() ? 'actions.hideDenied' : 'actions.showDenied') | translate: { count: denied().length } }}
          </button>
        </div>
        @if (isAllShown()) {
          <ul class="plain-list stack gap-s denied">
            @for (offer of denied(); track offer.action) {
              <li>
                <strong>{{ labelOf(offer) | translate }}</strong>
                @if (offer.reason; as reason) {
                  <span> — {{ 'refusal.' + reason | translate }}</span>
                }
                @if ((offer.possibleIn ?? []).length > 0) {
                  <span class="muted small"
                    >{{ 'actions.possibleIn' | translate }}
                    @for (state of offer.possibleIn; track state; let last = $last) {
                      {{ 'state.' + state | translate }}{{ last ? '' : ' / ' }}
                    }
                  </span>
                }
              </li>
            }
          </ul>
        }
      }
    </div>
  `,
  styles: '.muted { display: block; }',
})
export class MoreActionsComponent {
  readonly request = input.required<RequestView>();
  readonly primary = input<ActionOffer>();
  readonly disabled = input(false);
  readonly act = output<ActionOffer>();
  /** Opens the form of an action that one click would perform, to enter a date or a comment. */
  readonly fill = output<ActionOffer>();
  protected readonly isAllShown = signal(false);
  private readonly offers = computed(() =>
    offersOf(this.request()).filter(({ action }) => action !== this.primary()?.action),
  );
  protected readonly allowed = computed(() => this.offers().filter(({ allowed }) => allowed));
  protected readonly denied = computed(() => this.offers().filter(({ allowed }) => !allowed));

  protected labelOf({ action, allowed }: ActionOffer): string {
    return labelKeyOf(action, this.request(), allowed ? undefined : null);
  }

  protected canBeFilled(offer: ActionOffer): boolean {
    return offer.params.length > 0 && !asksFirst(offer, this.request());
  }
}
