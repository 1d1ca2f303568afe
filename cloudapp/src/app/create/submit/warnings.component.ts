import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';
import { StateNamePipe } from '../../ui/state-name.pipe';
import { WarningsStore } from './warnings.store';

/** Warnings before ordering. They never block the order. */
@Component({
  selector: 'app-warnings',
  standalone: true,
  imports: [RouterLink, StateNamePipe, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (warnings.open().length > 0) {
      <div class="note warn stack gap-xs" data-testid="warning-open">
        <p>⚠ {{ 'warnings.open' | translate: { count: warnings.open().length } }}</p>
        <ul>
          @for (request of warnings.open(); track request.id) {
            <li>
              <a [routerLink]="['/requests', request.id]">{{ request.id }}</a> {{ 'kind.' + request.kind | translate }}
              {{ request | stateName }}
              @if (request.partner.name; as name) {
                <span class="muted">{{ name }}</span>
              }
            </li>
          }
        </ul>
      </div>
    }
    @if (own(); as places) {
      <p class="note warn" data-testid="warning-own">⚠ {{ 'warnings.own' | translate: { places } }}</p>
    }
    @if (warnings.patronCount(); as count) {
      <p class="note warn" data-testid="warning-patron">
        ⚠ {{ 'warnings.patron' | translate: { count, limit: warnings.watched()?.patronLimit ?? 0 } }}
      </p>
    }
    @if (warnings.unread().length > 0) {
      <p class="muted">{{ 'warnings.unread' | translate }}</p>
    }
  `,
  host: { class: 'stack gap-m' },
})
export class WarningsComponent {
  protected readonly warnings = inject(WarningsStore);
  protected readonly own = computed(() =>
    this.warnings
      .own()
      .map(({ library, location }) => [library, location].filter(Boolean).join(' '))
      .join('、'),
  );
}
