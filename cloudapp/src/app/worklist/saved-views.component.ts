import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { ErrorMessageComponent } from '../ui/error-message.component';
import { NameRowComponent } from '../ui/name-row.component';
import { ViewsStore } from './views.store';

/** Chooses a view of the library; managers can also save the current view, or delete one. */
@Component({
  selector: 'app-saved-views',
  standalone: true,
  imports: [ErrorMessageComponent, NameRowComponent, TranslatePipe],
  providers: [ViewsStore],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (store.views().length > 0 || store.mayChange()) {
      <div class="row">
        @if (store.views().length > 0) {
          <label class="row muted"
            >{{ 'workList.view.label' | translate }}
            <select (change)="choose($event)">
              <option value="" [selected]="store.current() === undefined">
                {{ 'workList.view.none' | translate }}
              </option>
              @for (view of store.views(); track view.name) {
                <option [value]="view.name" [selected]="view.name === store.current()?.name">{{ view.name }}</option>
              }
            </select>
          </label>
        }
        @if (store.mayChange() && !isNaming()) {
          @if (store.current(); as current) {
            <button class="link" type="button" (click)="store.remove(current.name)">
              {{ 'workList.view.remove' | translate: { name: current.name } }}
            </button>
          } @else {
            <button class="link" type="button" (click)="isNaming.set(true)">
              {{ 'workList.view.saveAs' | translate }}
            </button>
          }
        }
      </div>
    }
    @if (isNaming()) {
      <app-name-row
        #row
        [words]="'workList.view.naming.'"
        [others]="store.views()"
        [isFull]="store.isFull()"
        (named)="save($event)"
        (cancelled)="isNaming.set(false)"
      />
      @if (store.isFull() && !row.isTaken()) {
        <p class="muted">{{ 'workList.view.full' | translate }}</p>
      }
    }
    @if (store.saveError(); as failure) {
      <app-error-message [error]="failure" />
    }
  `,
  styles: 'select { width: auto; max-width: 16rem; }',
  host: { class: 'stack gap-xs' },
})
export class SavedViewsComponent {
  protected readonly store = inject(ViewsStore);
  protected readonly isNaming = signal(false);

  protected choose(event: Event): void {
    this.store.choose((event.target as HTMLSelectElement).value);
  }

  protected save(name: string): void {
    this.store.save(name);
    this.isNaming.set(false);
  }
}
