import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import type { RequestView } from '../../domain/api/requests';
import type { Lender } from '../../domain/ill/request';
import { candidatesOf } from './parties';

/** The candidate lenders in order: refusals with reasons, the current lender, and the next ones. */
@Component({
  selector: 'app-lender-list',
  standalone: true,
  imports: [TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <details data-testid="lenders">
      <summary>{{ 'request.lenders' | translate: { count: candidates().length } }}</summary>
      <ol>
        @for (candidate of candidates(); track $index) {
          <li [attr.aria-current]="candidate.standing === 'active' ? 'true' : null">
            {{ candidate.lender.memberName ?? candidate.lender.memberId }}
            <span class="chip" [class.good]="candidate.standing === 'active'">{{
              'request.standing.' + candidate.standing | translate
            }}</span>
            @if (candidate.comment) {
              <q>{{ candidate.comment }}</q>
            }
            <span class="muted small">{{ partsOf(candidate.lender) }}</span>
          </li>
        }
      </ol>
    </details>
  `,
  styles: '.muted { display: block; } q { quotes: none; }',
})
export class LenderListComponent {
  readonly request = input.required<RequestView>();
  protected readonly candidates = computed(() => candidatesOf(this.request()));

  protected partsOf({ memberId, location, volume, callNumber, registrationNumber }: Lender): string {
    return [memberId, location, volume, callNumber, registrationNumber].filter(Boolean).join(' · ');
  }
}
