import { DOCUMENT } from '@angular/common';
import { effect, inject, Injectable, InjectionToken, signal } from '@angular/core';
import { ACTIONS, type Action } from '../../domain/commands';
import { SIDES, type Side } from '../../domain/kinds';
import { MAX_ROWS } from './batch-row';
import { BatchRunStore } from './batch-run.store';

/** The storage of this tab; undefined where the frame may not have one. */
export const TAB_STORAGE = new InjectionToken<Storage | undefined>('storage of the unfinished batch', {
  providedIn: 'root',
  factory: () => {
    try {
      return inject(DOCUMENT).defaultView?.sessionStorage;
    } catch {
      return undefined;
    }
  },
});

/** What a reload has left of a batch: the requests that were not known to be done. */
export interface UnfinishedBatch {
  readonly side: Side;
  readonly action: Action;
  readonly ids: readonly string[];
}

const KEY = 'nacsis-ill.batch';

/**
 * Keeps which requests of a batch are not done, for the case that the tab is reloaded: ids, side and action only. What was typed may
 * speak of patrons and stays in memory, so that it is typed anew; so does the key, which belongs to what was typed.
 */
@Injectable({ providedIn: 'root' })
export class UnfinishedBatchService {
  private readonly storage = inject(TAB_STORAGE);
  private readonly run = inject(BatchRunStore);
  /** Of before the reload, until it is taken up, dropped, or another batch begins. */
  readonly found = signal(batchIn(this.storage?.getItem(KEY)));

  constructor() {
    effect(
      () => {
        if (this.run.phase() !== 'ready') this.follow();
        else if (this.found() === undefined) this.storage?.removeItem(KEY);
      },
      { allowSignalWrites: true },
    );
  }

  drop(): void {
    this.found.set(undefined);
  }

  private follow(): void {
    const ids = this.run.rows().flatMap(({ row, outcome }) => (outcome.state === 'done' ? [] : [row.id]));
    this.found.set(undefined);
    try {
      if (ids.length === 0) this.storage?.removeItem(KEY);
      else this.storage?.setItem(KEY, JSON.stringify({ ...this.run.what(), ids } satisfies UnfinishedBatch));
    } catch {
      // A full storage: the batch goes on, only a reload would forget it.
    }
  }
}

/** Anybody can write into the browser's storage: what is no such batch is passed over. */
function batchIn(text: string | null | undefined): UnfinishedBatch | undefined {
  try {
    const stored = JSON.parse(text ?? '') as Partial<Record<keyof UnfinishedBatch, unknown>> | null;
    const side = SIDES.find((each) => each === stored?.side);
    const action = ACTIONS.find((each) => each === stored?.action);
    const listed: readonly unknown[] = Array.isArray(stored?.ids) ? stored.ids : [];
    const ids = listed.filter((id): id is string => typeof id === 'string' && /^[A-Za-z0-9]{1,32}$/.test(id));
    if (side === undefined || action === undefined || ids.length === 0) return undefined;
    return { side, action, ids: ids.slice(0, MAX_ROWS) };
  } catch {
    return undefined;
  }
}
