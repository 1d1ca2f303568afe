import { ChangeDetectionStrategy, Component, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';
import { QuestionDialogComponent } from '../ui/question-dialog.component';

/** Confirms the cancellation of a run and explains its effect. */
@Component({
  selector: 'app-cancel-import',
  standalone: true,
  imports: [MatButton, QuestionDialogComponent, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <button
      mat-stroked-button
      type="button"
      [disabled]="isAsking()"
      data-testid="import-cancel"
      (click)="question.open()"
    >
      {{ 'imports.cancel' | translate }}
    </button>
    <app-question-dialog
      #question
      [words]="'imports.cancelRun.'"
      [note]="isDry() ? 'noteDry' : 'note'"
      goTestId="import-cancel-yes"
      (answered)="$event && confirmed.emit()"
    />
  `,
})
export class CancelImportComponent {
  readonly isDry = input(false);
  /** True while the cancellation is being requested. */
  readonly isAsking = input(false);
  readonly confirmed = output();
}
