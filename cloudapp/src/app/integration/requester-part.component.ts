import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { PATRON_ID_FIELDS } from '../../domain/imports/import';
import { AlmaCheckComponent } from './alma-check.component';
import { IntegrationStore } from './integration.store';

/** The requester of borrowing requests in Alma, and the patrons' pickup library. */
@Component({
  selector: 'app-requester-part',
  standalone: true,
  imports: [AlmaCheckComponent, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <fieldset class="framed stack gap-m">
      <legend>{{ 'integration.requester.title' | translate }}</legend>
      <p class="muted">{{ 'integration.requester.about' | translate }}</p>
      <label class="field"
        >{{ 'integration.requester.field' | translate }}
        <select (change)="store.change({ patronIdField: textOf($event) })">
          <option value="" [selected]="store.edit().patronIdField === ''">
            {{ 'integration.requester.noField' | translate }}
          </option>
          @for (field of fields; track field) {
            <option [value]="field" [selected]="store.edit().patronIdField === field">
              {{ 'field.' + field | translate }}
            </option>
          }
        </select>
      </label>
      @if (store.edit().patronIdField !== '') {
        <label class="field"
          >{{ 'integration.requester.prefix' | translate }}
          <input
            type="text"
            maxlength="40"
            autocomplete="off"
            [value]="store.edit().patronIdPrefix"
            (input)="store.change({ patronIdPrefix: textOf($event) })"
            [attr.aria-invalid]="store.faults().patronIdPrefix !== undefined"
            aria-describedby="prefix-hint"
          />
        </label>
        <div id="prefix-hint">
          @if (store.faults().patronIdPrefix) {
            <p class="fault">{{ 'integration.requester.prefixBlank' | translate }}</p>
          }
          <p class="muted">
            {{ 'integration.requester.example' | translate: { text: example() } }}
          </p>
        </div>
      }
      <label class="field"
        >{{ 'integration.requester.collective' | translate }}
        <input
          type="text"
          maxlength="255"
          autocomplete="off"
          [value]="store.edit().collectivePatron"
          (input)="store.change({ collectivePatron: textOf($event) })"
          (change)="settled.set(textOf($event).trim())"
          aria-describedby="collective-hint"
        />
      </label>
      <p id="collective-hint" class="muted">{{ 'integration.requester.collectiveHint' | translate }}</p>
      <app-alma-check kind="patron" [code]="checked()" />
      @if (store.lacksRequester()) {
        <p class="note warn" data-testid="no-requester">⚠ {{ 'integration.requester.nobody' | translate }}</p>
      }
      <label class="field"
        >{{ 'integration.requester.pickup' | translate }}
        <input
          type="text"
          maxlength="64"
          autocomplete="off"
          [value]="store.edit().pickupLibrary"
          (input)="store.change({ pickupLibrary: textOf($event) })"
          aria-describedby="pickup-hint"
        />
      </label>
      <p id="pickup-hint" class="muted">{{ 'integration.requester.pickupHint' | translate }}</p>
    </fieldset>
  `,
  styles: ':host { display: block; }',
})
export class RequesterPartComponent {
  protected readonly store = inject(IntegrationStore);
  protected readonly fields = PATRON_ID_FIELDS;
  protected readonly settled = signal('');
  /** The id to check; '' while it is being typed. */
  protected readonly checked = computed(() => {
    const id = this.store.edit().collectivePatron.trim();
    return [this.settled(), this.store.stored().collectivePatron].includes(id) ? id : '';
  });
  /** Example of the field's content, with a made-up id. */
  protected readonly example = computed(() => `${this.store.edit().patronIdPrefix.trim()}P0001`);

  protected textOf(event: Event): string {
    return (event.target as HTMLInputElement | HTMLSelectElement).value;
  }
}
