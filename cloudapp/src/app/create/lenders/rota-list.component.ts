import { CdkDrag, CdkDragHandle, CdkDropList, type CdkDragDrop } from '@angular/cdk/drag-drop';
import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import type { FieldError } from '../../../domain/errors';
import { byteLength, LENDER_PARTS } from '../../../domain/ill/fields';
import { valueOf } from '../../core/remote';
import { SessionService } from '../../core/session.service';
import { FieldErrorComponent } from '../../ui/field-error.component';
import { FieldFrameComponent } from '../../ui/field-frame.component';
import { CandidateChipsComponent } from './candidate-chips.component';
import { HoldingsStore } from './holdings.store';
import type { Pick } from '../../../domain/ill/rota';
import { OrderFormStore } from '../form/order-form.store';
import { EDITABLE_PARTS, RotaStore, type EditablePart } from './rota.store';

/** i18n keys. */
const LABELS: Readonly<Record<EditablePart, string>> = {
  volume: 'catalog.volume',
  location: 'holdings.location',
  callNumber: 'holdings.callNumber',
  registrationNumber: 'holdings.registrationNumber',
};

/** The lenders in asking order, rearranged by dragging or by buttons. */
@Component({
  selector: 'app-rota-list',
  standalone: true,
  imports: [
    CandidateChipsComponent,
    CdkDrag,
    CdkDragHandle,
    CdkDropList,
    FieldErrorComponent,
    FieldFrameComponent,
    TranslatePipe,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './rota-list.component.html',
  styleUrl: './rota-list.component.scss',
})
export class RotaListComponent {
  protected readonly rota = inject(RotaStore);
  protected readonly holdings = inject(HoldingsStore);
  private readonly form = inject(OrderFormStore);
  /** Announced to screen readers after each change. */
  protected readonly said = signal<{ readonly key: string; readonly name: string; readonly place: number } | undefined>(
    undefined,
  );

  protected readonly parts = EDITABLE_PARTS;
  protected readonly labels = LABELS;
  protected readonly limits = LENDER_PARTS;
  protected readonly bytesOf = (text = ''): number => byteLength(text);
  private readonly session = inject(SessionService);
  protected readonly hasWireNames = computed(() => valueOf(this.session.session())?.user.catpNames === true);
  private readonly opened = signal<ReadonlySet<string>>(new Set());

  protected readonly entries = computed(() => {
    const rows = new Map(this.holdings.all().map((row) => [row.holding.memberId, row]));
    return this.rota.picks().map((pick) => ({
      ...pick,
      id: pick.lender.memberId,
      name: pick.lender.memberName ?? pick.lender.memberId,
      row: rows.get(pick.lender.memberId) ?? (pick.member && this.holdings.rowFor(pick.member)),
      isHolder: rows.has(pick.lender.memberId) || this.holdings.page().state !== 'ok',
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

  /** Also open while something in it is wrong. */
  protected isOpen(memberId: string): boolean {
    const at = this.rota.picks().findIndex(({ lender }) => lender.memberId === memberId);
    return this.opened().has(memberId) || EDITABLE_PARTS.some((part) => this.faultsOf(at, part).length > 0);
  }

  protected toggle(memberId: string): void {
    this.opened.update((opened) => {
      const others = [...opened].filter((each) => each !== memberId);
      return new Set(opened.has(memberId) ? others : [...others, memberId]);
    });
  }

  protected edit(memberId: string, part: EditablePart, event: Event): void {
    this.rota.edit(memberId, part, (event.target as HTMLInputElement).value);
  }

  protected faultsOf(at: number, part: EditablePart): readonly FieldError[] {
    return this.form.shownErrors().filter(({ field }) => field === `lenders[${String(at)}].${part}`);
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
