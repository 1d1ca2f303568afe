import { ChangeDetectionStrategy, Component, input, output } from '@angular/core';
import type { RequestView } from '../../domain/api';

/** What may be done with a request now. */
@Component({
  selector: 'app-action-bar',
  standalone: true,
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: '',
})
export class ActionBarComponent {
  readonly request = input.required<RequestView>();
  /** The request after an action, or as it is now where an action was refused. */
  readonly changed = output<RequestView>();
}
