import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  ElementRef,
  inject,
  input,
  signal,
  untracked,
} from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { MatAnchor, MatButton } from '@angular/material/button';
import { Router, RouterLink } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';
import { filter, skip } from 'rxjs';
import requestMessages from '../../i18n/request.json';
import type { AlmaLink, RequestView } from '../../domain/api/requests';
import { GatewayClient } from '../core/gateway.client';
import { HostService, type PageRecords } from '../core/host.service';
import { PageMessages } from '../core/page-messages';
import { remoteQuery, type Remote } from '../core/remote';
import { RequestPanelComponent } from './request-panel.component';
import { ErrorMessageComponent } from '../ui/error-message.component';
import { PageChangedComponent } from '../ui/page-changed.component';
import { PageHeaderComponent } from '../ui/page-header.component';
import { keyOfLink, linkOf } from '../alma/alma-link';
import { entityRoute, type EntityRoute } from '../alma/entity-route';
import { LinkRequestComponent } from '../alma/link-request.component';
import { LinkStore } from '../alma/link.store';
import { LinkedRequestService, type Found } from '../alma/linked-request.service';
import { routeOf } from '../alma/source';

/** Selector of open dialogs and action forms. */
const UNFINISHED = 'dialog[open], app-action-form';

/**
 * Page of an Alma request: the panel of its NACSIS-ILL request or, when none is found, the options to link or order
 * one. Follows the Alma page.
 */
@Component({
  standalone: true,
  imports: [
    ErrorMessageComponent,
    LinkRequestComponent,
    MatAnchor,
    MatButton,
    PageChangedComponent,
    PageHeaderComponent,
    RequestPanelComponent,
    RouterLink,
    TranslatePipe,
  ],
  providers: [LinkStore],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './entity.page.html',
  styles: ':host { max-width: 60rem; }',
  host: { class: 'stack' },
})
export class EntityPage {
  /** Route parameters: borrowing or lending, code of the user or partner, id in Alma. */
  readonly type = input.required<string>();
  readonly holder = input.required<string>();
  readonly requestId = input.required<string>();
  /**
   * Query parameter: set when the page opened automatically. A borrowing request without a NACSIS-ILL request then
   * continues with an order.
   */
  readonly auto = input<string>();
  /** Query parameter: the action to begin with. */
  readonly action = input<string>();

  protected readonly links = inject(LinkStore);
  private readonly requests = inject(LinkedRequestService);
  private readonly gateway = inject(GatewayClient);
  private readonly router = inject(Router);
  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef);

  protected readonly link = computed<AlmaLink | undefined>(
    () => {
      const [holder, requestId] = [this.holder(), this.requestId()];
      if (this.type() === 'borrowing') return { userId: holder, requestId };
      return this.type() === 'lending' ? { partnerCode: holder, requestId } : undefined;
    },
    { equal: (one, other) => one !== undefined && other !== undefined && keyOfLink(one) === keyOfLink(other) },
  );
  private readonly query = remoteQuery(this.link, (link) => this.requests.findOf(link));
  private readonly found = this.query.value;
  protected readonly isSearching = computed(() => this.link() !== undefined && this.query.isLoading());
  protected readonly error = this.query.error;
  protected readonly alma = computed(() => this.found()?.alma);
  protected readonly almaError = computed(() => this.found()?.almaError);
  protected readonly by = computed(() => this.found()?.by);
  /** A manual change of the link takes precedence over the lookup. */
  protected readonly request = computed<RequestView | undefined>(() => {
    const [done, found] = [this.links.done(), this.found()];
    if (done === undefined) return found?.request;
    return done.request.almaRequest === undefined && !isByExternalId(found) ? undefined : done.request;
  });
  protected readonly creation = computed(() => {
    const link = this.link();
    if (link === undefined || !('userId' in link)) return undefined;
    return [...routeOf({ type: 'request', userId: link.userId, requestId: link.requestId })];
  });
  /** The route of the record that the Alma page shows now. */
  protected readonly other = signal<EntityRoute | undefined>(undefined);

  constructor() {
    inject(PageMessages).add(requestMessages);
    this.query.remote$.pipe(takeUntilDestroyed()).subscribe({
      next: (found) => {
        this.goOn(found);
      },
    });
    effect(() => {
      this.link();
      untracked(() => {
        this.links.reset();
      });
    });
    inject(HostService)
      .pageRecords$.pipe(
        filter((records) => records.state === 'ok'),
        // Skips the Alma page that was shown when this page opened.
        skip(1),
        takeUntilDestroyed(),
      )
      .subscribe({
        next: (records) => {
          this.follow(records);
        },
      });
  }

  protected again(): void {
    this.query.reload();
  }

  protected linkTo(request: RequestView): void {
    const link = this.link();
    if (link !== undefined) this.links.link(request, link);
  }

  protected go({ commands, queryParams }: EntityRoute): void {
    this.other.set(undefined);
    void this.router.navigate(commands, { queryParams });
  }

  /** Continues with an order for a borrowing request without a NACSIS-ILL request. */
  private goOn(found: Remote<Found>): void {
    const creation = this.creation();
    if (
      found.state === 'ok' &&
      found.value.request === undefined &&
      this.auto() !== undefined &&
      creation !== undefined
    )
      void this.router.navigate(creation, { replaceUrl: true });
  }

  /** Follows the Alma page; does not navigate away when the Alma page has no records. */
  private follow({ entities }: Extract<PageRecords, { state: 'ok' }>): void {
    const isHere = entities.some((entity) => (linkOf(entity)?.requestId ?? entity.id) === this.requestId());
    this.other.set(undefined);
    if (isHere || entities.length === 0) return;
    const [only, second] = entities;
    const next = (second === undefined && only !== undefined && entityRoute(only)) || { commands: ['/'] };
    if (this.isBusy()) this.other.set(next);
    else this.go(next);
  }

  private isBusy(): boolean {
    return this.gateway.isCommanding() || this.element.nativeElement.querySelector(UNFINISHED) !== null;
  }
}

/** True when Alma itself names the request, so that it is found without a link. */
function isByExternalId(found: Found | undefined): boolean {
  return found?.by === 'external-id' || found?.by === 'bridge';
}
