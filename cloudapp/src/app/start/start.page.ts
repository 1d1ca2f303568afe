import { NgTemplateOutlet } from '@angular/common';
import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  Injector,
  viewChild,
  type ElementRef,
} from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { MatAnchor } from '@angular/material/button';
import { Router, RouterLink } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';
import { entityRoute } from '../alma/entity-route';
import { sideOfEntity } from '../alma/alma-link';
import type { AlmaEntity } from '../core/alma-entity';
import { SessionService } from '../core/session.service';
import { HostService } from '../core/host.service';
import { errorOf } from '../core/remote';
import { hasWriter } from '../core/writer';
import { ErrorMessageComponent } from '../ui/error-message.component';
import { LibraryChoiceComponent } from '../ui/library-choice.component';
import { TypedKeysDirective } from '../ui/typed-keys.directive';
import { ViewportService } from '../ui/viewport.service';
import { WorkListComponent } from '../worklist/work-list.component';
import { BridgeLineComponent } from './bridge-line.component';
import { PageFollower } from './page-follower';
import { PageRecordComponent } from './page-record.component';

/** Lines for the records of the Alma page, so that they leave room for the list. */
const RECORD_LINES = 2;

/** The records on the Alma page, each with its next step, above the work list; a single one opens automatically. */
@Component({
  standalone: true,
  imports: [
    BridgeLineComponent,
    ErrorMessageComponent,
    LibraryChoiceComponent,
    MatAnchor,
    NgTemplateOutlet,
    PageRecordComponent,
    RouterLink,
    TranslatePipe,
    TypedKeysDirective,
    WorkListComponent,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './start.page.html',
  styles: `
    .tools {
      --mdc-outlined-button-container-height: 2rem;
      --mat-outlined-button-horizontal-padding: 0.75rem;
      --mdc-outlined-button-label-text-color: var(--sys-on-surface);

      display: flex;
      align-items: center;
      gap: 0.625rem;
      white-space: nowrap;
    }
    .tools a:not([mat-stroked-button]),
    summary {
      padding-block: 0.25rem;
      color: inherit;
      text-underline-offset: 2px;
    }
    .menu {
      position: relative;
    }
    summary {
      list-style: none;
    }
    summary::after {
      content: ' ▾';
    }
    .items {
      position: absolute;
      z-index: 3;
      inset-inline-start: 0;
      display: flex;
      flex-direction: column;
      padding: 0.5rem 1rem;
      border: var(--line);
      border-radius: 4px;
      background: var(--sys-surface);
      box-shadow: 0 2px 6px rgb(0 0 0 / 20%);
    }
    .items a {
      padding-block: 0.5rem;
    }
    .library,
    app-library-choice {
      flex: 1;
      min-width: 0;
    }
    .library {
      overflow: hidden;
      text-align: end;
      text-overflow: ellipsis;
    }
    /* A long page of Alma leaves room for the list below. */
    .records ul {
      /* Room for the ring of the focus, which the list would cut. */
      margin: 0 -0.25rem;
      padding: 0 0.25rem;
      max-height: 10.625rem;
      overflow-y: auto;
    }
    .more {
      padding-block: 0.125rem;
      color: inherit;
    }
  `,
  host: { 'class': 'stack gap-s', '(document:click)': 'closeMenu($event)' },
})
export class StartPage {
  protected readonly session = inject(SessionService);
  protected readonly viewport = inject(ViewportService);
  private readonly router = inject(Router);
  private readonly follower = inject(PageFollower);
  private readonly injector = inject(Injector);
  protected readonly page = toSignal(inject(HostService).pageRecords$, { initialValue: { state: 'pending' } });
  protected readonly error = computed(() => errorOf(this.session.session()));
  protected readonly hasBridge = computed(() => hasWriter(this.session.libraries(), 'iso18626'));
  /** True where requests of Alma are linked by their external identifiers, because no import links them. */
  private readonly isLinking = computed(() => this.hasBridge() || hasWriter(this.session.libraries(), 'alma-nacsis'));
  protected readonly pageError = computed(() => {
    const page = this.page();
    return page.state === 'failed' ? page.error : undefined;
  });
  protected readonly records = computed(() => {
    const page = this.page();
    const entities = page.state === 'ok' ? page.entities : [];
    return entities.map((entity) => {
      const key = `${entity.type}:${entity.id}`;
      // Alma's API returns a request only by requester or partner; a request without one has no route.
      return { key, entity, route: entityRoute(entity) };
    });
  });
  protected readonly isAllShown = this.follower.isUnfolded;
  /** Number of records that two lines have no room for; the second line then says so. */
  protected readonly moreRecords = computed(() => {
    const count = this.records().length;
    return count > RECORD_LINES ? count - RECORD_LINES + 1 : 0;
  });
  protected readonly shownRecords = computed(() =>
    this.isAllShown() || this.moreRecords() === 0 ? this.records() : this.records().slice(0, RECORD_LINES - 1),
  );
  private readonly menu = viewChild<ElementRef<HTMLDetailsElement>>('menu');

  constructor() {
    effect(() => {
      const [only, second] = this.records();
      if (only?.route !== undefined && second === undefined && this.follower.mayOpen(only.key))
        void this.router.navigate(only.route.commands, { queryParams: only.route.queryParams });
    });
    effect(() => {
      const listed = this.records().flatMap(({ entity }) => (sideOfEntity(entity) === undefined ? [] : [entity]));
      if (this.isLinking() && listed.length > 1) void this.linkListed(listed);
    });
  }

  /** Closes the menu, after a click only when it was outside. */
  protected closeMenu(click?: Event): void {
    const menu = this.menu()?.nativeElement;
    if (menu?.open !== true || (click !== undefined && menu.contains(click.target as Node))) return;
    menu.open = false;
    if (click === undefined) menu.querySelector('summary')?.focus();
  }

  /** Loaded on demand, because most institutions need it never. */
  private async linkListed(entities: readonly AlmaEntity[]): Promise<void> {
    const { ListedRequestsService } = await import('../alma/listed-requests.service');
    this.injector.get(ListedRequestsService).show(entities);
  }
}
