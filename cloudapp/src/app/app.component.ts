import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { RouterOutlet } from '@angular/router';
import { AppearanceService } from './core/appearance.service';

@Component({
  selector: 'app-root',
  standalone: true,
  imports: [RouterOutlet],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: '<main><router-outlet /></main>',
  styles: `
    main {
      margin: 0 auto;
      padding: 0.5rem 0.75rem 1rem;
    }
    /* Else the empty line before the page would be a sheet of its own. */
    @media print {
      router-outlet {
        display: none;
      }
      main {
        padding: 0;
      }
    }
  `,
})
export class AppComponent {
  constructor() {
    inject(AppearanceService).start();
  }
}
