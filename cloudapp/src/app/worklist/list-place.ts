import { Injectable, signal } from '@angular/core';
import type { RequestSummary } from '../../domain/api/work-list';
import type { Action } from '../../domain/ill/commands';

/** `action`: the action that the panel begins with. */
type Opened = Pick<RequestSummary, 'side' | 'id'> & { readonly action?: Action };

/** Stores the opened request, and the scroll position that the list had when the panel replaced it. */
@Injectable({ providedIn: 'root' })
export class ListPlace {
  readonly opened = signal<Opened | undefined>(undefined);
  /** True when the filters are unfolded. */
  readonly isUnfolded = signal(false);
  private scrolled: number | undefined;

  /** Call when the panel replaces the list. */
  leave(opened: Opened, scrollTop: number): void {
    this.opened.set(opened);
    this.scrolled = scrollTop;
  }

  /** Returns the scroll position to restore, and forgets it. */
  takeBack(): number | undefined {
    const scrolled = this.scrolled;
    this.scrolled = undefined;
    return scrolled;
  }
}
