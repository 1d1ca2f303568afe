import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import type { Candidate } from '../../../domain/ill/lender-proposal';

const AGAINST: ReadonlySet<string> = new Set(['lacks-volume', 'often-asked']);

/** Whether a library can be asked, with the reasons for and against it. */
@Component({
  selector: 'app-candidate-chips',
  standalone: true,
  imports: [TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (candidate().refusal; as refusal) {
      <span class="chip warn">✕ {{ 'unservable.' + refusal | translate }}</span>
    } @else {
      <span class="chip good">✓ {{ 'create.serves' | translate }}</span>
      @if (candidate().through; as through) {
        <span class="chip">{{ 'create.through' | translate: { memberId: through } }}</span>
      }
      @for (reason of reasons(); track reason.key) {
        <span class="chip" [class.warn]="reason.isAgainst">{{
          reason.key | translate: { count: candidate().asked, days: days() }
        }}</span>
      }
    }
  `,
  styles: ':host { display: flex; flex-wrap: wrap; gap: 0.25rem; }',
})
export class CandidateChipsComponent {
  readonly candidate = input.required<Candidate>();
  /** Number of days that count as recent. */
  readonly days = input(0);

  protected readonly reasons = computed(() =>
    // Omits `rarely-asked`, which is true of most libraries.
    this.candidate()
      .reasons.filter((reason) => reason !== 'rarely-asked')
      .map((reason) => ({ key: `proposal.${reason}`, isAgainst: AGAINST.has(reason) })),
  );
}
