import { DatePipe } from '@angular/common';
import { ChangeDetectionStrategy, Component, computed, input, output } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import type { RequestView } from '../../domain/api/requests';
import { formatDay, today } from '../../domain/ill/dates';
import { inquiryMeaning } from '../../domain/ill/partner-said';
import { STATES } from '../../domain/ill/states';
import { needsAction } from '../../domain/ill/urgency';
import { timeFormat } from '../ui/age';
import { StateNamePipe } from '../ui/state-name.pipe';
import { isOverdue } from './parties';
import type { News } from './request.store';

/** NACSIS-ILL's status, its meaning for this side, who must act, and the age of the data. */
@Component({
  selector: 'app-nacsis-standing',
  standalone: true,
  imports: [DatePipe, StateNamePipe, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="row line">
      <span>NACSIS-ILL:</span>
      <strong class="state" data-testid="nacsis-state">{{ request() | stateName }}</strong>
      @if (turn(); as whose) {
        <span class="chip" [class.warn]="whose === 'ours'">{{ 'request.turn.' + whose | translate }}</span>
      }
      <span class="muted seen">
        <time [attr.datetime]="request().seenAt" [title]="request().seenAt | date: 'yyyy-MM-dd HH:mm:ss'">{{
          'request.seen' | translate: { at: request().seenAt | date: seenFormat() }
        }}</time>
        <button class="link" type="button" [disabled]="isReading()" (click)="reload.emit()" data-testid="reload">
          ⟳ {{ (isReading() ? 'request.reading' : 'request.reload') | translate }}
        </button>
      </span>
    </div>
    @if (meaning(); as words) {
      <p>{{ words | translate }}</p>
    }
    @if (isOverdue()) {
      <p class="note warn" data-testid="overdue">⚠ {{ 'request.overdue' | translate: { date: dueDate() } }}</p>
    }
    @if (request().gone; as gone) {
      <p class="note warn" data-testid="gone">{{ 'request.gone.' + gone | translate }}</p>
    }
    @if (request().jump; as jump) {
      <p class="note warn" data-testid="jump">
        {{
          'request.jump'
            | translate
              : {
                  at: jump.at | date: 'MM-dd HH:mm',
                  from: nameOf(jump.from) | translate,
                  to: nameOf(jump.to) | translate,
                }
        }}
      </p>
    }
    <div role="status">
      @if (news(); as told) {
        <p class="note" data-testid="news">
          @if (told.from.externalStatus === told.to.externalStatus) {
            {{ 'request.newsContent' | translate }}
          } @else {
            {{ 'request.newsState' | translate: { from: told.from | stateName, to: told.to | stateName } }}
          }
        </p>
      }
    </div>
  `,
  styles: `
    .line {
      row-gap: 0;
    }
    .state {
      font-size: 1.143rem;
    }
    .seen {
      display: inline-flex;
      align-items: center;
      gap: 0.5rem;
      margin-inline-start: auto;
    }
  `,
  host: { class: 'stack gap-s' },
})
export class NacsisStandingComponent {
  readonly request = input.required<RequestView>();
  readonly now = input.required<Date>();
  readonly isReading = input(false);
  /** News from NACSIS-ILL that was not shown before. */
  readonly news = input<News>();
  readonly reload = output();

  protected readonly seenFormat = computed(() => timeFormat(this.request().seenAt, this.now()));
  protected readonly turn = computed(() => {
    const { state, side, gone, fields } = this.request();
    if (state === null || gone !== undefined) return undefined;
    const { mustAct } = STATES[state];
    if (mustAct !== side) return mustAct === null ? 'nobody' : 'theirs';
    const day = today(() => this.now());
    return needsAction({ ...fields, state }, side, day) ? 'ours' : 'later';
  });
  protected readonly meaning = computed(() => {
    const { state, side, gone } = this.request();
    if (gone !== undefined) return undefined;
    if (state === null) return 'request.unknownState';
    const meaning = inquiryMeaning(this.request());
    return `stateMeaning.${state}.${side}${meaning === undefined ? '' : `-${meaning}`}`;
  });
  protected readonly isOverdue = computed(() =>
    isOverdue(
      this.request(),
      today(() => this.now()),
    ),
  );
  protected readonly dueDate = computed(() => formatDay(this.request().fields.dueDate ?? ''));

  protected nameOf(state: keyof typeof STATES | null): string {
    return state === null ? 'request.stateUnknown' : `state.${state}`;
  }
}
