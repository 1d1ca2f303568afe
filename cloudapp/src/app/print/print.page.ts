import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { takeUntilDestroyed, toObservable, toSignal } from '@angular/core/rxjs-interop';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';
import { BehaviorSubject, combineLatest, exhaustMap, map, Subject, switchMap } from 'rxjs';
import printMessages from '../../i18n/print.json';
import type { Side } from '../../domain/ill/kinds';
import { ChosenRequestsService } from '../core/chosen-requests.service';
import { SessionService } from '../core/session.service';
import { PageMessages } from '../core/page-messages';
import { errorOf } from '../core/remote';
import { ErrorMessageComponent } from '../ui/error-message.component';
import { PageHeaderComponent } from '../ui/page-header.component';
import { FitWidthDirective } from './fit-width.directive';
import { LABEL_FORMATS, LABEL_SHEETS, labelsOf, type LabelFormat } from './label-format';
import { PatronNoticeComponent } from './patron-notice.component';
import { PrintSheetsComponent, type PerSheet } from './print-sheets.component';
import { PrinterService } from './printer.service';
import { byShelf } from './slip-content';
import { slipOf, SLIPS, type Slip } from './slip-kind';
import { MAX_SLIPS, SlipsStore, type Wanted } from './slips.store';

const A4_WIDTH = 210;
/** Slips per sheet, default first. A slip with charges fills a sheet. */
const PER_SHEET: Readonly<Record<Slip, readonly PerSheet[]>> = {
  pull: [2, 4, 1],
  shipping: [1],
  return: [2, 1],
  label: [1],
  pickup: [2, 1],
};

/**
 * Preview of slips and labels for the requests in the URL or those selected in the work list; the browser prints them.
 */
@Component({
  standalone: true,
  imports: [
    ErrorMessageComponent,
    FitWidthDirective,
    MatButton,
    PatronNoticeComponent,
    PageHeaderComponent,
    PrintSheetsComponent,
    RouterLink,
    TranslatePipe,
  ],
  providers: [SlipsStore],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './print.page.html',
  styleUrl: './print.page.scss',
  host: { class: 'stack' },
})
export class PrintPage {
  /** The slip to print; any value that is not a Slip means the pull slip. */
  readonly slip = input('');
  /** Query parameters: side, and ids joined by commas. Without ids: the rows selected in the work list. */
  readonly side = input<string>();
  readonly ids = input<string>();

  private readonly chosen = inject(ChosenRequestsService).chosen;
  private readonly store = inject(SlipsStore);
  private readonly printer = inject(PrinterService);
  private readonly session = inject(SessionService);
  protected readonly slips = SLIPS;
  protected readonly formats = LABEL_FORMATS;
  protected readonly max = MAX_SLIPS;

  protected readonly kind = computed<Slip>(() => slipOf(this.slip()) ?? 'pull');
  private readonly given = computed<readonly string[]>(() => {
    const ids = (this.ids() ?? '').split(',').map((id) => id.trim());
    const named = ids.filter((id) => id !== '');
    return [...new Set(named.length > 0 ? named : this.chosen().map(({ id }) => id))];
  });
  protected readonly leftOut = computed(() => Math.max(0, this.given().length - MAX_SLIPS));
  private readonly wanted = computed<Wanted>(() => ({
    slip: this.kind(),
    side: this.sideOfSlips(),
    ids: this.given().slice(0, MAX_SLIPS),
  }));
  /** Query parameters for another slip of the same requests. */
  protected readonly query = computed(() => ({ side: this.sideOfSlips(), ids: this.ids() }));

  private readonly again$ = new BehaviorSubject<void>(undefined);
  /** Waits until user and library are loaded. */
  protected readonly loaded = toSignal(
    combineLatest([toObservable(this.wanted), this.session.ready$, this.again$]).pipe(
      switchMap(([wanted]) => this.store.load(wanted)),
    ),
  );
  protected readonly sessionError = computed(() => errorOf(this.session.session()));
  protected readonly isEmpty = computed(() => this.given().length === 0);
  protected readonly isReading = computed(() => {
    const loaded = this.loaded();
    if (this.isEmpty() || this.sessionError() !== undefined) return false;
    return loaded === undefined || loaded.done < loaded.total;
  });
  protected readonly progress = computed(() => ({ done: this.loaded()?.done ?? 0, total: this.wanted().ids.length }));
  protected readonly left = computed(() =>
    (this.loaded()?.left ?? []).map((left) => ({
      id: left.id,
      reason: 'error' in left ? `error.${left.error.code}.title` : `print.unfit.${left.unfit}`,
    })),
  );
  protected readonly contents = computed(() => {
    const loaded = this.loaded();
    // Shows the sheets only when complete, so that they do not move while being viewed.
    if (loaded === undefined || loaded.done < loaded.total) return [];
    return this.kind() === 'pull' ? [...loaded.contents].sort(byShelf) : loaded.contents;
  });

  /** With the pick-up slip, the requests whose patrons get a notice. */
  protected readonly told = computed(() =>
    this.kind() === 'pickup' ? this.contents().map(({ request }) => request) : [],
  );

  protected readonly format = signal<LabelFormat>('a4-12');
  private readonly wantedStart = signal(1);
  protected readonly places = computed(() => labelsOf(this.format()));
  protected readonly start = computed(() => Math.min(this.wantedStart(), this.places()));
  private readonly wantedPerSheet = signal<PerSheet | undefined>(undefined);
  protected readonly perSheetChoices = computed(() => PER_SHEET[this.kind()]);
  protected readonly perSheet = computed<PerSheet>(() => {
    const choices = this.perSheetChoices();
    return choices.find((count) => count === this.wantedPerSheet()) ?? choices[0] ?? 1;
  });
  /** Width in mm. */
  protected readonly paperWidth = computed(() =>
    this.kind() === 'label' && this.format() === 'single' ? LABEL_SHEETS.single.width : A4_WIDTH,
  );

  private readonly prints$ = new Subject<void>();
  /** True when the browser did not start printing; the page then explains how to print from its menu. */
  protected readonly isRefused = toSignal(
    this.prints$.pipe(
      exhaustMap(() => this.printer.print()),
      map((began) => !began),
      takeUntilDestroyed(),
    ),
    { initialValue: false },
  );

  constructor() {
    inject(PageMessages).add(printMessages);
  }

  protected print(): void {
    this.prints$.next();
  }

  protected again(): void {
    this.again$.next();
  }

  protected chooseFormat(event: Event): void {
    const { value } = event.target as HTMLSelectElement;
    this.format.set(LABEL_FORMATS.find((format) => format === value) ?? 'a4-12');
  }

  protected choosePerSheet(event: Event): void {
    const count = Number((event.target as HTMLSelectElement).value);
    this.wantedPerSheet.set(this.perSheetChoices().find((each) => each === count));
  }

  protected startAt(event: Event): void {
    const place = Math.trunc(Number((event.target as HTMLInputElement).value));
    this.wantedStart.set(place >= 1 ? place : 1);
  }

  /** The side from the URL, from the selected rows, or the usual side of this slip. */
  private sideOfSlips(): Side {
    const side = this.side();
    if (side === 'borrower' || side === 'lender') return side;
    return this.chosen()[0]?.side ?? (['return', 'pickup'].includes(this.kind()) ? 'borrower' : 'lender');
  }
}
