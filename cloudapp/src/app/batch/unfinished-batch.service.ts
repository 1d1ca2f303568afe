import { DOCUMENT } from '@angular/common';
import { effect, inject, Injectable, InjectionToken, signal } from '@angular/core';
import { ACTIONS, type Action } from '../../domain/ill/commands';
import { SIDES, type Side } from '../../domain/ill/kinds';
import { MAX_ROWS } from './batch-row';
import { BatchRunStore } from './batch-run.store';

/** The tab's storage; undefined when the frame has no access to it. */
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

/** A batch interrupted by a reload: the requests not known to be done. */
export interface UnfinishedBatch {
  readonly side: Side;
  readonly action: Action;
  readonly ids: readonly string[];
}

const KEY = 'nacsis-ill.batch';

/**
 * Stores the unfinished rows of a batch in case the tab is reloaded: ids, side and action only. The typed params may
 * contain patron data, so they stay in memory and must be typed again. The key belongs to the params and stays in
 * memory, too.
 */
@Injectable({ providedIn: 'root' })
export class UnfinishedBatchService {
  private readonly storage = inject(TAB_STORAGE);
  private readonly run = inject(BatchRunStore);
  /** The batch from before the reload, until it is resumed, dropped, or another batch starts. */
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
      // Storage full: the batch continues, but a reload would lose it.
    }
  }
}

/** Reads the stored batch; undefined when invalid, because anyone can write to browser storage. */
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
