import { ChangeDetectionStrategy, Component, type ElementRef, input, output, viewChild } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';

/** Asks whether the page shall be left although something would be lost. Escape stays. */
@Component({
  selector: 'app-leave-dialog',
  standalone: true,
  imports: [MatButton, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <dialog #dialog aria-labelledby="leave-heading" (close)="answered.emit(dialog.returnValue === 'leave')">
      <h2 id="leave-heading">{{ words() + 'title' | translate }}</h2>
      <p>{{ words() + 'note' | translate }}</p>
      <div class="row">
        <button mat-flat-button class="primary-action" type="button" (click)="dialog.close('stay')">
          {{ words() + 'stay' | translate }}
        </button>
        <button mat-stroked-button type="button" (click)="dialog.close('leave')">
          {{ words() + 'go' | translate }}
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
    .row {
      justify-content: flex-end;
      margin-top: 0.75rem;
    }
  `,
})
export class LeaveDialogComponent {
  /** Begin of the keys of its words: title, note, stay, go. */
  readonly words = input.required<string>();
  /** true: leave. */
  readonly answered = output<boolean>();
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');

  open(): void {
    const dialog = this.dialog().nativeElement;
    dialog.returnValue = 'stay';
    if (!dialog.open) dialog.showModal();
  }

  /** Closes without an answer of the user: there is nothing to ask any more. */
  close(): void {
    this.dialog().nativeElement.close('leave');
  }
}
