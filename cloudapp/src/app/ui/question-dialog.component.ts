import { ChangeDetectionStrategy, Component, type ElementRef, input, viewChild } from '@angular/core';
import { outputFromObservable } from '@angular/core/rxjs-interop';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';
import { Subject, take, type Observable } from 'rxjs';

/** A page may hold several, of several runs, say: each has ids of its own. */
let made = 0;

/** Asks before something is given up: one button stays with it, the other goes on. Escape stays. */
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
      <div class="row">
        <button mat-flat-button class="primary-action" type="button" (click)="dialog.close('stay')">
          {{ words() + 'stay' | translate }}
        </button>
        <button mat-stroked-button type="button" [attr.data-testid]="goTestId()" (click)="dialog.close('go')">
          {{ words() + 'go' | translate }}
        </button>
      </div>
    </dialog>
  `,
  styles: 'p { margin-top: 0.5rem; } .row { justify-content: flex-end; margin-top: 0.75rem; }',
})
export class QuestionDialogComponent {
  /** Begin of the keys of its words: title, note, stay, go. */
  readonly words = input.required<string>();
  /** End of the key of the note, where there are several. */
  readonly note = input('note');
  readonly goTestId = input<string>();
  protected readonly answers$ = new Subject<boolean>();
  /** true: go. */
  readonly answered = outputFromObservable(this.answers$);
  protected readonly id = `question-${String((made += 1))}`;
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');

  open(): void {
    const dialog = this.dialog().nativeElement;
    // It keeps the answer of the last time, and Escape gives none.
    dialog.returnValue = 'stay';
    if (!dialog.open) dialog.showModal();
  }

  /** Opens at once; the answer comes once. */
  ask(): Observable<boolean> {
    this.open();
    return this.answers$.pipe(take(1));
  }

  /** Closes without an answer of the user, as if it were to go: there is nothing to ask any more. */
  close(): void {
    this.dialog().nativeElement.close('go');
  }
}
