import {
  ChangeDetectionStrategy,
  Component,
  computed,
  type ElementRef,
  inject,
  input,
  LOCALE_ID,
  output,
  viewChild,
} from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';
import type { ActionOffer, RequestView } from '../../domain/api/requests';
import type { Action } from '../../domain/ill/commands';
import type { AppError } from '../core/app-error';
import { AlertDirective } from '../ui/alert.directive';
import { labelKeyOf, offersOf } from './action-situation';
import { changesSince, changeTime, changeWords } from './not-allowed';
import { WordingComponent } from './wording.component';
import type { Wording } from './words-of';

/** A refused action: the reason, what others did meanwhile, and the actions that are possible now. */
@Component({
  selector: 'app-not-allowed',
  standalone: true,
  imports: [AlertDirective, MatButton, TranslatePipe, WordingComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <section class="note warn stack gap-s" appAlert #box data-testid="not-allowed">
      <p>
        <strong><app-wording [of]="title()" /></strong>
      </p>
      <ng-content />
      @for (change of changes(); track $index) {
        <p><app-wording [of]="change" /></p>
      }
      @if (changes().length > 0) {
        <p><app-wording [of]="now()" /></p>
      }
      @if (reason(); as reason) {
        <p>{{ 'refusal.' + reason | translate }}</p>
      }
      @if (error().details.nacsis; as nacsis) {
        <p>{{ 'message.nacsisSays' | translate: { status: nacsis.status, message: nacsis.message } }}</p>
      }
      @if (!isPart()) {
        <p>{{ 'actions.nothingDone' | translate }}</p>
      }
      @if (allowed().length > 0) {
        <p>{{ 'actions.allowedNow' | translate }}</p>
        <div class="row">
          @for (offer of allowed(); track offer.action) {
            <button
              mat-stroked-button
              type="button"
              [attr.data-action]="offer.action"
              (click)="act.emit(offer)"
              data-testid="allowed-now"
            >
              {{ labelOf(offer) | translate }}
            </button>
          }
        </div>
      } @else {
        <p>{{ 'actions.nothingAllowed' | translate }}</p>
      }
      <div>
        <button class="link" type="button" (click)="dismissed.emit()">{{ 'actions.dismiss' | translate }}</button>
      </div>
    </section>
  `,
})
export class NotAllowedComponent {
  readonly error = input.required<AppError>();
  readonly action = input.required<Action>();
  /** The request as it was when the action was chosen. */
  readonly shown = input.required<RequestView>();
  /** The current request. */
  readonly fresh = input.required<RequestView>();
  /** True when the first action of a chain was performed. */
  readonly isPart = input(false);
  readonly act = output<ActionOffer>();
  readonly dismissed = output();

  private readonly box = viewChild.required<ElementRef<HTMLElement>>('box');
  private readonly locale = inject(LOCALE_ID);
  protected readonly allowed = computed(() => offersOf(this.fresh()).filter(({ allowed }) => allowed));
  /** Title that distinguishes a changed request that still allows the action from one that does not. */
  protected readonly title = computed<Wording>(() => {
    const isPossible = this.allowed().some(({ action }) => action === this.action());
    const isStale = this.error().code === 'stale-version' && isPossible;
    return { key: isStale ? 'actions.staleTitle' : 'actions.notAllowed', ...this.stateWords() };
  });
  /**
   * The gateway's reason, otherwise the table's reason for the current request. Omits a plain wrong-state reason when
   * the commands of others are listed.
   */
  protected readonly reason = computed(() => {
    const offer = this.fresh().actions.find(({ action }) => action === this.action());
    const reason = this.error().details.reason ?? offer?.reason;
    const isPlain = reason === 'wrong-state' || reason === 'other-side-must-act';
    return isPlain && this.changes().length > 0 ? undefined : reason;
  });
  protected readonly now = computed<Wording>(() => ({ key: 'actions.change.now', ...this.stateWords() }));
  protected readonly changes = computed<readonly Wording[]>(() => {
    const fresh = this.fresh();
    return changesSince(this.shown(), fresh, this.error().details.changes).map((change) =>
      changeWords(change, fresh, changeTime(change.at, this.locale)),
    );
  });

  focus(): void {
    this.box().nativeElement.focus();
  }

  protected labelOf({ action }: ActionOffer): string {
    return labelKeyOf(action, this.fresh());
  }

  private stateWords(): Pick<Wording, 'params' | 'words'> {
    const { state, externalStatus } = this.fresh();
    return state === null ? { params: { state: externalStatus } } : { words: { state: `state.${state}` } };
  }
}
