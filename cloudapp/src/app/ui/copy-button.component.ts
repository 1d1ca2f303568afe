import { ChangeDetectionStrategy, Component, input, signal } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';

/** Copies a text and confirms it. */
@Component({
  selector: 'app-copy-button',
  standalone: true,
  imports: [TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <button class="link" type="button" (click)="copy()">
      {{ (copied() === text() ? 'create.copied' : 'create.copyId') | translate }}
    </button>
  `,
})
export class CopyButtonComponent {
  readonly text = input.required<string>();
  protected readonly copied = signal<string | undefined>(undefined);

  protected copy(): void {
    const text = this.text();
    // Alma may deny the frame access to the clipboard; the text can still be selected manually.
    const clipboard = navigator.clipboard as Clipboard | undefined;
    clipboard?.writeText(text).then(
      () => {
        this.copied.set(text);
      },
      () => undefined,
    );
  }
}
