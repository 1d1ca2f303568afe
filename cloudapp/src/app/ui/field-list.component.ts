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
    <dl>
      @for (line of lines(); track $index) {
        <div>
          <dt>{{ line.label | translate }}</dt>
          <dd>{{ line.code ? (line.code | translate) : line.value }}</dd>
        </div>
      }
    </dl>
  `,
  styles: `
    dl {
      margin: 0;
    }
    div {
      display: grid;
      grid-template-columns: 8.5rem 1fr;
      gap: 0.5rem;
      padding: 0.25rem 0;
      border-top: 1px solid var(--sys-outline-variant);
    }
    dt {
      color: var(--sys-on-surface-variant);
    }
    dd {
      margin: 0;
      min-width: 0;
    }
  `,
})
export class FieldListComponent {
  readonly lines = input.required<readonly FieldLine[]>();
}
