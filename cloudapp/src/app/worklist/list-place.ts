import { Injectable, signal } from '@angular/core';
import type { RequestSummary } from '../../domain/api/work-list';

type Opened = Pick<RequestSummary, 'side' | 'id'>;

/** Stores the opened request, and the scroll position that the list had when the panel replaced it. */
@Injectable({ providedIn: 'root' })
export class ListPlace {
  readonly opened = signal<Opened | undefined>(undefined);
  /** True when the sidebar also shows statuses that do not wait for this library. */
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
