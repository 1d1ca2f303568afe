import { DatePipe } from '@angular/common';
import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { TranslatePipe, TranslateService } from '@ngx-translate/core';
import { combineLatest, map, of, startWith, switchMap } from 'rxjs';
import { AlmaStatusesService } from '../alma/alma-statuses.service';
import type { AlmaRecordView, RequestView } from '../../domain/api/requests';

const NO_NAMES: ReadonlyMap<string, string> = new Map();

/**
 * What the import could not pass on to Alma: the status, values that Alma lacks, and creations with unknown outcome.
 */
@Component({
  selector: 'app-alma-record',
  standalone: true,
  imports: [DatePipe, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (record().isUnknown && !request().almaRequest) {
      <div class="note warn" role="alert" data-testid="alma-unknown">
        <p>
          <strong>⚠ {{ 'almaRecord.unknown' | translate }}</strong>
        </p>
        <p>{{ 'almaRecord.unknownWay' | translate: { id: request().id } }}</p>
      </div>
    }
    @if (wanted(); as status) {
      <p class="muted" data-testid="alma-wanted">ⓘ {{ 'almaRecord.wanted' | translate: { status } }}</p>
    }
    @if (record().kept.length > 0) {
      <details data-testid="alma-kept">
        <summary>{{ 'almaRecord.kept' | translate: { count: record().kept.length } }}</summary>
        <p class="muted">{{ 'almaRecord.keptWhy' | translate }}</p>
        <dl class="pairs">
          @for (line of kept(); track line.field) {
            <dt>{{ line.label }}</dt>
            <dd>{{ line.value }}</dd>
          }
        </dl>
        @if (record().seenAt; as at) {
          <p class="muted">{{ 'almaRecord.seen' | translate: { at: at | date: 'yyyy-MM-dd HH:mm' } }}</p>
        }
      </details>
    }
  `,
  styles: `
    dl {
      display: grid;
      grid-template-columns: minmax(6rem, auto) minmax(0, 1fr);
      gap: 0.25rem 0.75rem;
      margin: 0.25rem 0;
    }
  `,
  host: { class: 'stack gap-s' },
})
export class AlmaRecordComponent {
  readonly request = input.required<RequestView>();
  readonly record = input.required<AlmaRecordView>();
  /** Code of Alma's current status; when absent, because Alma was not read, the one seen by the import counts. */
  readonly now = input<string>();
  private readonly statuses = inject(AlmaStatusesService);
  private readonly translate = inject(TranslateService);
  private readonly language$ = this.translate.onLangChange.pipe(
    map(({ lang }) => lang),
    startWith(this.translate.currentLang),
  );
  private readonly language = toSignal(this.language$);
  /** The wanted status; undefined when Alma already shows it. */
  private readonly wantedCode = computed(() => {
    const { wantedStatus, status } = this.record();
    return wantedStatus === (this.now() ?? status?.code) ? undefined : wantedStatus;
  });
  /** Reads the names only when there is a status to show. */
  private readonly names = toSignal(
    combineLatest([toObservable(this.request), toObservable(this.wantedCode), this.language$]).pipe(
      switchMap(([{ side }, code, language]) =>
        code === undefined ? of(NO_NAMES) : this.statuses.names(side, language),
      ),
    ),
    { initialValue: NO_NAMES },
  );
  protected readonly wanted = computed(() => {
    const code = this.wantedCode();
    return code === undefined ? undefined : (this.names().get(code) ?? code);
  });
  protected readonly kept = computed(() => {
    this.language();
    return this.record().kept.map((line) => ({ ...line, label: this.labelOf(line.field) }));
  });

  /** Label of an Alma key; the key itself when it has none. */
  private labelOf(field: string): string {
    const key = `almaRecord.field.${field}`;
    const words = this.translate.instant(key) as string;
    return words === key ? field : words;
  }
}
