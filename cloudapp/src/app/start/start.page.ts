import { ChangeDetectionStrategy, Component, computed, effect, inject, Injector } from '@angular/core';
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
import { WorkListComponent } from '../worklist/work-list.component';
import { BridgeLineComponent } from './bridge-line.component';
import { PageFollower } from './page-follower';

/** The records on the Alma page, each with a button; a single one opens automatically. */
@Component({
  standalone: true,
  imports: [
    BridgeLineComponent,
    ErrorMessageComponent,
    LibraryChoiceComponent,
    MatAnchor,
    RouterLink,
    TranslatePipe,
    WorkListComponent,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './start.page.html',
  styles: `
    /* The place is kept while it loads. */
    .library {
      min-height: 1.5rem;
    }
    /* A long page of Alma leaves room for the list below. */
    .records {
      max-height: 15rem;
      overflow-y: auto;
    }
    .record {
      flex-wrap: nowrap;
    }
    .record a {
      flex: none;
    }
  `,
  host: { class: 'stack' },
})
export class StartPage {
  protected readonly session = inject(SessionService);
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

  /** Loaded on demand, because most institutions need it never. */
  private async linkListed(entities: readonly AlmaEntity[]): Promise<void> {
    const { ListedRequestsService } = await import('../alma/listed-requests.service');
    this.injector.get(ListedRequestsService).show(entities);
  }
}
