import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { SessionService } from '../core/session.service';

/** Selects the current resource sharing library when there are several. */
@Component({
  selector: 'app-library-choice',
  standalone: true,
  imports: [TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (session.libraries().length > 1) {
      <label class="row muted" [class.compact]="isCompact()">
        <span [class.visually-hidden]="isCompact()">{{ 'start.library' | translate }}</span>
        <select (change)="choose($event)">
          @for (library of session.libraries(); track library.code) {
            <option [value]="library.code" [selected]="library.code === session.library()?.code">
              {{ library.name }}
            </option>
          }
        </select>
      </label>
    }
  `,
  styles: `
    select {
      flex: 1;
      min-width: 10rem;
    }
    .compact select {
      min-width: 0;
    }
  `,
})
export class LibraryChoiceComponent {
  /** True in a row of tools: without the visible label. */
  readonly isCompact = input(false);
  protected readonly session = inject(SessionService);

  protected choose(event: Event): void {
    this.session.chooseLibrary((event.target as HTMLSelectElement).value);
  }
}
