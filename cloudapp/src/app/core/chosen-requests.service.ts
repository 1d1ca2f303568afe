import { Injectable, signal } from '@angular/core';
import type { RequestSummary } from '../../domain/api/work-list';

/** Rows selected in the work list for batches and printing; all of the same side. Kept in memory only. */
@Injectable({ providedIn: 'root' })
export class ChosenRequestsService {
  readonly chosen = signal<readonly RequestSummary[]>([]);

  has(row: Pick<RequestSummary, 'id' | 'side'>): boolean {
    return this.chosen().some(({ id, side }) => id === row.id && side === row.side);
  }

  /** Selects these rows. Keeps only rows of the last row's side, because the actions of the sides differ. */
  choose(rows: readonly RequestSummary[]): void {
    const side = rows.at(-1)?.side;
    this.chosen.set(rows.filter((row) => row.side === side));
  }

  toggle(row: RequestSummary): void {
    const rest = this.chosen().filter(({ id, side }) => id !== row.id || side !== row.side);
    this.choose(rest.length < this.chosen().length ? rest : [...rest, row]);
  }

  clear(): void {
    this.chosen.set([]);
  }
}
