import { DOCUMENT } from '@angular/common';
import { inject, Injectable } from '@angular/core';
import { Observable } from 'rxjs';

/** Milliseconds until a browser has begun to print, if it lets us. */
const PATIENCE = 500;

/**
 * Prints the document of this frame. Alma's frame must allow it (manifest: contentSecurity.sandbox.modals); where it does not, the
 * browser ignores the call without an error.
 */
@Injectable({ providedIn: 'root' })
export class PrinterService {
  private readonly window = inject(DOCUMENT).defaultView;

  /** Whether the browser began to print. */
  print(): Observable<boolean> {
    return new Observable((subscriber) => {
      const view = this.window;
      const answer = (began: boolean): void => {
        subscriber.next(began);
        subscriber.complete();
      };
      const begun = (): void => {
        answer(true);
      };
      view?.addEventListener('beforeprint', begun);
      const waiting = setTimeout(() => {
        answer(false);
      }, PATIENCE);
      view?.print();
      return () => {
        clearTimeout(waiting);
        view?.removeEventListener('beforeprint', begun);
      };
    });
  }
}
