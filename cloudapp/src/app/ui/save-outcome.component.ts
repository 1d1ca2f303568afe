import { ChangeDetectionStrategy, Component, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';
import type { AppError } from '../core/app-error';
import { ErrorMessageComponent } from './error-message.component';

/** What came of saving: that it was saved, or why not. Where others have changed it meanwhile, what is stored now can be read. */
@Component({
  selector: 'app-save-outcome',
  standalone: true,
  imports: [ErrorMessageComponent, MatButton, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <p role="status">
      @if (isSaved()) {
        <span class="chip good">✓ {{ 'config.saved' | translate }}</span>
      }
    </p>
    @if (error(); as failure) {
      <app-error-message [error]="failure" />
      @if (failure.code === 'stale-version') {
        <div>
          <button mat-stroked-button type="button" (click)="reload.emit()">{{ reloadLabel() }}</button>
        </div>
      }
    }
  `,
  // Its parts stand in the column of the page, at the page's distance.
  styles: ':host { display: contents; }',
})
export class SaveOutcomeComponent {
  readonly isSaved = input.required<boolean>();
  /** Why it was not saved. */
  readonly error = input.required<AppError | undefined>();
  /** What the button says, that what was typed goes, say. */
  readonly reloadLabel = input.required<string>();
  readonly reload = output();
}
