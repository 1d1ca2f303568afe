import { ChangeDetectionStrategy, Component, computed, ElementRef, inject, input, output, signal } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import type { ActionOffer, RequestView } from '../../domain/api/requests';
import { contradictionsIn } from '../../domain/ill/contradictions';
import type { FieldError } from '../../domain/errors';
import { ActionFormComponent } from '../actions/action-form.component';
import type { Wording } from '../actions/words-of';
import type { Params } from './batch-plan';

/** The form for all rows, with its submit button. */
@Component({
  selector: 'app-batch-params',
  standalone: true,
  imports: [ActionFormComponent, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <app-action-form
      [offer]="offer()"
      [request]="request()"
      [many]="true"
      [labelKey]="label()"
      [submitWords]="words()"
      [errors]="errors()"
      (submitted)="submit($event.params)"
    >
      @if (offer().params.length > 0) {
        <p class="muted">{{ 'batch.params' | translate: { count: count() } }}</p>
      }
    </app-action-form>
  `,
})
export class BatchParamsComponent {
  /** The combined parameters of all rows. */
  readonly offer = input.required<ActionOffer>();
  /** A representative request that provides side and kind. */
  readonly request = input.required<RequestView>();
  /** i18n key of the action, and the number of rows. */
  readonly label = input.required<string>();
  readonly count = input.required<number>();
  readonly submitted = output<{ readonly params: Params }>();
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  protected readonly errors = signal<readonly FieldError[]>([]);
  protected readonly words = computed<Wording>(() => ({
    key: 'batch.ask',
    params: { count: this.count() },
    words: { action: this.label() },
  }));

  /** Reports contradictions once before sending, because the gateway would refuse them row by row. */
  protected submit(params: Params): void {
    const { comment: _comment, ...fields } = params;
    this.errors.set(contradictionsIn({}, fields));
    if (this.errors().length === 0) this.submitted.emit({ params });
    else this.focusFault();
  }

  /** Focuses a field with a fault, after the faults are rendered. */
  private focusFault(): void {
    setTimeout(() => {
      this.host.nativeElement.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
    });
  }
}
