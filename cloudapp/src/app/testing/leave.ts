import { firstValueFrom, isObservable } from 'rxjs';
import type { Leavable } from '../core/leave-page.guard';

/** Tries to leave the page; true: it may be left. The browser tells in its own time that a dialog was closed. */
export async function leave(page: Leavable): Promise<boolean> {
  const may = page.mayLeave();
  return isObservable(may) ? firstValueFrom(may) : may;
}
