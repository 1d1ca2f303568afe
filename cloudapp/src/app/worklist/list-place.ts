import { Injectable, signal } from '@angular/core';
import type { RequestSummary } from '../../domain/api-list';

type Opened = Pick<RequestSummary, 'side' | 'id'>;

/** Where the user is in the list: the request whose panel is open, and how far the page was scrolled when the panel took its place. */
@Injectable({ providedIn: 'root' })
export class ListPlace {
  readonly opened = signal<Opened | undefined>(undefined);
  /** In the sidebar the statuses that do not wait for this library are shown too. */
  readonly isUnfolded = signal(false);
  private scrolled: number | undefined;

  /** The panel takes the place of the list. */
  leave(opened: Opened, scrollTop: number): void {
    this.opened.set(opened);
    this.scrolled = scrollTop;
  }

  /** Where to scroll to when the list is back; once. */
  takeBack(): number | undefined {
    const scrolled = this.scrolled;
    this.scrolled = undefined;
    return scrolled;
  }
}
