import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';

/** The head of a page: the way back to the start, and what the page is. */
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
  /** In words, translated. */
  readonly heading = input.required<string>();
}
