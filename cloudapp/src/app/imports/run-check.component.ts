import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import type { RunCheck } from '../../domain/api/imports';

/** Shows the final check of a run: NACSIS ids that occur in several Alma requests, or the note that none were found. */
@Component({
  selector: 'app-run-check',
  standalone: true,
  imports: [TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (check(); as found) {
      @if (found.doubled.length > 0) {
        <div class="note warn stack gap-s" role="status" data-testid="run-check">
          <p>
            <strong><span aria-hidden="true">⚠</span> {{ 'imports.check.title' | translate }}</strong>
          </p>
          <ul>
            @for (each of found.doubled; track each.library + each.side + each.id) {
              <li>
                {{ 'workList.side.' + each.side | translate }} <code>{{ each.id }}</code>:
                <code>{{ each.almaRequestIds.join(', ') }}</code>
              </li>
            }
          </ul>
          <p>{{ 'importFaultWay.several-in-alma' | translate }}</p>
        </div>
      } @else {
        <p data-testid="run-check">
          {{ 'imports.check.title' | translate }}:
          {{ (found.isComplete ? 'imports.check.none' : 'imports.check.nonePartly') | translate }}
        </p>
      }
    }
  `,
  styles: ':host(:empty) { display: none; }',
})
export class RunCheckComponent {
  readonly check = input<RunCheck>();
}
