import { ChangeDetectionStrategy, Component, type ElementRef, input, viewChild } from '@angular/core';
import { outputFromObservable } from '@angular/core/rxjs-interop';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';
import { Subject, take, type Observable } from 'rxjs';

/** Counter for unique ids, because a page may hold several dialogs. */
let made = 0;

/** Confirmation dialog: one button means stay, the other means continue. Escape means stay. */
@Component({
  selector: 'app-question-dialog',
  standalone: true,
  imports: [MatButton, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <dialog
      #dialog
      [attr.aria-labelledby]="id + '-title'"
      [attr.aria-describedby]="id + '-note'"
      (close)="answers$.next(dialog.returnValue === 'go')"
    >
      <h2 [id]="id + '-title'">{{ words() + 'title' | translate }}</h2>
      <p [id]="id + '-note'">{{ words() + note() | translate }}</p>
      <div class="row end">
        <button mat-flat-button class="primary-action" type="button" (click)="dialog.close('stay')">
          {{ words() + 'stay' | translate }}
        </button>
        <button mat-stroked-button type="button" [attr.data-testid]="goTestId()" (click)="dialog.close('go')">
          {{ words() + 'go' | translate }}
        </button>
      </div>
    </dialog>
  `,
  styles: 'p { margin-top: 0.5rem; } .row { margin-top: 0.75rem; }',
})
export class QuestionDialogComponent {
  /** Prefix of the i18n keys title, note, stay, go. */
  readonly words = input.required<string>();
  /** Last part of the note's i18n key, when there are several notes. */
  readonly note = input('note');
  readonly goTestId = input<string>();
  protected readonly answers$ = new Subject<boolean>();
  /** Emits true for go, false for stay. */
  readonly answered = outputFromObservable(this.answers$);
  protected readonly id = `question-${String((made += 1))}`;
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');

  open(): void {
    const dialog = this.dialog().nativeElement;
    // Resets the previous return value, because Escape sets none.
    dialog.returnValue = 'stay';
    if (!dialog.open) dialog.showModal();
  }

  /** Opens the dialog and emits one answer. */
  ask(): Observable<boolean> {
    this.open();
    return this.answers$.pipe(take(1));
  }

  /** Closes the dialog as if the user had continued, because the question no longer applies. */
  close(): void {
    this.dialog().nativeElement.close('go');
  }
}
