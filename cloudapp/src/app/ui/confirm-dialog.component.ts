import { ChangeDetectionStrategy, Component, ElementRef, input, output, viewChild } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';

let made = 0;

/** Shows the projected summary and asks to confirm it. A host of the class `long` is wider and keeps its buttons in view. */
@Component({
  selector: 'app-confirm-dialog',
  standalone: true,
  imports: [MatButton, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <dialog #dialog [attr.aria-labelledby]="id">
      <h2 [id]="id">{{ heading() }}</h2>
      <ng-content />
      <div class="row end">
        <button mat-stroked-button type="button" (click)="dialog.close()">{{ back() | translate }}</button>
        <button
          mat-flat-button
          class="primary-action"
          type="button"
          #goButton
          [attr.data-testid]="goTestId()"
          (click)="confirm()"
        >
          {{ go() | translate }}
        </button>
      </div>
    </dialog>
  `,
  styles: `
    dialog {
      width: 30rem;
    }
    .end {
      margin-top: 0.75rem;
    }
    :host(.long) dialog {
      width: 34rem;
    }
    :host(.long) .end {
      position: sticky;
      bottom: -1rem;
      margin: 0.5rem -1rem -1rem;
      padding: 0.75rem 1rem;
      background: var(--sys-surface);
      border-top: var(--line);
    }
  `,
})
export class ConfirmDialogComponent {
  /** The heading as translated text, because it may name what is confirmed. */
  readonly heading = input.required<string>();
  /** i18n keys of the buttons. */
  readonly back = input.required<string>();
  readonly go = input.required<string>();
  readonly goTestId = input<string>();
  readonly confirmed = output();
  protected readonly id = `confirm-${String((made += 1))}`;
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');
  private readonly goButton = viewChild.required<unknown, ElementRef<HTMLButtonElement>>('goButton', {
    read: ElementRef,
  });

  /** Focuses the button that confirms, so that Enter is enough. */
  open(): void {
    this.dialog().nativeElement.showModal();
    this.goButton().nativeElement.focus();
  }

  protected confirm(): void {
    this.dialog().nativeElement.close();
    this.confirmed.emit();
  }
}
