import type { CanDeactivateFn } from '@angular/router';
import type { Observable } from 'rxjs';

/** A page that may prevent leaving. */
export interface Leavable {
  mayLeave(): Observable<boolean> | boolean;
}

/** Asks the page whether it may be left. */
export const leavePage: CanDeactivateFn<Leavable> = (page) => page.mayLeave();
