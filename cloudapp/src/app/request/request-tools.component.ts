import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router, RouterLink } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';
import type { Observable } from 'rxjs';
import type { RequestView } from '../../domain/api/requests';
import { SessionService } from '../core/session.service';
import { remoteCommand } from '../core/remote';
import { EditRequestService } from '../create/form/edit-request.service';
import { OrderAgainService } from '../create/order-again.service';
import { slipsFor } from '../print/slip-kind';
import { ErrorMessageComponent } from '../ui/error-message.component';
import { LacksComponent } from '../ui/lacks.component';

interface Wish {
  readonly request: RequestView;
  /** Creates the draft to open and emits its id. */
  readonly draft$: Observable<string>;
}

/** Tools besides the actions: slips, and for borrowers editing and ordering again. */
@Component({
  selector: 'app-request-tools',
  standalone: true,
  imports: [ErrorMessageComponent, LacksComponent, MatButton, RouterLink, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (lacks(); as fields) {
      <div class="note warn stack gap-s lacks" data-testid="lacks">
        <p><app-lacks [fields]="fields" /></p>
        <p>{{ 'requestTools.lacksHint' | translate }}</p>
        @if (canEdit()) {
          <div>
            <button
              mat-flat-button
              class="primary-action"
              type="button"
              [disabled]="isPreparing()"
              (click)="edit()"
              data-testid="edit-request"
            >
              {{ 'requestTools.complete' | translate }}
            </button>
          </div>
        }
      </div>
    }
    <div class="row">
      @if (slips().length > 0) {
        <details class="print">
          <summary class="link" data-testid="print-menu">{{ 'requestTools.print' | translate }}</summary>
          <ul class="plain-list">
            @for (slip of slips(); track slip) {
              <li>
                <a [routerLink]="['/print', slip]" [queryParams]="{ side: request().side, ids: request().id }">{{
                  'print.slip.' + slip | translate
                }}</a>
              </li>
            }
          </ul>
        </details>
      }
      @if (canEdit() && !lacks()) {
        <button mat-stroked-button type="button" [disabled]="isPreparing()" (click)="edit()" data-testid="edit-request">
          {{ 'requestTools.edit' | translate }}
        </button>
      }
      @if (request().side === 'borrower') {
        <button class="link" type="button" [disabled]="isPreparing()" (click)="orderAgain()" data-testid="order-again">
          {{ (isPreparing() ? 'requestTools.preparing' : 'requestTools.orderAgain') | translate }}
        </button>
        @if (hasLenders()) {
          <label class="check"
            ><input type="checkbox" [checked]="withLenders()" (change)="setLenders($event)" />
            {{ 'requestTools.sameLenders' | translate }}</label
          >
        }
      }
    </div>
    @if (error(); as failure) {
      <app-error-message [error]="failure" [canRetry]="true" (again)="retry()" />
    }
  `,
  styles: `
    li {
      padding: 0.25rem 0 0.25rem 1rem;
    }
    .lacks {
      margin-bottom: 0.5rem;
    }
    details[open] {
      flex-basis: 100%;
    }
  `,
})
export class RequestToolsComponent {
  readonly request = input.required<RequestView>();

  private readonly again = inject(OrderAgainService);
  private readonly editing = inject(EditRequestService);
  private readonly session = inject(SessionService);
  private readonly router = inject(Router);
  protected readonly slips = computed(() => slipsFor(this.request()));
  protected readonly hasLenders = computed(() => (this.request().fields.lenders ?? []).length > 0);
  protected readonly withLenders = signal(false);
  /** The borrower may edit only in 準備中 (dossier 3.1). */
  protected readonly canEdit = computed(() =>
    this.request().actions.some(({ action, allowed }) => action === 'save' && allowed),
  );

  /** Fields that an order still needs; undefined when there are none. */
  protected readonly lacks = computed(() => {
    const { lacks = [] } = this.request();
    return lacks.length === 0 ? undefined : lacks;
  });

  private last: Wish | undefined;
  private readonly command = remoteCommand(({ draft$ }: Wish) => draft$, {
    done: (draft, { request }) => {
      this.open(request, draft);
    },
  });
  protected readonly isPreparing = this.command.isRunning;
  protected readonly error = this.command.error;

  protected orderAgain(): void {
    const request = this.request();
    this.prepare({ request, draft$: this.again.prepare(request, this.withLenders()) });
  }

  protected edit(): void {
    const request = this.request();
    this.prepare({ request, draft$: this.editing.prepare(request) });
  }

  protected retry(): void {
    if (this.last !== undefined) this.command.run(this.last);
  }

  protected setLenders(event: Event): void {
    this.withLenders.set((event.target as HTMLInputElement).checked);
  }

  private prepare(wish: Wish): void {
    this.last = wish;
    this.command.run(wish);
  }

  /** Switches to the request's library and opens the order form. */
  private open({ library }: RequestView, draft: string): void {
    if (this.session.library()?.code !== library) this.session.chooseLibrary(library);
    void this.router.navigate(['/create', 'new'], { queryParams: { draft } });
  }
}
