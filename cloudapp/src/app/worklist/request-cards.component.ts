import { ChangeDetectionStrategy, Component, inject, input, output } from '@angular/core';
import { Location } from '@angular/common';
import { TranslatePipe } from '@ngx-translate/core';
import { ChosenRequestsService } from '../core/chosen-requests.service';
import { DayPipe } from './day.pipe';
import type { ListRow } from './list-row';
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
            <p class="first">
              <a [href]="hrefOf(row)" (click)="opened.emit({ row, event: $event })">{{ row.request.id }}</a>
              <span>{{ 'kind.' + row.request.kind | translate }}</span>
              <strong>{{
                row.request.state === null ? row.request.externalStatus : ('state.' + row.request.state | translate)
              }}</strong>
              @if (row.age !== undefined) {
                <span class="age">{{ 'workList.age' | translate: { days: row.age } }}</span>
              }
            </p>
            <p>
              <app-row-marks [marks]="row.marks" />
              {{ row.request.title }}
              @if (row.request.citation) {
                <span class="muted">{{ row.request.citation }}</span>
              }
            </p>
            @if (row.request.lacks?.length) {
              <p class="small warn-text"><app-lacks [fields]="row.request.lacks ?? []" /></p>
            }
            <p class="muted">
              {{ row.request.partner.name ?? row.request.partner.id }}
              @if (row.request.dueDate; as due) {
                · {{ 'workList.due' | translate }} <span [title]="due | day: 'full'">{{ due | day }}</span>
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
  /** Emits when the link of a row is clicked. */
  readonly opened = output<{ readonly row: ListRow; readonly event: Event }>();

  protected hrefOf({ route }: ListRow): string {
    return this.location.prepareExternalUrl(route);
  }
}
