import { ChangeDetectionStrategy, Component, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';

/** Page x of y; hidden for a single page. */
@Component({
  selector: 'app-page-turner',
  standalone: true,
  imports: [MatButton, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (pages() > 1) {
      <nav class="row" [attr.aria-label]="of()">
        <button mat-stroked-button type="button" [disabled]="page() <= 1" (click)="turned.emit(page() - 1)">
          ← {{ 'action.previous' | translate }}
        </button>
        <span role="status">{{ 'workList.page' | translate: { page: page(), pages: pages() } }}</span>
        <button mat-stroked-button type="button" [disabled]="page() >= pages()" (click)="turned.emit(page() + 1)">
          {{ 'action.next' | translate }} →
        </button>
      </nav>
    }
  `,
})
export class PageTurnerComponent {
  readonly page = input.required<number>();
  readonly pages = input.required<number>();
  /** Translated label of the paged list. */
  readonly of = input.required<string>();
  readonly turned = output<number>();
}
