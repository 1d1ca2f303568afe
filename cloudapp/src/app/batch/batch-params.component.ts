import {
  ChangeDetectionStrategy,
  Component,
  computed,
  ElementRef,
  inject,
  input,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import type { ActionOffer, RequestView } from '../../domain/api/requests';
import { contradictionsIn } from '../../domain/ill/contradictions';
import type { FieldError } from '../../domain/errors';
import { ActionFormComponent } from '../actions/action-form.component';
import type { Wording } from '../actions/words-of';
import { BatchInputStore } from './batch-input.store';
import type { Params } from './batch-plan';
import type { ShipRow } from './batch-setup.store';
import { ShipRowsComponent } from './ship-rows.component';

/** What the form sends: params for all rows, and those of single rows by id. */
export interface BatchInput {
  readonly params: Params;
  readonly own: ReadonlyMap<string, Params>;
}

/** The form for all rows, with a table for what each row has of its own, and its submit button. */
@Component({
  selector: 'app-batch-params',
  standalone: true,
  imports: [ActionFormComponent, ShipRowsComponent, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <app-action-form
      [offer]="offer()"
      [request]="request()"
      [many]="true"
      [labelKey]="label()"
      [submitWords]="words()"
      [errors]="errors()"
      [typed]="inputs.typedFor(offer().action)"
      (typedChange)="inputs.keep(offer().action, $event)"
      (submitted)="submit($event.params)"
    >
      @if (offer().params.length > 0) {
        <p class="muted">
          {{ (shipRows().length > 0 ? 'batch.ship.params' : 'batch.params') | translate: { count: count() } }}
        </p>
      }
      @if (shipRows().length > 0) {
        <app-ship-rows [rows]="shipRows()" />
      }
    </app-action-form>
  `,
})
export class BatchParamsComponent {
  /** The combined parameters of all rows. */
  readonly offer = input.required<ActionOffer>();
  /** A representative request that provides side and kind. */
  readonly request = input.required<RequestView>();
  readonly shipRows = input<readonly ShipRow[]>([]);
  /** i18n key of the action, and the number of rows. */
  readonly label = input.required<string>();
  readonly count = input.required<number>();
  readonly submitted = output<BatchInput>();
  protected readonly inputs = inject(BatchInputStore);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly table = viewChild(ShipRowsComponent);
  protected readonly errors = signal<readonly FieldError[]>([]);
  protected readonly words = computed<Wording>(() => ({
    key: 'batch.ask',
    params: { count: this.count() },
    words: { action: this.label() },
  }));

  /** Reports contradictions once before sending, because the gateway would refuse them row by row. */
  protected submit(params: Params): void {
    const { comment: _comment, ...fields } = params;
    const table = this.table();
    const own = table === undefined ? new Map<string, Params>() : table.paramsOfRows();
    this.errors.set(contradictionsIn({}, fields));
    if (this.errors().length === 0 && own !== undefined) this.submitted.emit({ params, own });
    else this.focusFault();
  }

  /** Focuses a field with a fault, after the faults are rendered. */
  private focusFault(): void {
    setTimeout(() => {
      this.host.nativeElement.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
    });
  }
}
