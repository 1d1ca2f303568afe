import { ChangeDetectionStrategy, Component, input, output } from '@angular/core';
import type { RequestView } from '../../domain/api';
import type { Side } from '../../domain/kinds';

/** One request: where it stands at NACSIS-ILL and in Alma, and what may be done now. Stands alone in the sidebar and beside the work list at full screen. */
@Component({
  selector: 'app-request-panel',
  standalone: true,
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: '',
})
export class RequestPanelComponent {
  readonly side = input.required<Side>();
  readonly requestId = input.required<string>();
  /** After an action, or when NACSIS-ILL told something new: the list that shows the request is to be read again. */
  readonly changed = output<RequestView>();
}
