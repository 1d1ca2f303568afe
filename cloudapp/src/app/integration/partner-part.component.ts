import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { parseMemberId } from '../../domain/catalog/identifiers';
import { FieldErrorComponent } from '../ui/field-error.component';
import { AlmaCheckComponent } from './alma-check.component';
import { IntegrationStore } from './integration.store';

/** The Alma partner of lending requests, and whether it exists in Alma. */
@Component({
  selector: 'app-partner-part',
  standalone: true,
  imports: [AlmaCheckComponent, FieldErrorComponent, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <fieldset class="framed stack gap-m">
      <legend>{{ 'integration.partner.title' | translate }}</legend>
      <p class="muted">{{ 'integration.partner.about' | translate }}</p>
      @for (perMember of [false, true]; track perMember) {
        <label class="check"
          ><input
            type="radio"
            name="per-member"
            [checked]="store.edit().perMember === perMember"
            (change)="store.change({ perMember })"
          />
          {{ (perMember ? 'integration.partner.perMember' : 'integration.partner.one') | translate }}</label
        >
      }
      @if (store.edit().perMember) {
        <p class="muted">{{ 'integration.partner.perMemberHint' | translate }}</p>
        <label class="field"
          >{{ 'integration.partner.tryMember' | translate }}
          <input
            type="text"
            maxlength="16"
            autocomplete="off"
            (change)="tryMember($event)"
            [attr.aria-invalid]="isNoMember()"
          />
        </label>
        @if (isNoMember()) {
          <p class="fault">{{ 'integration.partner.noMember' | translate }}</p>
        }
        <app-alma-check kind="partner" [code]="member()" />
      } @else {
        <label class="field"
          >{{ 'integration.partner.code' | translate }}
          <input
            id="partner-code"
            type="text"
            maxlength="64"
            autocomplete="off"
            [value]="store.edit().partnerCode"
            (input)="store.change({ partnerCode: textOf($event) })"
            (change)="settled.set(textOf($event).trim())"
            [attr.aria-invalid]="store.faults().partnerCode !== undefined"
            aria-describedby="partner-code-fault"
          />
        </label>
        @if (store.faults().partnerCode; as code) {
          <app-field-error id="partner-code-fault" [error]="{ field: 'partnerCode', code }" />
        }
        <app-alma-check kind="partner" [code]="checked()" />
      }
    </fieldset>
  `,
  styles: ':host { display: block; }',
})
export class PartnerPartComponent {
  protected readonly store = inject(IntegrationStore);
  /** The code after editing has finished. */
  protected readonly settled = signal('');
  /** The code to check; '' while it is being typed. */
  protected readonly checked = computed(() => {
    const code = this.store.edit().partnerCode.trim();
    return [this.settled(), this.store.stored().partnerCode].includes(code) ? code : '';
  });
  private readonly tried = signal('');
  private readonly parsed = computed(() => parseMemberId(this.tried()));
  protected readonly isNoMember = computed(() => this.tried() !== '' && !this.parsed().ok);
  protected readonly member = computed(() => {
    const parsed = this.parsed();
    return parsed.ok ? parsed.value : '';
  });

  protected tryMember(event: Event): void {
    this.tried.set(this.textOf(event).trim());
  }

  protected textOf(event: Event): string {
    return (event.target as HTMLInputElement).value;
  }
}
