import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { MAX_LENDERS } from '../../../domain/ill/fields';
import { MemberFinderComponent } from '../../members/member-finder.component';
import { MemberSearchStore } from '../../members/member-search.store';
import { CandidateChipsComponent } from './candidate-chips.component';
import { HoldingsStore } from './holdings.store';
import { PickButtonComponent } from './pick-button.component';
import { RotaStore } from './rota.store';

/** Finds a library by its name or FA number among all members, also one that holds nothing, and adds it to the lenders. */
@Component({
  selector: 'app-member-search',
  standalone: true,
  imports: [CandidateChipsComponent, MemberFinderComponent, PickButtonComponent, TranslatePipe],
  providers: [MemberSearchStore],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <app-member-finder [heading]="'create.addLender.title' | translate">
      <ng-container rows>
        <ul class="plain-list found">
          @for (row of rows(); track row.holding.memberId) {
            <li class="row lined below">
              <div class="grow">
                <p>
                  <strong>{{ row.holding.member?.name }}</strong> <span class="muted"> {{ row.holding.memberId }}</span>
                </p>
                <app-candidate-chips [candidate]="row" [days]="holdings.recentDays()" />
                @if (row.refusal) {
                  <p class="muted small">
                    {{
                      (row.refusal === 'not-participating' ? 'create.addLender.left' : 'create.addLender.refused')
                        | translate
                    }}
                  </p>
                }
              </div>
              <app-pick-button
                [row]="row"
                [isPicked]="rota.ids().has(row.holding.memberId)"
                [isFull]="rota.isFull()"
                (picked)="rota.add(row)"
                (dropped)="rota.remove(row.holding.memberId)"
              />
            </li>
          }
        </ul>
        @if (rows().length > 0 && rota.isFull()) {
          <p class="muted small">{{ 'create.addLender.full' | translate: { max } }}</p>
        }
      </ng-container>
    </app-member-finder>
  `,
  styles: `
    .found .row {
      flex-wrap: nowrap;
    }
    .found {
      max-height: 20rem;
      overflow-y: auto;
    }
  `,
})
export class MemberSearchComponent {
  protected readonly rota = inject(RotaStore);
  protected readonly holdings = inject(HoldingsStore);
  private readonly search = inject(MemberSearchStore);
  protected readonly max = MAX_LENDERS;
  protected readonly rows = computed(() => this.search.members().map((member) => this.holdings.rowFor(member)));
}
