import { ChangeDetectionStrategy, Component, ElementRef, input, output, signal, viewChild } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';

let made = 0;

/**
 * Shows the projected summary and asks to confirm it. Content with the attribute `foot` appears above the buttons. With
 * the class `long`, the dialog is wider and keeps foot and buttons in view.
 */
@Component({
  selector: 'app-confirm-dialog',
  standalone: true,
  imports: [MatButton, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <dialog #dialog [attr.aria-labelledby]="id" (close)="opened.set(false)">
      <h2 [id]="id">{{ heading() }}</h2>
      <ng-content />
      <div class="foot stack">
        <ng-content select="[foot]" />
        <div class="row end">
          <button mat-stroked-button type="button" (click)="close()">{{ back() | translate }}</button>
          <button
            mat-flat-button
            class="primary-action"
            type="button"
            #goButton
            [disabled]="isBusy()"
            [attr.data-testid]="goTestId()"
            (click)="confirm()"
          >
            {{ go() | translate }}
          </button>
        </div>
      </div>
    </dialog>
  `,
  styles: `
    dialog {
      width: 30rem;
    }
    .foot {
      margin-top: 0.75rem;
    }
    :host(.long) dialog {
      width: 34rem;
    }
    :host(.long) .foot {
      position: sticky;
      bottom: -1rem;
      max-height: 70vh;
      margin: 0.5rem -1rem -1rem;
      padding: 0.75rem 1rem;
      background: var(--sys-surface);
      border-top: var(--line);
      overflow-y: auto;
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
  /** True to stay open when confirmed, until the result is known; the parent then closes the dialog. */
  readonly isKept = input(false);
  /** True while what was confirmed is carried out. */
  readonly isBusy = input(false);
  readonly confirmed = output();
  protected readonly opened = signal(false);
  readonly isOpen = this.opened.asReadonly();
  protected readonly id = `confirm-${String((made += 1))}`;
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');
  private readonly goButton = viewChild.required<unknown, ElementRef<HTMLButtonElement>>('goButton', {
    read: ElementRef,
  });

  /** Focuses the button that confirms, so that Enter is enough. */
  open(): void {
    this.dialog().nativeElement.showModal();
    this.opened.set(true);
    this.goButton().nativeElement.focus();
  }

  close(): void {
    this.dialog().nativeElement.close();
    this.opened.set(false);
  }

  protected confirm(): void {
    if (!this.isKept()) this.close();
    this.confirmed.emit();
  }
}
