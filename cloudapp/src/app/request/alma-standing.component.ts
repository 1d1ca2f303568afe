import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';
import { AlmaSideStore } from '../alma/alma-side.store';
import type { RequestView } from '../../domain/api/requests';
import { ErrorMessageComponent } from '../ui/error-message.component';
import { yen } from '../ui/yen';
import { AlmaRecordComponent } from './alma-record.component';

/**
 * What there is to say about Alma besides its status: the pending updates, and what the import could not pass on; before
 * the first import, that both statuses differ.
 */
@Component({
  selector: 'app-alma-standing',
  standalone: true,
  imports: [AlmaRecordComponent, ErrorMessageComponent, MatButton, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (store.readError(); as failure) {
      <app-error-message [error]="failure" [canRetry]="true" (again)="store.reload()" />
    }
    @switch (store.comparison()) {
      @case ('differs') {
        @if (!request()?.almaRecord?.wantedStatus && store.writer() !== 'alma-nacsis') {
          <p class="muted" data-testid="alma-differs">
            ⓘ
            {{
              (store.writer() === 'iso18626' ? 'request.alma.differsByMessages' : 'request.alma.differs') | translate
            }}
          </p>
        }
      }
      @case ('cancelled-there') {
        <p class="note warn" data-testid="alma-cancelled">{{ 'request.alma.cancelledThere' | translate }}</p>
      }
    }
    @if (store.writer() === 'alma-nacsis') {
      <p class="muted" data-testid="alma-follows">ⓘ {{ 'request.alma.follows' | translate }}</p>
    }
    @if (request(); as shown) {
      @if (shown.almaRecord; as record) {
        <app-alma-record [request]="shown" [record]="record" [now]="store.alma()?.status?.code" />
      }
    }
    @if (store.failure(); as failure) {
      <p class="note warn">{{ 'request.alma.notTold' | translate }}</p>
      <app-error-message [error]="failure" [canRetry]="true" (again)="store.tell()" />
    } @else if (store.isTelling()) {
      <p class="muted" role="status">{{ 'request.alma.telling' | translate }}</p>
    } @else if (store.steps().length > 0) {
      <div class="note row" data-testid="alma-steps">
        <span>{{ 'request.alma.steps' | translate }}</span>
        @for (step of pending(); track step.words) {
          <span>{{ step.words | translate: step }}</span>
        }
        <button mat-stroked-button type="button" (click)="store.tell()">{{ 'request.alma.tell' | translate }}</button>
      </div>
    }
    <div role="status">
      @for (step of told(); track step.words) {
        <p class="note good" data-testid="alma-told">
          ✓ {{ 'request.alma.told' | translate }} {{ step.words | translate: step }}
        </p>
      }
    </div>
  `,
  // Without anything to say it takes no room.
  styles: ':host:not(:has(p, app-error-message, [data-testid=alma-steps])) { display: none; }',
  host: { class: 'stack gap-s' },
})
export class AlmaStandingComponent {
  /** The request whose import results are shown. */
  readonly request = input<RequestView>();
  protected readonly store = inject(AlmaSideStore);

  protected readonly pending = computed(() => this.store.steps().map(wordsOf));
  protected readonly told = computed(() => this.store.told().map(wordsOf));
}

function wordsOf(step: ReturnType<AlmaSideStore['steps']>[number]) {
  return { words: `request.alma.step.${step.do}`, yen: step.do === 'shipping-cost' ? yen(step.yen) : '' };
}
