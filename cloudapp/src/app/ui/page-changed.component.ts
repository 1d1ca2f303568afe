import { ChangeDetectionStrategy, Component, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';

/** Says that Alma's page shows another record by now, and asks whether to go there. Stays in view while the page scrolls. */
@Component({
  selector: 'app-page-changed',
  standalone: true,
  imports: [MatButton, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="note row" role="alert" data-testid="page-changed">
      <span><ng-content /></span>
      <button mat-stroked-button type="button" (click)="go.emit()">{{ 'create.goThere' | translate }}</button>
      <button mat-stroked-button type="button" (click)="stay.emit()">{{ 'create.stay' | translate }}</button>
    </div>
  `,
  styles: `
    :host {
      display: block;
      position: sticky;
      z-index: 2;
      top: 0;
    }
  `,
})
export class PageChangedComponent {
  readonly go = output();
  readonly stay = output();
}
