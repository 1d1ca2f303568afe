import { Injectable, signal } from '@angular/core';

/** Remembers what the user saw of the Alma page's records, so that "back" returns to it. */
@Injectable({ providedIn: 'root' })
export class PageFollower {
  /** True when the user has unfolded the records. */
  readonly isUnfolded = signal(false);
  private last: string | undefined;

  /** Returns true once for a record, until another record is opened: "back" does not open it again. */
  mayOpen(key: string): boolean {
    if (this.last === key) return false;
    this.last = key;
    return true;
  }
}
