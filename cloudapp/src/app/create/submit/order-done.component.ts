import {
  ChangeDetectionStrategy,
  Component,
  type ElementRef,
  afterNextRender,
  input,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { MatAnchor, MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';
import type { RequestView } from '../../../domain/api/requests';
import { StateNamePipe } from '../../ui/state-name.pipe';

/** Confirmation after ordering: the request's id, its first lender, and the next steps. */
@Component({
  selector: 'app-order-done',
  standalone: true,
  imports: [MatAnchor, MatButton, RouterLink, StateNamePipe, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <section class="note good stack" role="status" data-testid="order-done">
      <h2 #heading tabindex="-1">
        ✓ {{ (request().state === 'PREPARING' ? 'create.saved' : 'create.ordered') | translate }}
      </h2>
      <p class="row">
        <span>{{ 'field.id' | translate }}</span> <strong data-testid="request-id">{{ request().id }}</strong>
        <button mat-stroked-button type="button" (click)="copy()">
          {{ (copied() ? 'create.copied' : 'create.copyId') | translate }}
        </button>
      </p>
      <p>
        {{ request() | stateName }}
        @if (request().partner.name; as name) {
          · {{ 'create.askedFirst' | translate: { name } }}
        }
      </p>
      <div class="row">
        <button mat-flat-button type="button" (click)="another.emit()">{{ 'create.another' | translate }}</button>
        <a mat-stroked-button [routerLink]="['/requests', request().id]">{{ 'create.showRequest' | translate }}</a>
        <a mat-stroked-button routerLink="/">{{ 'create.toStart' | translate }}</a>
      </div>
    </section>
  `,
})
export class OrderDoneComponent {
  readonly request = input.required<RequestView>();
  readonly another = output();
  protected readonly copied = signal(false);
  private readonly heading = viewChild.required<ElementRef<HTMLElement>>('heading');

  constructor() {
    afterNextRender(() => {
      this.heading().nativeElement.focus();
    });
  }

  protected copy(): void {
    // Alma may deny the frame access to the clipboard; the id can still be selected manually.
    const clipboard = navigator.clipboard as Clipboard | undefined;
    clipboard?.writeText(this.request().id).then(
      () => {
        this.copied.set(true);
      },
      () => undefined,
    );
  }
}
