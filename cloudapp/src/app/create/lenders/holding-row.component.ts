import { ChangeDetectionStrategy, Component, computed, input, output, signal } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { REGIONS } from '../../../domain/ill/codes';
import { chargeText } from '../../../domain/ill/member';
import { CandidateChipsComponent } from './candidate-chips.component';
import type { HoldingRow } from '../../../domain/ill/rota';
import { MemberDetailsComponent } from '../../members/member-details.component';
import { PickButtonComponent } from './pick-button.component';

/** A holding library: its holdings, whether it accepts the request, and the button that adds it to the rota. */
@Component({
  selector: 'app-holding-row',
  standalone: true,
  imports: [CandidateChipsComponent, MemberDetailsComponent, PickButtonComponent, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="row holding">
      <div class="grow">
        <p>
          <strong>{{ row().name }}</strong>
          @if (regionKey(); as region) {
            <span class="muted"> {{ region | translate }}</span>
          }
        </p>
        <app-candidate-chips [candidate]="row()" [days]="days()" />
        <p class="muted">{{ extent() }}</p>
        @if (charges(); as text) {
          <p class="muted">{{ 'create.charges' | translate: { text } }}</p>
        }
        <button type="button" class="link small" [attr.aria-expanded]="isOpen()" (click)="isOpen.set(!isOpen())">
          {{ 'create.details' | translate }}<span class="visually-hidden"> {{ row().name }}</span>
        </button>
      </div>
      <app-pick-button
        [row]="row()"
        [isPicked]="isPicked()"
        [isFull]="isFull()"
        (picked)="picked.emit()"
        (dropped)="dropped.emit()"
      />
    </div>
    @if (isOpen()) {
      @defer (on immediate) {
        <app-member-details [holding]="row().holding" />
      } @error {
        <p class="note error">{{ 'create.notLoaded' | translate }}</p>
      }
    }
  `,
  styles: `
    :host {
      display: block;
      border-bottom: var(--line);
    }
    .holding {
      flex-wrap: nowrap;
      padding: 0.375rem 0.25rem 0.375rem 0;
    }
    app-pick-button {
      flex: none;
      --height: 36px;
    }
  `,
})
export class HoldingRowComponent {
  readonly row = input.required<HoldingRow>();
  readonly isPicked = input(false);
  readonly isFull = input(false);
  readonly days = input(0);
  readonly picked = output();
  readonly dropped = output();

  protected readonly isOpen = signal(false);
  protected readonly regionKey = computed(() => regionKeyOf(this.row()));
  protected readonly extent = computed(() => extentText(this.row()));
  protected readonly charges = computed(() => {
    const { member } = this.row().holding;
    return member === undefined ? '' : chargeText(member);
  });
}

/** i18n key of the prefecture or country; undefined for unknown codes. */
export function regionKeyOf({ holding: { member } }: HoldingRow): string | undefined {
  return REGIONS.some(({ id }) => id === member?.region) ? `code.region.${member?.region ?? ''}` : undefined;
}

/** Location, volumes and years, and call number in one line. */
export function extentText({ holding: { location, years, volumeRange, callNumber, volumes } }: HoldingRow): string {
  const names = volumes
    .map(({ volume }) => volume)
    .filter(Boolean)
    .join('・');
  return [location, names, volumeRange, years, callNumber ?? volumes[0]?.callNumber].filter(Boolean).join(' · ');
}
