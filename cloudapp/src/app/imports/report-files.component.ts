import { DOCUMENT } from '@angular/common';
import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';
import { from, switchMap } from 'rxjs';
import type { ImportRun } from '../../domain/api/imports';
import { copyText } from '../core/copy-text';
import { remoteCommand } from '../core/remote';
import { saveFile } from '../core/save-file';
import { ErrorMessageComponent } from '../ui/error-message.component';
import { ImportClient, type ReportFormat } from './import.client';

/** The completed step. Whether the browser really saved the file cannot be detected. */
type Done = 'saved' | 'copied' | 'notCopied';
interface Wanted {
  readonly format: ReportFormat;
  /** Copies as CSV, which spreadsheets paste; otherwise saves. */
  readonly isCopy: boolean;
}

/** Export of the report: as a file, or via the clipboard when Alma's frame blocks downloads. */
@Component({
  selector: 'app-report-files',
  standalone: true,
  imports: [ErrorMessageComponent, MatButton, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="row" role="group" [attr.aria-label]="'imports.file.title' | translate">
      @for (format of formats; track format) {
        <button
          mat-stroked-button
          type="button"
          [disabled]="command.isRunning()"
          [attr.data-testid]="'report-' + format"
          (click)="command.run({ format, isCopy: false })"
        >
          {{ 'imports.file.' + format | translate }}
        </button>
      }
      <button
        class="link"
        type="button"
        [disabled]="command.isRunning()"
        data-testid="report-copy"
        (click)="command.run({ format: 'csv', isCopy: true })"
      >
        {{ 'imports.file.copy' | translate }}
      </button>
    </div>
    <p class="muted" role="status">
      @if (command.value(); as done) {
        {{ 'imports.file.' + done | translate }}
      }
    </p>
    @if (command.error(); as failure) {
      <app-error-message [error]="failure" />
    }
  `,
})
export class ReportFilesComponent {
  readonly run = input.required<ImportRun>();
  private readonly client = inject(ImportClient);
  private readonly document = inject(DOCUMENT);
  protected readonly command = remoteCommand((wanted: Wanted) => {
    const run = this.run();
    return this.client.file(run.runId, wanted.format).pipe(switchMap((file) => from(this.handOn(file, run, wanted))));
  });
  protected readonly formats = ['csv', 'json'] as const;

  private async handOn(file: Blob, run: ImportRun, { format, isCopy }: Wanted): Promise<Done> {
    // text() removes the byte order mark, which does not belong on the clipboard.
    if (isCopy) return (await copyText(await file.text(), this.document)) ? 'copied' : 'notCopied';
    saveFile(file, `import-${run.requestedAt.slice(0, 16).replace(/[^0-9]/g, '')}.${format}`, this.document);
    return 'saved';
  }
}
