import { DatePipe } from '@angular/common';
import { ChangeDetectionStrategy, Component, computed, inject, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';
import importsMessages from '../../i18n/imports.json';
import { SessionService } from '../core/session.service';
import { PageMessages } from '../core/page-messages';
import { errorOf, valueOf } from '../core/remote';
import { ErrorMessageComponent } from '../ui/error-message.component';
import { PageHeaderComponent } from '../ui/page-header.component';
import { ConfigurationErrorsComponent } from './configuration-errors.component';
import { ImportsStore } from './imports.store';
import { PageTurnerComponent } from './page-turner.component';
import { RunFactsComponent } from './run-facts.component';
import { RunNumbersComponent } from './run-numbers.component';
import { RunStateComponent } from './run-state.component';
import { RunningImportComponent } from './running-import.component';
import { ScheduleLineComponent } from './schedule-line.component';
import { StartImportComponent } from './start-import.component';
import { UpkeepNoteComponent } from './upkeep-note.component';

/** Overview of the import job: running and past runs, and the schedule. */
@Component({
  selector: 'app-imports-page',
  standalone: true,
  imports: [
    ConfigurationErrorsComponent,
    DatePipe,
    ErrorMessageComponent,
    PageHeaderComponent,
    PageTurnerComponent,
    RouterLink,
    RunFactsComponent,
    RunNumbersComponent,
    RunStateComponent,
    RunningImportComponent,
    ScheduleLineComponent,
    StartImportComponent,
    TranslatePipe,
    UpkeepNoteComponent,
  ],
  providers: [ImportsStore],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './imports.page.html',
  styleUrl: './imports.page.scss',
  host: { class: 'stack' },
})
export class ImportsPage {
  protected readonly session = inject(SessionService);
  protected readonly store = inject(ImportsStore);
  protected readonly sessionError = computed(() => errorOf(this.session.session()));
  protected readonly mayManage = computed(() => valueOf(this.session.session())?.me.user.mayManage === true);
  protected readonly scheduled = computed(() => {
    const library = this.session.library();
    if (this.store.isAll()) return this.session.libraries();
    return library === undefined ? [] : [library];
  });
  /** Configuration faults found by the last run. */
  protected readonly configuration = computed(() => this.store.last()?.configuration ?? []);

  private readonly start = viewChild(StartImportComponent);

  constructor() {
    inject(PageMessages).add(importsMessages);
  }

  /** Clears the notice of a started run. */
  protected lookAtEnd(): void {
    this.start()?.forget();
    this.store.lookAtNewest();
  }

  protected choose(event: Event): void {
    this.store.choose((event.target as HTMLSelectElement).value);
  }
}
