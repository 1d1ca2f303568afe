import type { CanDeactivateFn } from '@angular/router';
import type { Observable } from 'rxjs';

/** A page that may want to be asked before it is left. */
export interface Leavable {
  mayLeave(): Observable<boolean> | boolean;
}

/** While a batch runs, leaving it is asked for first. */
export const leaveBatch: CanDeactivateFn<Leavable> = (page) => page.mayLeave();
