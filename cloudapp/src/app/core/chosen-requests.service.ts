import { Injectable, signal } from '@angular/core';
import type { RequestSummary } from '../../domain/api-list';

/** The rows that were chosen in the work list, for the batch and for printing; all of one side. In memory only. */
@Injectable({ providedIn: 'root' })
export class ChosenRequestsService {
  readonly chosen = signal<readonly RequestSummary[]>([]);

  has(row: Pick<RequestSummary, 'id' | 'side'>): boolean {
    return this.chosen().some(({ id, side }) => id === row.id && side === row.side);
  }

  /** Rows of the other side are left out: what is done with them is something else. */
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
