import { ChangeDetectionStrategy, Component, computed, effect, inject, input, untracked } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';
import { SIDES } from '../../domain/ill/kinds';
import { SessionService } from '../core/session.service';
import importsMessages from '../../i18n/imports.json';
import { PageMessages } from '../core/page-messages';
import { valueOf } from '../core/remote';
import { ErrorMessageComponent } from '../ui/error-message.component';
import { PageHeaderComponent } from '../ui/page-header.component';
import { CancelImportComponent } from './cancel-import.component';
import { ConfigurationErrorsComponent } from './configuration-errors.component';
import { FailureListComponent } from './failure-list.component';
import { ImportRunStore } from './import-run.store';
import { ImportedListComponent } from './imported-list.component';
import { ReportFilesComponent } from './report-files.component';
import { RetryStore } from './retry.store';
import { RunFactsComponent } from './run-facts.component';
import { RunProgressComponent } from './run-progress.component';
import { RunCheckComponent } from './run-check.component';
import { RunNumbersComponent } from './run-numbers.component';

/** The report of a run; live while it is running. */
@Component({
  selector: 'app-import-report-page',
  standalone: true,
  imports: [
    CancelImportComponent,
    ConfigurationErrorsComponent,
    ErrorMessageComponent,
    FailureListComponent,
    ImportedListComponent,
    PageHeaderComponent,
    ReportFilesComponent,
    RouterLink,
    RunFactsComponent,
    RunProgressComponent,
    RunCheckComponent,
    RunNumbersComponent,
    TranslatePipe,
  ],
  providers: [ImportRunStore, RetryStore],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './import-report.page.html',
  styles: ':host { max-width: 60rem; } .skeleton { height: 9rem; }',
  host: { class: 'stack gap-l' },
})
export class ImportReportPage {
  readonly runId = input.required<string>();
  private readonly session = inject(SessionService);
  protected readonly store = inject(ImportRunStore);
  protected readonly sides = SIDES;
  protected readonly mayManage = computed(() => valueOf(this.session.session())?.me.user.mayManage === true);

  constructor() {
    inject(PageMessages).add(importsMessages);
    effect(
      () => {
        const runId = this.runId();
        untracked(() => this.store.show({ runId }));
      },
      { allowSignalWrites: true },
    );
  }

  protected again(): void {
    this.store.show({ runId: this.runId() });
  }
}
