import { ChangeDetectionStrategy, Component, computed, input, output, signal } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { REGIONS } from '../../../domain/ill/codes';
import { chargeText } from '../../../domain/ill/member';
import { CandidateChipsComponent } from './candidate-chips.component';
import type { HoldingRow } from './lender-choice';
import { MemberDetailsComponent } from './member-details.component';

/** A holding library: its holdings, whether it accepts the request, and the button that adds it to the rota. */
@Component({
  selector: 'app-holding-row',
  standalone: true,
  imports: [CandidateChipsComponent, MemberDetailsComponent, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="holding">
      <div class="what">
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
        <button type="button" class="link" [attr.aria-expanded]="isOpen()" (click)="isOpen.set(!isOpen())">
          {{ 'create.details' | translate }}<span class="visually-hidden"> {{ row().name }}</span>
        </button>
      </div>
      @if (isPicked()) {
        <button type="button" class="pick on" (click)="dropped.emit()">
          {{ 'create.unpick' | translate }}<span class="visually-hidden"> {{ row().name }}</span>
        </button>
      } @else if (!row().refusal) {
        <button type="button" class="pick" [disabled]="isFull()" (click)="picked.emit()">
          {{ 'create.pick' | translate }}<span class="visually-hidden"> {{ row().name }}</span>
        </button>
      }
    </div>
    @if (isOpen()) {
      <app-member-details [holding]="row().holding" />
    }
  `,
  styles: `
    :host {
      display: block;
      border-bottom: 1px solid var(--sys-outline-variant);
    }
    .holding {
      display: flex;
      align-items: center;
      gap: 0.5rem;
      padding: 0.375rem 0.25rem 0.375rem 0;
    }
    .what {
      flex: 1;
      min-width: 0;
    }
    .link {
      font-size: 0.857rem;
    }
    .pick {
      flex: none;
      min-height: 36px;
      min-width: 4rem;
      border: 1px solid var(--sys-primary);
      border-radius: 4px;
      background: var(--sys-surface);
      color: var(--sys-primary);
      cursor: pointer;
    }
    .pick.on {
      background: var(--sys-primary);
      color: var(--sys-on-primary);
    }
    .pick:disabled {
      opacity: 0.4;
      cursor: default;
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
