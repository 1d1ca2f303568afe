import { computed, inject, Injectable } from '@angular/core';
import type { Holding } from '../../../domain/catalog/catalog';
import { composed } from '../../../domain/catalog/printed-text';
import { MAX_LENDERS } from '../../../domain/ill/fields';
import { proposedLenders } from '../../../domain/ill/lender-proposal';
import type { Lender } from '../../../domain/ill/request';
import { pickFor, pickOf, type HoldingRow, type Pick } from '../../../domain/ill/rota';
import { moved, rotaErrors } from './lender-choice';
import { OrderFormStore } from '../form/order-form.store';

/** The parts of a candidate that the librarian may change. */
export const EDITABLE_PARTS = ['volume', 'location', 'callNumber', 'registrationNumber'] as const;
export type EditablePart = (typeof EDITABLE_PARTS)[number];

/** The candidate lenders in asking order, at most five. They follow the proposal until the librarian changes them. */
@Injectable()
export class RotaStore {
  private readonly form = inject(OrderFormStore);
  readonly picks = this.form.picks;
  /** True when the librarian has changed the proposal. */
  readonly isOwn = this.form.isRotaOwn;
  readonly isFull = computed(() => this.picks().length >= MAX_LENDERS);
  readonly ids = computed<ReadonlySet<string>>(() => new Set(this.picks().map(({ lender }) => lender.memberId)));
  readonly errors = computed(() => rotaErrors(this.picks(), this.form.kind()));

  /** Adds the library; ignored when it is already in the rota, cannot serve, or the rota is full. */
  add(row: HoldingRow, volumeAt?: number): void {
    if (this.isFull() || row.refusal !== undefined || this.ids().has(row.holding.memberId)) return;
    const pick = volumeAt === undefined ? pickFor(row, this.form.values()) : pickOf(row, volumeAt);
    this.change((picks) => [...picks, pick]);
  }

  remove(memberId: string): void {
    this.change((picks) => picks.filter(({ lender }) => lender.memberId !== memberId));
  }

  move(from: number, to: number): void {
    this.change((picks) => moved(picks, from, to));
  }

  clear(): void {
    this.change(() => []);
  }

  /** Selects another volume of the same holding. */
  chooseVolume(memberId: string, volumeAt: number): void {
    this.change((picks) =>
      picks.map((pick) => {
        if (pick.lender.memberId !== memberId || pick.holding === undefined) return pick;
        return pickOf({ holding: pick.holding, name: pick.lender.memberName ?? memberId }, volumeAt);
      }),
    );
  }

  /** Sets what is asked of the library; '' sends nothing. */
  edit(memberId: string, part: EditablePart, value: string): void {
    this.change((picks) =>
      picks.map((pick) => {
        if (pick.lender.memberId !== memberId) return pick;
        const { [part]: _before, ...others } = pick.lender;
        const text = composed(value);
        return { ...pick, lender: { ...others, memberId, ...(text !== '' && { [part]: text }) } };
      }),
    );
  }

  /** Applies the proposal from the holdings, unless the librarian has changed the rota. */
  follow(rows: readonly HoldingRow[]): void {
    if (this.isOwn()) this.know(rows);
    // An equal proposal is not a change, so the gateway's faults stay.
    else this.picks.update((picks) => kept(picks, this.proposal(rows)));
  }

  /** Returns to the proposal. */
  propose(rows: readonly HoldingRow[]): void {
    this.isOwn.set(false);
    this.picks.set(this.proposal(rows));
  }

  private proposal(rows: readonly HoldingRow[]): readonly Pick[] {
    const wanted = this.form.values();
    return proposedLenders(rows).map((row) => pickFor(row, wanted));
  }

  /** Completes the rota from the holdings, because after a reload the rota has names and ids only. */
  private know(rows: readonly HoldingRow[]): void {
    const unknown = this.picks().some(({ holding }) => holding === undefined);
    if (!unknown) return;
    this.picks.update((picks) =>
      picks.map((pick) => {
        const holding = pick.holding ?? holdingOf(pick.lender, rows);
        return holding === undefined ? pick : { ...pick, holding, ...(holding.member && { member: holding.member }) };
      }),
    );
  }

  private change(change: (picks: readonly Pick[]) => readonly Pick[]): void {
    this.isOwn.set(true);
    this.picks.update(change);
  }
}

/** The library's holding at the same location, otherwise its first one. */
function holdingOf({ memberId, location }: Lender, rows: readonly HoldingRow[]): Holding | undefined {
  const own = rows.filter(({ holding }) => holding.memberId === memberId);
  return (own.find(({ holding }) => (holding.location ?? '') === (location ?? '')) ?? own[0])?.holding;
}

/** Returns the older list when both are equal. */
function kept(older: readonly Pick[], newer: readonly Pick[]): readonly Pick[] {
  const isSame =
    older.length === newer.length &&
    older.every(
      ({ lender, holding }, at) =>
        holding === newer[at]?.holding && JSON.stringify(lender) === JSON.stringify(newer[at]?.lender),
    );
  return isSame ? older : newer;
}
