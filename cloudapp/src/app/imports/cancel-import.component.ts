import { ChangeDetectionStrategy, Component, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';

/** Asks before a run is cancelled, and says what that means. Escape lets it go on. */
@Component({
  selector: 'app-cancel-import',
  standalone: true,
  imports: [MatButton, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <button
      mat-stroked-button
      type="button"
      [disabled]="isAsking()"
      data-testid="import-cancel"
      (click)="dialog.returnValue = ''; dialog.showModal()"
    >
      {{ 'imports.cancel' | translate }}
    </button>
    <dialog
      #dialog
      aria-labelledby="cancel-import-heading"
      aria-describedby="cancel-import-note"
      (close)="dialog.returnValue === 'cancel' && confirmed.emit()"
    >
      <h2 id="cancel-import-heading">{{ 'imports.cancelTitle' | translate }}</h2>
      <p id="cancel-import-note">{{ (isDry() ? 'imports.cancelNoteDry' : 'imports.cancelNote') | translate }}</p>
      <div class="row">
        <button mat-flat-button class="primary-action" type="button" (click)="dialog.close('stay')">
          {{ 'imports.goOn' | translate }}
        </button>
        <button mat-stroked-button type="button" data-testid="import-cancel-yes" (click)="dialog.close('cancel')">
          {{ 'imports.cancelYes' | translate }}
        </button>
      </div>
    </dialog>
  `,
  styles: `
    dialog {
      width: min(26rem, calc(100vw - 1.5rem));
      padding: 1rem;
      border: 1px solid var(--sys-outline-variant);
      border-radius: 8px;
      color: inherit;
      background: var(--sys-surface);
    }
    dialog::backdrop {
      background: rgb(0 0 0 / 45%);
    }
    dialog p {
      margin-top: 0.5rem;
    }
    .row {
      justify-content: flex-end;
      margin-top: 0.75rem;
    }
  `,
})
export class CancelImportComponent {
  readonly isDry = input(false);
  /** The wish is on its way. */
  readonly isAsking = input(false);
  readonly confirmed = output();
}
