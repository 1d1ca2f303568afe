import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';
import { SessionService } from '../core/session.service';

/** For users without an Alma role that may see requests: why nothing is shown, and who can change that. */
@Component({
  selector: 'app-no-role',
  standalone: true,
  imports: [MatButton, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <h1>{{ 'start.title' | translate }}</h1>
    <div class="note warn stack gap-m" role="status" data-testid="no-role">
      <h2>{{ 'noRole.title' | translate }}</h2>
      <p>{{ 'noRole.why' | translate: { user: user() } }}</p>
      <p>{{ 'noRole.wayOut' | translate }}</p>
      <div>
        <button mat-stroked-button type="button" (click)="session.reload()">{{ 'action.again' | translate }}</button>
      </div>
    </div>
  `,
})
export class NoRoleComponent {
  /** The user's id in Alma. */
  readonly user = input.required<string>();
  protected readonly session = inject(SessionService);
}
