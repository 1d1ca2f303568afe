import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import type { FieldLine } from './field-line';

/** Labels and values, one line each. */
@Component({
  selector: 'app-field-list',
  standalone: true,
  imports: [TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <dl class="pairs">
      @for (line of lines(); track $index) {
        <div class="lined">
          <dt>{{ line.label | translate }}</dt>
          <dd>{{ line.code ? (line.code | translate) : line.value }}</dd>
        </div>
      }
    </dl>
  `,
  styles: '.lined { padding-block: 0.25rem; }',
})
export class FieldListComponent {
  readonly lines = input.required<readonly FieldLine[]>();
}
