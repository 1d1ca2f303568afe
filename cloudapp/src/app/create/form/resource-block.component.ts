import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import type { CatalogRecord } from '../../../domain/catalog/catalog';
import { searchKeysOf } from '../../../domain/alma/citation';
import { SessionService } from '../../core/session.service';
import { errorOf, valueOf } from '../../core/remote';
import { ErrorMessageComponent } from '../../ui/error-message.component';
import { CatalogRecordComponent } from '../material/catalog-record.component';
import { CatalogSearchComponent } from '../material/catalog-search.component';
import { CreateStore } from '../create.store';
import { OrderFormStore } from './order-form.store';

/** The first block: the record on the Alma page and its NACSIS-CAT record. */
@Component({
  selector: 'app-resource-block',
  standalone: true,
  imports: [CatalogRecordComponent, CatalogSearchComponent, ErrorMessageComponent, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (recordError(); as error) {
      <app-error-message [error]="error" [canRetry]="true" (again)="store.reloadRecord()" />
    }
    @if (isLoading()) {
      <p class="muted" role="status">{{ 'create.loadingRecord' | translate }}</p>
    }
    @if (missing(); as words) {
      <p class="note">{{ words | translate }}</p>
    }
    @if (record()?.isPartial) {
      <p class="note warn">{{ 'create.partialRecord' | translate }}</p>
    }
    @if (store.chosen(); as chosen) {
      <p class="row">
        <span class="chip good">✓ {{ confidence() | translate }}</span>
        <button class="link" type="button" (click)="change()">{{ 'create.changeRecord' | translate }}</button>
      </p>
      <app-catalog-record [record]="chosen" [hasDetails]="true" />
    } @else {
      @if (form.isWithoutRecord()) {
        <div class="note stack gap-xs" data-testid="without-record">
          <p>{{ 'create.withoutRecord' | translate }}</p>
          <button class="link" type="button" (click)="change()">{{ 'create.searchRecord' | translate }}</button>
        </div>
      } @else {
        @switch (store.match().state) {
          @case ('loading') {
            <p class="muted" role="status">{{ 'create.finding' | translate }}</p>
          }
          @case ('failed') {
            @if (matchError(); as error) {
              <app-error-message [error]="error" [canRetry]="true" (again)="store.matchAgain()" />
            }
          }
          @case ('ok') {
            <p class="note warn">
              {{ (candidates().length > 0 ? 'create.severalFound' : 'create.noneFound') | translate }}
            </p>
            <ul class="plain-list">
              @for (candidate of candidates(); track candidate.ncid) {
                <li>
                  <app-catalog-record
                    [record]="candidate"
                    [canChoose]="true"
                    [hasDetails]="true"
                    (chosen)="choose($event)"
                  />
                </li>
              }
            </ul>
          }
        }
        @if (isSearchOffered()) {
          <app-catalog-search [citation]="citation()" (chosen)="choose($event)" />
          <button class="link" type="button" (click)="store.orderWithoutRecord()" data-testid="order-without-record">
            {{ 'create.orderWithoutRecord' | translate }}
          </button>
        }
      }
    }
  `,
  host: { class: 'stack gap-m' },
})
export class ResourceBlockComponent {
  private readonly session = inject(SessionService);
  protected readonly store = inject(CreateStore);
  protected readonly form = inject(OrderFormStore);
  protected readonly record = computed(() => valueOf(this.store.record()));
  /** Computed here, not in the template, because `?.` in a template turns undefined into null. */
  protected readonly citation = computed(() => this.record()?.citation);
  /** True when neither the record nor its match is loading. */
  protected readonly isSearchOffered = computed(
    () => !['idle', 'loading'].includes(this.store.record().state) && this.store.match().state !== 'loading',
  );
  protected readonly recordError = computed(() => errorOf(this.store.record()));
  /** Also before the session is there, unless it cannot be had, which the page says. */
  protected readonly isLoading = computed(
    () =>
      ['idle', 'loading'].includes(this.store.record().state) &&
      this.store.source()?.type !== 'new' &&
      errorOf(this.session.session()) === undefined,
  );
  /** What Alma's page lacks for finding the work by itself; undefined when it lacks nothing or a work is chosen. */
  protected readonly missing = computed(() => {
    const record = this.record();
    if (record === undefined || this.store.chosen() !== undefined) return undefined;
    if (this.store.source()?.type === 'new') return 'create.noAlmaRecord';
    return searchKeysOf(record.citation).length === 0 ? 'create.emptyAlmaRecord' : undefined;
  });
  protected readonly matchError = computed(() => errorOf(this.store.match()));
  protected readonly candidates = computed<readonly CatalogRecord[]>(
    () => valueOf(this.store.match())?.candidates ?? [],
  );
  protected readonly confidence = computed(() =>
    this.store.isChosenByHand()
      ? 'create.confidence.chosen'
      : `create.confidence.${valueOf(this.store.match())?.confidence ?? 'none'}`,
  );

  protected choose(record: CatalogRecord): void {
    this.store.chooseRecord(record);
  }

  protected change(): void {
    this.store.chooseRecord(null);
  }
}
