import { ChangeDetectionStrategy, Component, computed, inject, input, signal, viewChild } from '@angular/core';
import { takeUntilDestroyed, toSignal } from '@angular/core/rxjs-interop';
import { Router, RouterLink } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';
import { skipWhile } from 'rxjs';
import createMessages from '../../i18n/create.json';
import memberMessages from '../../i18n/member.json';
import { routeOfLink } from '../alma/alma-link';
import { routeOf, sourceKey, sourceOf, type Source } from '../alma/source';
import { SessionService } from '../core/session.service';
import { HostService, type PageRecords } from '../core/host.service';
import { PageMessages } from '../core/page-messages';
import { errorOf } from '../core/remote';
import { ErrorMessageComponent } from '../ui/error-message.component';
import { LibraryChoiceComponent } from '../ui/library-choice.component';
import { PageChangedComponent } from '../ui/page-changed.component';
import { PageHeaderComponent } from '../ui/page-header.component';
import { OrderFlowComponent } from './order-flow.component';

/** Order page for the record in the URL. Follows the Alma page, but asks before discarding input. */
@Component({
  standalone: true,
  imports: [
    ErrorMessageComponent,
    LibraryChoiceComponent,
    OrderFlowComponent,
    PageChangedComponent,
    PageHeaderComponent,
    RouterLink,
    TranslatePipe,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <app-page-header [heading]="'create.title' | translate">
      <app-library-choice />
      @if (linking(); as route) {
        <a class="link" [routerLink]="route">{{ 'entity.linkInstead' | translate }}</a>
      }
    </app-page-header>
    @if (other(); as next) {
      <app-page-changed (go)="go(next)" (stay)="other.set(undefined)">{{
        'create.pageChanged' | translate
      }}</app-page-changed>
    }
    @if (error(); as failure) {
      <app-error-message [error]="failure" [canRetry]="true" (again)="session.reload()" />
    }
    @for (key of [flowKey()]; track key) {
      <app-order-flow [source]="source()" [draftId]="draft()" (another)="another()" />
    }
  `,
  styles: `
    :host,
    app-page-header {
      display: block;
    }
    app-page-header,
    app-page-changed {
      margin-bottom: 0.5rem;
    }
  `,
})
export class CreatePage {
  readonly mmsId = input<string>();
  readonly userId = input<string>();
  readonly requestId = input<string>();
  /** Query parameter: the draft to resume. */
  readonly draft = input<string>();

  protected readonly session = inject(SessionService);
  private readonly router = inject(Router);
  private readonly flow = viewChild(OrderFlowComponent);
  private readonly round = signal(0);
  protected readonly other = signal<Source | 'start' | undefined>(undefined);
  protected readonly error = computed(() => errorOf(this.session.session()));
  protected readonly source = computed<Source>(() => {
    const [mmsId, userId, requestId] = [this.mmsId(), this.userId(), this.requestId()];
    if (mmsId !== undefined) return { type: 'bib', mmsId };
    return userId !== undefined && requestId !== undefined ? { type: 'request', userId, requestId } : { type: 'new' };
  });
  /** Route to link an Alma request to an existing request instead; undefined for any other source. */
  protected readonly linking = computed(() => {
    const source = this.source();
    return source.type === 'request' ? [...routeOfLink(source)] : undefined;
  });
  /** Key of the form. A new key recreates the form without data of the previous order. */
  protected readonly flowKey = computed(() => `${sourceKey(this.source())} ${String(this.round())}`);
  private readonly pages = toSignal(inject(HostService).pageRecords$);
  /** What the Alma page showed when this page opened. */
  private opened: string | undefined = JSON.stringify(this.pages());

  constructor() {
    inject(PageMessages).add(createMessages, memberMessages);
    inject(HostService)
      .pageRecords$.pipe(
        skipWhile(({ state }) => state !== 'ok'),
        takeUntilDestroyed(),
      )
      .subscribe({
        next: (records) => {
          this.follow(records);
        },
      });
  }

  protected another(): void {
    this.round.update((round) => round + 1);
  }

  protected go(next: Source | 'start'): void {
    this.other.set(undefined);
    // The Alma request may already have a request in NACSIS-ILL.
    const link = next !== 'start' && next.type === 'request' ? next : undefined;
    if (link !== undefined) void this.router.navigate([...routeOfLink(link)], { queryParams: { auto: 'true' } });
    else void this.router.navigate(next === 'start' ? ['/'] : [...routeOf(next)]);
  }

  private follow(records: PageRecords): void {
    const seen = JSON.stringify(records);
    if (records.state !== 'ok' || seen === this.opened) return;
    const isFirst = this.opened === undefined || this.opened === JSON.stringify({ state: 'pending' });
    this.opened = seen;
    const sources = records.entities.flatMap((entity) => sourceOf(entity) ?? []);
    const here = sourceKey(this.source());
    // An Alma page without usable records does not interrupt the order.
    if (isFirst || sources.length === 0 || sources.some((source) => sourceKey(source) === here)) {
      this.other.set(undefined);
      return;
    }
    const [only] = sources;
    const next = sources.length === 1 && only !== undefined ? only : 'start';
    if (this.flow()?.isDirty() === true) this.other.set(next);
    else this.go(next);
  }
}
