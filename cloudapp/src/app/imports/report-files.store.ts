import { DOCUMENT } from '@angular/common';
import { inject, Injectable, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { catchError, EMPTY, exhaustMap, finalize, from, Subject, switchMap, type Observable } from 'rxjs';
import type { ImportRun } from '../../domain/api/imports';
import { copyText } from '../batch/copy-text';
import { asAppError, type AppError } from '../core/app-error';
import { saveFile } from '../core/save-file';
import { ImportClient, type ReportFormat } from './import.client';

/** The completed step. Whether the browser really saved the file cannot be detected. */
type Done = 'saved' | 'copied' | 'notCopied';
interface Wanted {
  readonly run: ImportRun;
  readonly format: ReportFormat;
  readonly isCopy: boolean;
}

/** Downloads the report and saves or copies it. */
@Injectable()
export class ReportFilesStore {
  private readonly client = inject(ImportClient);
  private readonly document = inject(DOCUMENT);
  private readonly wanted$ = new Subject<Wanted>();
  readonly isBusy = signal(false);
  readonly done = signal<Done | undefined>(undefined);
  readonly error = signal<AppError | undefined>(undefined);

  constructor() {
    this.wanted$
      .pipe(
        exhaustMap((wanted) => this.fetch(wanted)),
        takeUntilDestroyed(),
      )
      .subscribe({ next: (done) => this.done.set(done) });
  }

  save(run: ImportRun, format: ReportFormat): void {
    this.wanted$.next({ run, format, isCopy: false });
  }

  /** Copies as CSV, which spreadsheets paste. */
  copy(run: ImportRun): void {
    this.wanted$.next({ run, format: 'csv', isCopy: true });
  }

  private fetch(wanted: Wanted): Observable<Done> {
    this.isBusy.set(true);
    this.done.set(undefined);
    this.error.set(undefined);
    return this.client.file(wanted.run.runId, wanted.format).pipe(
      switchMap((file) => from(this.handOn(file, wanted))),
      catchError((thrown: unknown) => {
        this.error.set(asAppError(thrown));
        return EMPTY;
      }),
      finalize(() => this.isBusy.set(false)),
    );
  }

  private async handOn(file: Blob, { run, format, isCopy }: Wanted): Promise<Done> {
    // text() removes the byte order mark, which does not belong on the clipboard.
    if (isCopy) return (await copyText(await file.text(), this.document)) ? 'copied' : 'notCopied';
    saveFile(file, `import-${run.requestedAt.slice(0, 16).replace(/[^0-9]/g, '')}.${format}`, this.document);
    return 'saved';
  }
}
