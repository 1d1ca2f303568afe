import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import type { Mark } from './list-row';

const ICONS: Readonly<Record<Mark['name'], string>> = {
  'new': '●',
  'overdue': '▲',
  'stuck': '◆',
  'passed-on': '→',
  'not-delivered': '×',
  'jumped': '※',
};
const WARNINGS: readonly Mark['name'][] = ['overdue', 'stuck', 'jumped'];

/** Shows the marks of a row, each with icon and text. */
@Component({
  selector: 'app-row-marks',
  standalone: true,
  imports: [TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @for (mark of marks(); track mark.name) {
      <span
        class="chip"
        [class.warn]="isWarning(mark)"
        [class.good]="mark.name === 'new'"
        [title]="'workList.markHint.' + mark.name | translate"
        [attr.data-mark]="mark.name"
        ><span aria-hidden="true">{{ icons[mark.name] }}</span
        >{{ 'workList.mark.' + mark.name | translate: { days: mark.days } }}</span
      >
    }
  `,
  styles: `
    :host {
      display: inline-flex;
      gap: 0.25rem;
    }
    :host:empty {
      display: none;
    }
    .chip {
      line-height: 1.25rem;
    }
  `,
})
export class RowMarksComponent {
  readonly marks = input.required<readonly Mark[]>();
  protected readonly icons = ICONS;

  protected isWarning({ name }: Mark): boolean {
    return WARNINGS.includes(name);
  }
}
