import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';
import type { ImportRun } from '../../domain/api/imports';
import { ErrorMessageComponent } from '../ui/error-message.component';
import { ReportFilesStore } from './report-files.store';

/** Export of the report: as a file, or via the clipboard when Alma's frame blocks downloads. */
@Component({
  selector: 'app-report-files',
  standalone: true,
  imports: [ErrorMessageComponent, MatButton, TranslatePipe],
  providers: [ReportFilesStore],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="row" role="group" [attr.aria-label]="'imports.file.title' | translate">
      @for (format of formats; track format) {
        <button
          mat-stroked-button
          type="button"
          [disabled]="files.isBusy()"
          [attr.data-testid]="'report-' + format"
          (click)="files.save(run(), format)"
        >
          {{ 'imports.file.' + format | translate }}
        </button>
      }
      <button
        class="link"
        type="button"
        [disabled]="files.isBusy()"
        data-testid="report-copy"
        (click)="files.copy(run())"
      >
        {{ 'imports.file.copy' | translate }}
      </button>
    </div>
    <p class="muted" role="status">
      @if (files.done(); as done) {
        {{ 'imports.file.' + done | translate }}
      }
    </p>
    @if (files.error(); as failure) {
      <app-error-message [error]="failure" />
    }
  `,
})
export class ReportFilesComponent {
  readonly run = input.required<ImportRun>();
  protected readonly files = inject(ReportFilesStore);
  protected readonly formats = ['csv', 'json'] as const;
}
