import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';
import type { ConfigurationError } from '../../domain/api/imports';
import { SessionService } from '../core/session.service';

/** Faults of the settings, their effect, and where to correct them. */
@Component({
  selector: 'app-configuration-errors',
  standalone: true,
  imports: [RouterLink, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (faults().length > 0) {
      <div class="note warn stack gap-s" role="status" data-testid="configuration-errors">
        <p>
          <strong><span aria-hidden="true">⚠</span> {{ 'imports.configuration' | translate }}</strong>
        </p>
        <ul>
          @for (fault of faults(); track $index) {
            <li>
              {{ fault.library }}: {{ 'configurationFault.' + fault.code | translate }}
              @if (fault.name; as name) {
                <code>{{ name }}</code>
              }
            </li>
          }
        </ul>
        <p>
          <a routerLink="/settings/integration">{{ 'imports.toSettings' | translate }}</a>
        </p>
      </div>
    }
  `,
  styles: ':host(:empty) { display: none; }',
})
export class ConfigurationErrorsComponent {
  readonly errors = input.required<readonly ConfigurationError[]>();
  private readonly session = inject(SessionService);
  protected readonly faults = computed(() => {
    const names = new Map(this.session.libraries().map(({ code, name }) => [code, name]));
    return this.errors().map((error) => ({ ...error, library: names.get(error.library) ?? error.library }));
  });
}
