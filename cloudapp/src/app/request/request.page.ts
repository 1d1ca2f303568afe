import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import requestMessages from '../../i18n/request.json';
import { SIDES } from '../../domain/ill/kinds';
import { PageMessages } from '../core/page-messages';
import { PageHeaderComponent } from '../ui/page-header.component';
import { RequestPanelComponent } from './request-panel.component';

/** The panel of the request in the URL. */
@Component({
  standalone: true,
  imports: [PageHeaderComponent, RequestPanelComponent, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <app-page-header [heading]="'request.title' | translate" />
    @if (knownSide(); as side) {
      <app-request-panel [side]="side" [requestId]="id()" [begin]="action()" />
    } @else {
      <p class="note warn">{{ 'request.noSuchPage' | translate }}</p>
    }
  `,
  styles: ':host { max-width: 60rem; }',
  host: { class: 'stack' },
})
export class RequestPage {
  readonly side = input.required<string>();
  readonly id = input.required<string>();
  /** Query parameter: the action to begin with. */
  readonly action = input<string>();
  protected readonly knownSide = computed(() => SIDES.find((side) => side === this.side()));

  constructor() {
    inject(PageMessages).add(requestMessages);
  }
}
