import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import requestWords from '../../i18n/request.json';
import { SIDES } from '../../domain/ill/kinds';
import { PageWords } from '../core/page-words';
import { PageHeaderComponent } from '../ui/page-header.component';
import { RequestPanelComponent } from './request-panel.component';

/** The panel of the request in the URL. */
@Component({
  standalone: true,
  imports: [PageHeaderComponent, RequestPanelComponent, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './request.page.html',
  styles: ':host { display: flex; flex-direction: column; gap: 0.75rem; max-width: 60rem; }',
})
export class RequestPage {
  readonly side = input.required<string>();
  readonly id = input.required<string>();
  protected readonly knownSide = computed(() => SIDES.find((side) => side === this.side()));

  constructor() {
    inject(PageWords).add(requestWords);
  }
}
