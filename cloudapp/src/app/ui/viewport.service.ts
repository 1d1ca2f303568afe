import { DOCUMENT } from '@angular/common';
import { inject, Injectable, signal } from '@angular/core';

/** As in the style sheets: from here on there is room for two columns and a table. */
const WIDE = '(min-width: 800px)';

/** Whether Alma gives the app its sidebar or the full screen. */
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
