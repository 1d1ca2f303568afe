import { DOCUMENT } from '@angular/common';
import { inject, Injectable } from '@angular/core';
import { Observable } from 'rxjs';

/** Milliseconds within which a browser starts printing, if it is allowed to. */
const PATIENCE = 500;

/**
 * Prints this frame's document. Alma's frame must allow it (manifest: contentSecurity.sandbox.modals); otherwise the
 * browser ignores the call without an error.
 */
@Injectable({ providedIn: 'root' })
export class PrinterService {
  private readonly window = inject(DOCUMENT).defaultView;

  /** Emits whether the browser started printing. */
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
