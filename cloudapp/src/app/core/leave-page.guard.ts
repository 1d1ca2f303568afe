import type { CanDeactivateFn } from '@angular/router';
import type { Observable } from 'rxjs';

/** A page that may want to be asked before it is left. */
export interface Leavable {
  mayLeave(): Observable<boolean> | boolean;
}

/** Asks the page whether it may be left now. */
export const leavePage: CanDeactivateFn<Leavable> = (page) => page.mayLeave();
