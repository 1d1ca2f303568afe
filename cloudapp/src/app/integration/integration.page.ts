import { ChangeDetectionStrategy, Component, computed, effect, inject, viewChild } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';
import type { Observable } from 'rxjs';
import { SessionService } from '../core/session.service';
import type { Leavable } from '../core/leave-page.guard';
import integrationMessages from '../../i18n/integration.json';
import { PageMessages } from '../core/page-messages';
import { errorOf } from '../core/remote';
import { ErrorMessageComponent } from '../ui/error-message.component';
import { LibraryChoiceComponent } from '../ui/library-choice.component';
import { PageHeaderComponent } from '../ui/page-header.component';
import { QuestionDialogComponent } from '../ui/question-dialog.component';
import { SaveFormComponent } from '../ui/save-form.component';
import { DryRunComponent } from './dry-run.component';
import { isWrittenByImport } from './integration-edit';
import { IntegrationStore } from './integration.store';
import { PartnerPartComponent } from './partner-part.component';
import { RequesterPartComponent } from './requester-part.component';
import { SchedulePartComponent } from './schedule-part.component';
import { StatusMapComponent } from './status-map.component';
import { WriterPartComponent } from './writer-part.component';

/** Settings of how and when the import creates Alma requests. Managers edit them; all others may read. */
@Component({
  selector: 'app-integration-page',
  standalone: true,
  imports: [
    DryRunComponent,
    ErrorMessageComponent,
    LibraryChoiceComponent,
    MatButton,
    PageHeaderComponent,
    PartnerPartComponent,
    QuestionDialogComponent,
    RequesterPartComponent,
    RouterLink,
    SaveFormComponent,
    SchedulePartComponent,
    StatusMapComponent,
    TranslatePipe,
    WriterPartComponent,
  ],
  providers: [IntegrationStore],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './integration.page.html',
  styles: ':host { max-width: 44rem; } app-dry-run, app-status-map { margin-top: 0.75rem; }',
  host: { 'class': 'stack', '(window:beforeunload)': 'askBeforeUnload($event)' },
})
export class IntegrationPage implements Leavable {
  protected readonly store = inject(IntegrationStore);
  protected readonly session = inject(SessionService);
  private readonly leaving = viewChild.required('leaving', { read: QuestionDialogComponent });
  private readonly changing = viewChild.required('changing', { read: QuestionDialogComponent });
  /** Why the session cannot be read; without a session there is no library whose profile can be read. */
  protected readonly sessionError = computed(() => errorOf(this.session.session()));
  /** True when partner, requester, dry run and status map matter. */
  protected readonly isImportWriting = computed(() => isWrittenByImport(this.store.edit()));
  protected readonly hasFaults = computed(() => Object.keys(this.store.faults()).length > 0);

  constructor() {
    inject(PageMessages).add(integrationMessages);
    effect(() => {
      if (this.store.toConfirm() !== undefined) this.changing().open();
    });
  }

  /** Asks before unsaved changes are discarded. */
  mayLeave(): Observable<boolean> | boolean {
    return this.store.isChanged() ? this.leaving().ask() : true;
  }

  protected askBeforeUnload(event: BeforeUnloadEvent): void {
    if (this.store.isChanged()) event.preventDefault();
  }
}
