import {
  ChangeDetectionStrategy,
  Component,
  computed,
  type ElementRef,
  inject,
  signal,
  viewChildren,
} from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { TranslatePipe, TranslateService } from '@ngx-translate/core';
import { combineLatest, map, of, startWith, switchMap } from 'rxjs';
import { KINDS, SIDES, type Side } from '../../domain/ill/kinds';
import { AlmaStatusesService } from '../alma/alma-statuses.service';
import { remoteQuery } from '../core/remote';
import { ImportClient } from '../imports/import.client';
import { ErrorMessageComponent } from '../ui/error-message.component';
import { TypedKeysDirective } from '../ui/typed-keys.directive';
import { statusRows } from './status-row';

/** Number of tabs that each key moves; Home and End reach the first and last. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowLeft: -1,
  Home: -SIDES.length,
  End: SIDES.length,
};

/** Table of Alma statuses per NACSIS-ILL status, how reliable each is, and what Alma's API accepts of it. */
@Component({
  selector: 'app-status-map',
  standalone: true,
  imports: [ErrorMessageComponent, TranslatePipe, TypedKeysDirective],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './status-map.component.html',
  styleUrl: './status-map.component.scss',
})
export class StatusMapComponent {
  private readonly imports = inject(ImportClient);
  private readonly statuses = inject(AlmaStatusesService);
  private readonly translate = inject(TranslateService);
  private readonly tabs = viewChildren<ElementRef<HTMLButtonElement>>('tab');
  protected readonly sides = SIDES;
  protected readonly side = signal<Side>('borrower');
  private readonly query = remoteQuery(of(true), () => this.imports.statusMap());
  private readonly language$ = this.translate.onLangChange.pipe(
    map(({ lang }) => lang),
    startWith(this.translate.currentLang),
  );
  /** Alma's status names by code; empty when they cannot be read. */
  protected readonly names = toSignal(
    combineLatest([toObservable(this.side), this.language$]).pipe(
      switchMap(([side, language]) => this.statuses.names(side, language)),
    ),
    { initialValue: new Map<string, string>() },
  );
  protected readonly error = this.query.error;
  protected readonly isLoading = this.query.isLoading;
  protected readonly rows = computed(() => statusRows(this.query.value() ?? [], this.side()));

  /** The kind of a row that applies to one kind only. */
  protected onlyOf(kinds: readonly string[]): string | undefined {
    return kinds.length < KINDS.length ? kinds[0] : undefined;
  }

  protected again(): void {
    this.query.reload();
  }

  protected move(event: KeyboardEvent): void {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const to = Math.min(Math.max(SIDES.indexOf(this.side()) + step, 0), SIDES.length - 1);
    const side = SIDES[to];
    if (side === undefined) return;
    this.side.set(side);
    this.tabs()[to]?.nativeElement.focus();
  }
}
