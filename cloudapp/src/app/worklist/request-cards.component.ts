import { ChangeDetectionStrategy, Component, inject, input, output } from '@angular/core';
import { Location } from '@angular/common';
import { TranslatePipe } from '@ngx-translate/core';
import { ChosenRequestsService } from '../core/chosen-requests.service';
import { DayPipe } from './day.pipe';
import type { ListRow, OpenedRow } from './list-row';
import { LacksComponent } from '../ui/lacks.component';
import { RowMarksComponent } from './row-marks.component';

/** The rows as cards, for the sidebar. */
@Component({
  selector: 'app-request-cards',
  standalone: true,
  imports: [DayPipe, LacksComponent, RowMarksComponent, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <ul class="plain-list">
      @for (row of rows(); track row.key) {
        <li class="card" [attr.data-row]="row.key" [class.ours]="row.request.waitsForUs">
          <input
            type="checkbox"
            [attr.aria-label]="'workList.choose' | translate: { id: row.request.id }"
            [checked]="chosen.has(row.request)"
            (change)="chosen.toggle(row.request)"
          />
          <div class="grow">
            <p class="line">
              <a class="open" [href]="hrefOf(row.route)" (click)="opened.emit({ row, event: $event })">{{
                row.request.id
              }}</a>
              <span>{{ 'kind.' + row.request.kind | translate }}</span>
              <strong class="cut">{{
                row.request.state === null ? row.request.externalStatus : ('state.' + row.request.state | translate)
              }}</strong>
              @if (row.age !== undefined) {
                <span class="last">{{ 'workList.age' | translate: { days: row.age } }}</span>
              }
            </p>
            <p class="line">
              <app-row-marks [marks]="row.marks" />
              <span class="cut" [title]="row.request.title + ' ' + row.request.citation"
                >{{ row.request.title }}
                @if (row.request.citation) {
                  <span class="muted">{{ row.request.citation }}</span>
                }
              </span>
            </p>
            @if (row.request.lacks?.length) {
              <p class="small warn-text"><app-lacks [fields]="row.request.lacks ?? []" /></p>
            }
            <p class="line muted">
              <span class="cut">{{ row.request.partner.name ?? row.request.partner.id }}</span>
              @if (row.request.dueDate; as due) {
                <span [title]="due | day: 'full'">{{ 'workList.due' | translate }} {{ due | day }}</span>
              }
              @if (row.next; as next) {
                <a class="next last" [href]="hrefOf(next.route)" (click)="opened.emit({ row, next, event: $event })"
                  >{{ next.label | translate }}<span class="visually-hidden"> {{ row.request.id }}</span></a
                >
              }
            </p>
          </div>
        </li>
      }
    </ul>
  `,
  styleUrl: './request-cards.component.scss',
})
export class RequestCardsComponent {
  protected readonly chosen = inject(ChosenRequestsService);
  private readonly location = inject(Location);
  readonly rows = input.required<readonly ListRow[]>();
  /** Emits when a link of a row is clicked. */
  readonly opened = output<OpenedRow>();

  protected hrefOf(route: string): string {
    return this.location.prepareExternalUrl(route);
  }
}
