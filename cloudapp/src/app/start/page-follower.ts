import { Injectable } from '@angular/core';

/** Remembers the automatically opened record, so that "back" does not open it again. */
@Injectable({ providedIn: 'root' })
export class PageFollower {
  private last: string | undefined;

  /** Returns true once for a record, until another record is opened. */
  mayOpen(key: string): boolean {
    if (this.last === key) return false;
    this.last = key;
    return true;
  }
}
