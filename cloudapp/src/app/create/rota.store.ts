import { computed, inject, Injectable } from '@angular/core';
import { MAX_LENDERS } from '../../domain/fields';
import { moved, pickOf, rotaErrors, type HoldingRow } from './lender-choice';
import { OrderFormStore } from './order-form.store';

/** The candidate lenders in the order in which they are asked, at most five. */
@Injectable()
export class RotaStore {
  private readonly form = inject(OrderFormStore);
  readonly picks = this.form.picks;
  readonly isFull = computed(() => this.picks().length >= MAX_LENDERS);
  readonly ids = computed<ReadonlySet<string>>(() => new Set(this.picks().map(({ lender }) => lender.memberId)));
  readonly errors = computed(() => rotaErrors(this.picks(), this.form.kind()));

  /** Nothing happens when it is in already, cannot serve, or five are in. */
  add(row: HoldingRow, volumeAt = 0): void {
    if (this.isFull() || row.reason !== undefined || this.ids().has(row.holding.memberId)) return;
    this.picks.update((picks) => [...picks, pickOf(row, volumeAt)]);
  }

  remove(memberId: string): void {
    this.picks.update((picks) => picks.filter(({ lender }) => lender.memberId !== memberId));
  }

  move(at: number, by: -1 | 1): void {
    this.picks.update((picks) => moved(picks, at, by));
  }
}
