import { afterNextRender, ChangeDetectionStrategy, Component, ElementRef, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';
import helpMessages from '../../i18n/help.json';
import { PageMessages } from '../core/page-messages';
import { PageHeaderComponent } from '../ui/page-header.component';

interface Topic {
  /** i18n keys `help.<name>.title` and `.text`. */
  readonly name: string;
  /** The page of the topic, when it can be opened without a request; `word`: i18n key. */
  readonly page?: { readonly path: string; readonly word: string };
}
interface TopicGroup {
  /** i18n key `help.group.<name>`. */
  readonly name: string;
  readonly topics: readonly Topic[];
}

/** Help topics on functions and terms, in the order in which a librarian meets them. */
const GROUPS: readonly TopicGroup[] = [
  {
    name: 'list',
    topics: [
      { name: 'list', page: { path: '/', word: 'workList.title' } },
      { name: 'keys' },
      { name: 'batch', page: { path: '/batch', word: 'batch.title' } },
      { name: 'print' },
    ],
  },
  {
    name: 'request',
    topics: [
      { name: 'panel' },
      { name: 'actions' },
      { name: 'undo' },
      { name: 'ship', page: { path: '/settings/tariffs', word: 'settings.tariffs' } },
      { name: 'link' },
    ],
  },
  {
    name: 'create',
    topics: [
      { name: 'record', page: { path: '/create/new', word: 'start.newSearch' } },
      { name: 'lenders' },
      { name: 'form' },
      { name: 'warnings' },
      { name: 'order' },
      { name: 'unknown' },
      { name: 'drafts', page: { path: '/drafts', word: 'drafts.title' } },
    ],
  },
  {
    name: 'import',
    topics: [
      { name: 'import', page: { path: '/imports', word: 'start.imports' } },
      { name: 'schedule' },
      { name: 'report' },
      { name: 'failures' },
    ],
  },
  {
    name: 'almaScreens',
    topics: [
      { name: 'almaScreens', page: { path: '/settings/integration', word: 'help.toIntegration' } },
      { name: 'almaMessages', page: { path: '/bridge', word: 'start.bridge' } },
      { name: 'almaBehind' },
    ],
  },
  {
    name: 'settings',
    topics: [
      { name: 'members', page: { path: '/members', word: 'start.members' } },
      { name: 'closures', page: { path: '/members/closures', word: 'start.closures' } },
      { name: 'settings', page: { path: '/settings', word: 'settings.title' } },
    ],
  },
];

@Component({
  standalone: true,
  imports: [PageHeaderComponent, RouterLink, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <app-page-header [heading]="'help.title' | translate" />
    @for (group of groups; track group.name) {
      <h2>{{ 'help.group.' + group.name | translate }}</h2>
      @for (topic of group.topics; track topic.name) {
        <section>
          <h3 [id]="'topic-' + topic.name" tabindex="-1">{{ 'help.' + topic.name + '.title' | translate }}</h3>
          <p>{{ 'help.' + topic.name + '.text' | translate }}</p>
          @if (topic.page; as page) {
            <a class="link" [routerLink]="page.path">{{ page.word | translate }} →</a>
          }
        </section>
      }
    }
  `,
  styles: `
    :host {
      max-width: 46rem;
    }
    h2 {
      margin-top: 0.5rem;
      font-size: 1.15rem;
    }
    p {
      margin: 0.125rem 0 0.25rem;
      line-height: 1.7;
    }
  `,
  host: { class: 'stack' },
})
export class HelpPage {
  /** Query parameter: the topic to show first. */
  readonly topic = input<string>();
  protected readonly groups = GROUPS;

  constructor() {
    inject(PageMessages).add(helpMessages);
    const host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    afterNextRender(() => {
      const heading = host.querySelector<HTMLElement>(`#topic-${CSS.escape(this.topic() ?? '')}`);
      heading?.focus();
      heading?.scrollIntoView();
    });
  }
}
