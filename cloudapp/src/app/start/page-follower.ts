import { Injectable } from '@angular/core';

/** Remembers which record was opened by itself, so that "back" does not open it again. */
@Injectable({ providedIn: 'root' })
export class PageFollower {
  private last: string | undefined;

  /** Whether this record may be opened by itself now; true once for each. */
  mayOpen(key: string): boolean {
    if (this.last === key) return false;
    this.last = key;
    return true;
  }
}
