import { ChangeDetectionStrategy, Component } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { PageHeaderComponent } from '../ui/page-header.component';

/** What the app does and what the words mean, in the order in which a librarian meets it. */
const TOPICS = ['record', 'lenders', 'form', 'warnings', 'order', 'unknown', 'drafts', 'settings'] as const;

@Component({
  standalone: true,
  imports: [PageHeaderComponent, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <app-page-header [heading]="'help.title' | translate" />
    @for (topic of topics; track topic) {
      <section>
        <h2>{{ 'help.' + topic + '.title' | translate }}</h2>
        <p>{{ 'help.' + topic + '.text' | translate }}</p>
      </section>
    }
  `,
  styles: ':host { display: flex; flex-direction: column; gap: 0.75rem; max-width: 46rem; } p { line-height: 1.7; }',
})
export class HelpPage {
  protected readonly topics = TOPICS;
}
