import { computed, inject, Injectable } from '@angular/core';
import type { Holding } from '../../domain/catalog';
import { MAX_LENDERS } from '../../domain/fields';
import { proposedLenders } from '../../domain/lender-proposal';
import type { Lender } from '../../domain/request';
import { moved, pickFor, pickOf, rotaErrors, type HoldingRow, type Pick } from './lender-choice';
import { OrderFormStore } from './order-form.store';

/**
 * The candidate lenders in the order in which they are asked, at most five. Until the librarian changes them they follow the
 * proposal; from then on they are the librarian's.
 */
@Injectable()
export class RotaStore {
  private readonly form = inject(OrderFormStore);
  readonly picks = this.form.picks;
  /** Whether the librarian has changed the proposal. */
  readonly isOwn = this.form.isRotaOwn;
  readonly isFull = computed(() => this.picks().length >= MAX_LENDERS);
  readonly ids = computed<ReadonlySet<string>>(() => new Set(this.picks().map(({ lender }) => lender.memberId)));
  readonly errors = computed(() => rotaErrors(this.picks(), this.form.kind()));

  /** Nothing happens when it is in already, cannot serve, or five are in. */
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

  /** Another volume of the same holding. */
  chooseVolume(memberId: string, volumeAt: number): void {
    this.change((picks) =>
      picks.map((pick) => {
        if (pick.lender.memberId !== memberId || pick.holding === undefined) return pick;
        return pickOf({ holding: pick.holding, name: pick.lender.memberName ?? memberId }, volumeAt);
      }),
    );
  }

  /** What the holdings propose, unless the librarian has chosen. */
  follow(rows: readonly HoldingRow[]): void {
    if (this.isOwn()) this.know(rows);
    // The same proposal is no change: what the gateway said of it stays.
    else this.picks.update((picks) => kept(picks, this.proposal(rows)));
  }

  /** Back to the proposal. */
  propose(rows: readonly HoldingRow[]): void {
    this.isOwn.set(false);
    this.picks.set(this.proposal(rows));
  }

  private proposal(rows: readonly HoldingRow[]): readonly Pick[] {
    const wanted = this.form.values();
    return proposedLenders(rows).map((row) => pickFor(row, wanted));
  }

  /** After a reload the rota has names and numbers only; the holdings tell the rest. */
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

/** A library may have several: the one at the same location, else the first. */
function holdingOf({ memberId, location }: Lender, rows: readonly HoldingRow[]): Holding | undefined {
  const own = rows.filter(({ holding }) => holding.memberId === memberId);
  return (own.find(({ holding }) => (holding.location ?? '') === (location ?? '')) ?? own[0])?.holding;
}

/** The older list where both say the same. */
function kept(older: readonly Pick[], newer: readonly Pick[]): readonly Pick[] {
  const isSame =
    older.length === newer.length &&
    older.every(
      ({ lender, holding }, at) =>
        holding === newer[at]?.holding && JSON.stringify(lender) === JSON.stringify(newer[at]?.lender),
    );
  return isSame ? older : newer;
}
