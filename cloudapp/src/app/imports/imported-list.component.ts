import { ChangeDetectionStrategy, Component, computed, effect, inject, input, signal, untracked } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { RouterLink } from '@angular/router';
import { TranslatePipe, TranslateService } from '@ngx-translate/core';
import { forkJoin, map, startWith, switchMap } from 'rxjs';
import type { Change, ImportRun } from '../../domain/api/imports';
import { OUTCOMES, type Outcome } from '../../domain/imports/import';
import { changeLabel, fieldLabel, writerLabel } from '../../domain/imports/import-labels';
import type { Side } from '../../domain/ill/kinds';
import { AlmaStatusesService } from '../alma/alma-statuses.service';
import { ErrorMessageComponent } from '../ui/error-message.component';
import { ImportedListStore } from './imported-list.store';
import { PageTurnerComponent } from './page-turner.component';

/** The requests of a run with their outcomes, optionally filtered by outcome. */
@Component({
  selector: 'app-imported-list',
  standalone: true,
  imports: [ErrorMessageComponent, PageTurnerComponent, RouterLink, TranslatePipe],
  providers: [ImportedListStore],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './imported-list.component.html',
  styles: '.changes { margin-top: 0.125rem; }',
  host: { class: 'stack gap-m' },
})
export class ImportedListComponent {
  readonly run = input.required<ImportRun>();
  private readonly statuses = inject(AlmaStatusesService);
  private readonly translate = inject(TranslateService);
  /** Alma's status names; the code is shown when they cannot be read. */
  private readonly names = toSignal(
    this.translate.onLangChange.pipe(
      map(({ lang }) => lang),
      startWith(this.translate.currentLang),
      switchMap((lang) =>
        forkJoin({ borrower: this.statuses.names('borrower', lang), lender: this.statuses.names('lender', lang) }),
      ),
    ),
  );
  protected readonly list = inject(ImportedListStore);
  protected readonly outcome = signal<Outcome | undefined>(undefined);
  private readonly runId = computed(() => this.run().runId);
  private readonly processed = computed(() => this.run().totals.processed);
  protected readonly area = computed(() => (this.run().dryRun ? 'imports.would.' : 'imports.did.'));
  protected readonly filters = computed(() => {
    const { created, statusChanged, updated, unchanged, failed } = this.run().totals;
    const counts = { created, 'status-changed': statusChanged, updated, unchanged, failed } as const;
    return OUTCOMES.map((outcome) => ({ outcome, count: counts[outcome] }));
  });
  protected readonly items = computed(() =>
    this.list.items().map((item) => ({
      ...item,
      lines: item.changes.map((change) => this.lineOf(change, item.side)),
    })),
  );

  constructor() {
    effect(
      () => {
        const [runId, outcome] = [this.runId(), this.outcome()];
        untracked(() => this.list.show(runId, { ...(outcome !== undefined && { outcome }) }));
      },
      { allowSignalWrites: true },
    );
    effect(() => {
      this.processed();
      untracked(() => this.list.readAgain());
    });
  }

  private lineOf(change: Change, side: Side) {
    const { what, field = '', from = '', to = '' } = change;
    return {
      label: changeLabel(change, this.run().dryRun),
      field: fieldLabel(field) ?? field,
      from,
      writer: writerLabel(change) ?? '',
      to: what === 'alma-status' ? (this.names()?.[side].get(to) ?? to) : to,
    };
  }

  protected toggle(outcome: Outcome): void {
    this.outcome.update((chosen) => (chosen === outcome ? undefined : outcome));
  }
}
