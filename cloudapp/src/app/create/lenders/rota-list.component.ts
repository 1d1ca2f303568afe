import { CdkDrag, CdkDragHandle, CdkDropList, type CdkDragDrop } from '@angular/cdk/drag-drop';
import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { CandidateChipsComponent } from './candidate-chips.component';
import { HoldingsStore } from './holdings.store';
import type { Pick } from '../../../domain/ill/rota';
import { RotaStore } from './rota.store';

/** The lenders in asking order, rearranged by dragging or by buttons. */
@Component({
  selector: 'app-rota-list',
  standalone: true,
  imports: [CandidateChipsComponent, CdkDrag, CdkDragHandle, CdkDropList, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './rota-list.component.html',
  styleUrl: './rota-list.component.scss',
})
export class RotaListComponent {
  protected readonly rota = inject(RotaStore);
  protected readonly holdings = inject(HoldingsStore);
  /** Announced to screen readers after each change. */
  protected readonly said = signal<{ readonly key: string; readonly name: string; readonly place: number } | undefined>(
    undefined,
  );

  protected readonly entries = computed(() => {
    const rows = new Map(this.holdings.all().map((row) => [row.holding.memberId, row]));
    return this.rota.picks().map((pick) => ({
      ...pick,
      id: pick.lender.memberId,
      name: pick.lender.memberName ?? pick.lender.memberId,
      row: rows.get(pick.lender.memberId),
      volumeAt: volumeAt(pick),
    }));
  });

  protected drop({ previousIndex, currentIndex }: CdkDragDrop<unknown>): void {
    if (previousIndex !== currentIndex) this.move(previousIndex, currentIndex);
  }

  protected move(from: number, to: number): void {
    const entry = this.entries()[from];
    this.rota.move(from, to);
    if (entry !== undefined) this.said.set({ key: 'create.movedTo', name: entry.name, place: to + 1 });
  }

  protected remove({ id, name }: { readonly id: string; readonly name: string }): void {
    this.rota.remove(id);
    this.said.set({ key: 'create.removed', name, place: 0 });
  }

  protected chooseVolume(memberId: string, event: Event): void {
    this.rota.chooseVolume(memberId, Number((event.target as HTMLSelectElement).value));
  }
}

function volumeAt({ lender, holding }: Pick): number {
  return (
    holding?.volumes.findIndex(
      ({ volume, callNumber }) => volume === lender.volume && (callNumber ?? holding.callNumber) === lender.callNumber,
    ) ?? -1
  );
}
