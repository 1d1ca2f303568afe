import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { TranslatePipe, TranslateService } from '@ngx-translate/core';
import { combineLatest, map, of, startWith, switchMap } from 'rxjs';
import type { StatusMapRow } from '../../domain/api/imports';
import { KINDS, type Kind, type Side } from '../../domain/ill/kinds';
import { STATE_IDS, stateByWire, type StateId } from '../../domain/ill/states';
import { AlmaStatusesService } from '../alma/alma-statuses.service';
import { remoteQuery } from '../core/remote';
import { ImportClient } from '../imports/import.client';
import { ErrorMessageComponent } from '../ui/error-message.component';
import { SideTabsComponent } from '../ui/side-tabs.component';

/** A row of the table; identical entries for copies and loans share one row. */
interface StatusRow extends Omit<StatusMapRow, 'kind' | 'side'> {
  readonly kinds: readonly Kind[];
  /** Absent for a status unknown to the app. */
  readonly state?: StateId;
}

/** Table of Alma statuses per NACSIS-ILL status, how reliable each is, and what Alma's API accepts of it. */
@Component({
  selector: 'app-status-map',
  standalone: true,
  imports: [ErrorMessageComponent, SideTabsComponent, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './status-map.component.html',
  styleUrl: './status-map.component.scss',
  host: { class: 'stack gap-m' },
})
export class StatusMapComponent {
  private readonly imports = inject(ImportClient);
  private readonly statuses = inject(AlmaStatusesService);
  private readonly translate = inject(TranslateService);
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
}

/** The rows of one side in life-cycle order, unknown statuses last. */
export function statusRows(map: readonly StatusMapRow[], side: Side): readonly StatusRow[] {
  const lines = new Map<string, StatusRow>();
  for (const { side: of, kind, ...same } of map) {
    if (of !== side) continue;
    const key = JSON.stringify([same.nacsis, same.alma, same.source, same.applied]);
    const kinds = [...(lines.get(key)?.kinds ?? []), kind];
    const state = stateByWire(same.nacsis);
    lines.set(key, { ...same, kinds: KINDS.filter((each) => kinds.includes(each)), ...(state && { state }) });
  }
  return [...lines.values()].sort((a, b) => placeOf(a) - placeOf(b));
}

function placeOf({ state }: StatusRow): number {
  return state === undefined ? STATE_IDS.length : STATE_IDS.indexOf(state);
}
