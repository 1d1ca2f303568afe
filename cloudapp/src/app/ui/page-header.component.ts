import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';

/** Page header with a link to the start and the page's heading. */
@Component({
  selector: 'app-page-header',
  standalone: true,
  imports: [RouterLink, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <header class="row">
      <a class="link" routerLink="/">← {{ 'create.toStart' | translate }}</a>
      <h1>{{ heading() }}</h1>
      <ng-content />
    </header>
  `,
})
export class PageHeaderComponent {
  /** Translated text. */
  readonly heading = input.required<string>();
}
