import { ChangeDetectionStrategy, Component, computed, type ElementRef, inject, input, viewChild } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';
import type { AlmaLink } from '../../domain/api/requests';
import { citationOf, mayBeSameTitle, titleOf } from '../../domain/ill/request-title';
import { valueOf } from '../core/remote';
import { ErrorMessageComponent } from '../ui/error-message.component';
import { StateNamePipe } from '../ui/state-name.pipe';
import { keyOfLink } from './alma-link';
import type { AlmaRequest } from './alma-request';
import { LinkStore } from './link.store';

/** Links an Alma request to a NACSIS-ILL request by id, showing both titles first. */
@Component({
  selector: 'app-link-request',
  standalone: true,
  imports: [ErrorMessageComponent, MatButton, StateNamePipe, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form (submit)="check($event)" class="stack gap-m">
      <label for="link-id">{{ 'link.id' | translate }}</label>
      <div class="row">
        <input #typed id="link-id" name="id" autocomplete="off" aria-describedby="link-fault" />
        <button mat-stroked-button type="submit">{{ 'link.check' | translate }}</button>
      </div>
      <p id="link-fault" class="fault" role="alert">{{ (store.isMalformed() ? 'link.malformed' : '') | translate }}</p>
    </form>
    @if (store.error(); as failure) {
      <app-error-message [error]="failure" />
    }
    @if (store.candidate().state === 'loading') {
      <p class="muted" role="status">{{ 'link.checking' | translate }}</p>
    }
    @if (candidate(); as found) {
      <section class="note stack gap-m" role="status" data-testid="link-candidate">
        <h3>{{ 'link.confirm' | translate }}</h3>
        <dl>
          <dt>NACSIS-ILL</dt>
          <dd>
            <strong>{{ found.id }}</strong> {{ 'kind.' + found.kind | translate }} · {{ found | stateName }}<br />
            {{ title() || ('request.untitled' | translate) }} {{ citation() }}
            <span class="muted">{{ found.partner.name ?? found.partner.id }}</span>
          </dd>
          <dt>Alma</dt>
          <dd>
            <strong>{{ link().requestId }}</strong><br />
            {{ alma()?.title || ('request.untitled' | translate) }}
          </dd>
        </dl>
        @if (titlesDiffer()) {
          <p class="note warn" data-testid="titles-differ">⚠ {{ 'link.titlesDiffer' | translate }}</p>
        }
        @if (isLinkedElsewhere()) {
          <p class="note warn">⚠ {{ 'link.linkedElsewhere' | translate: { id: found.almaRequest?.requestId } }}</p>
        }
        <div class="row">
          <button mat-flat-button type="button" [disabled]="store.isChanging()" (click)="store.link(found, link())">
            {{ 'link.link' | translate }}
          </button>
        </div>
      </section>
    }
  `,
  styles: `
    input {
      flex: 1;
      min-width: 10rem;
    }
    .fault:empty {
      display: none;
    }
  `,
  host: { class: 'stack gap-m' },
})
export class LinkRequestComponent {
  readonly link = input.required<AlmaLink>();
  readonly alma = input<AlmaRequest>();
  protected readonly store = inject(LinkStore);
  private readonly typed = viewChild.required<ElementRef<HTMLInputElement>>('typed');

  protected readonly candidate = computed(() => valueOf(this.store.candidate()));
  protected readonly title = computed(() => titleOf(this.candidate()?.fields ?? {}));
  protected readonly citation = computed(() => citationOf(this.candidate()?.fields ?? {}));
  protected readonly titlesDiffer = computed(() => !mayBeSameTitle(this.title(), this.alma()?.title ?? ''));
  protected readonly isLinkedElsewhere = computed(() => {
    const linked = this.candidate()?.almaRequest;
    return linked !== undefined && keyOfLink(linked) !== keyOfLink(this.link());
  });

  protected check(event: Event): void {
    event.preventDefault();
    this.store.check(this.typed().nativeElement.value, this.link());
  }
}
