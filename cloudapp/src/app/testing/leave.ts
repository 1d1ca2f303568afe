import { firstValueFrom, isObservable } from 'rxjs';
import type { Leavable } from '../core/leave-page.guard';

/**
 * Tries to leave the page; returns true when the page allows it. Async, because the browser reports a closed dialog
 * later.
 */
export async function leave(page: Leavable): Promise<boolean> {
  const may = page.mayLeave();
  return isObservable(may) ? firstValueFrom(may) : may;
}
