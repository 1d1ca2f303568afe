import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
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
      <label class="row muted">
        {{ 'start.library' | translate }}
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
  styles: 'select { flex: 1; min-width: 10rem; }',
})
export class LibraryChoiceComponent {
  protected readonly session = inject(SessionService);

  protected choose(event: Event): void {
    this.session.chooseLibrary((event.target as HTMLSelectElement).value);
  }
}
