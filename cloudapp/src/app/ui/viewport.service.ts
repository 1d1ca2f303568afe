import { DOCUMENT } from '@angular/common';
import { inject, Injectable, signal } from '@angular/core';

/** Width from which two columns and a table fit; the same width as in the style sheets. */
const WIDE = '(min-width: 800px)';

/** Tells whether Alma shows the app in the sidebar or at full screen. */
@Injectable({ providedIn: 'root' })
export class ViewportService {
  readonly isWide = signal(false);

  constructor() {
    const query = inject(DOCUMENT).defaultView?.matchMedia(WIDE);
    this.isWide.set(query?.matches === true);
    query?.addEventListener('change', ({ matches }) => {
      this.isWide.set(matches);
    });
  }
}
