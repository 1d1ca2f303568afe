import { ChangeDetectionStrategy, Component, computed, effect, inject, input, output, untracked } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';
import { AlmaMatchesService } from '../alma/alma-matches.service';
import { LinkStore } from '../alma/link.store';
import type { AlmaLink, RequestView } from '../../domain/api/requests';
import { STATES } from '../../domain/ill/states';
import { remoteQuery, valueOf } from '../core/remote';
import { SessionService } from '../core/session.service';
import { ErrorMessageComponent } from '../ui/error-message.component';

/**
 * Looks for the request of Alma when none is linked. One whose external identifier names the request is shown as linked;
 * of others that may be it, the librarian chooses.
 */
@Component({
  selector: 'app-alma-matches',
  standalone: true,
  imports: [ErrorMessageComponent, MatButton, TranslatePipe],
  providers: [LinkStore],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (query.error()) {
      <p class="row muted" data-testid="no-matches">
        <span>{{ 'almaMatches.failed' | translate }}</span>
        <button class="link" type="button" (click)="query.reload()">{{ 'action.again' | translate }}</button>
      </p>
    }
    @if (likely().length > 0) {
      <section class="note stack gap-s" data-testid="alma-matches">
        <h3>{{ 'almaMatches.title' | translate }}</h3>
        <ul class="plain-list">
          @for (match of likely(); track match.link.requestId) {
            <li class="row lined">
              <span class="grow">
                {{ match.alma.title }}
                <span class="muted small">{{ holderOf(match.link) }} · {{ match.link.requestId }}</span>
              </span>
              @if (mayAct()) {
                <button
                  mat-stroked-button
                  type="button"
                  [disabled]="links.isChanging()"
                  (click)="links.link(request(), match.link)"
                >
                  {{ 'link.link' | translate }}
                </button>
              }
            </li>
          }
        </ul>
      </section>
    }
    @if (links.error(); as failure) {
      <app-error-message [error]="failure" />
    }
    <div role="status">
      @if (linkedTo(); as almaId) {
        <p class="note good row" data-testid="match-linked">
          <span>✓ {{ 'link.linked' | translate: { id: request().id, almaId } }}</span>
          <button class="link" type="button" [disabled]="links.isChanging()" (click)="links.undo()">
            {{ 'link.undo' | translate }}
          </button>
        </p>
      }
    </div>
  `,
  styles: ':host:not(:has(p, section, app-error-message)) { display: none; }',
  host: { class: 'stack gap-s' },
})
export class AlmaMatchesComponent {
  readonly request = input.required<RequestView>();
  /** The Alma request that is known already. */
  readonly link = input<AlmaLink>();
  /** Emits the Alma request that certainly is this one. */
  readonly found = output<AlmaLink>();
  /** Emits the request after its link has changed. */
  readonly changed = output<RequestView>();
  protected readonly links = inject(LinkStore);
  private readonly matches = inject(AlmaMatchesService);
  private readonly session = inject(SessionService);

  /** The request to look for; the same while only its version changes. */
  private readonly wanted = computed(
    () => {
      const request = this.request();
      const isOver = request.gone !== undefined || (request.state !== null && STATES[request.state].final);
      return this.link() === undefined && !isOver ? request : undefined;
    },
    { equal: (one, other) => one?.id === other?.id && one?.side === other?.side },
  );
  protected readonly query = remoteQuery(this.wanted, (request) => this.matches.find(request));
  protected readonly likely = computed(() => (this.query.value() ?? []).filter(({ isCertain }) => !isCertain));
  protected readonly mayAct = computed(() => valueOf(this.session.session())?.me.user.mayAct !== false);
  protected readonly linkedTo = computed(() => this.links.done()?.request.almaRequest?.requestId);

  constructor() {
    this.query.remote$.pipe(takeUntilDestroyed()).subscribe({
      next: (remote) => {
        const [only, second] = (valueOf(remote) ?? []).filter(({ isCertain }) => isCertain);
        if (only !== undefined && second === undefined) this.found.emit(only.link);
      },
    });
    effect(() => {
      const done = this.links.done();
      if (done !== undefined)
        untracked(() => {
          this.changed.emit(done.request);
        });
    });
    effect(
      () => {
        const { id, side } = this.request();
        untracked(() => {
          const done = this.links.done();
          if (done !== undefined && (done.request.id !== id || done.request.side !== side)) this.links.reset();
        });
      },
      { allowSignalWrites: true },
    );
  }

  protected holderOf(link: AlmaLink): string {
    return 'userId' in link ? link.userId : link.partnerCode;
  }
}
