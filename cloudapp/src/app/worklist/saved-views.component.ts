import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';
import { ErrorMessageComponent } from '../ui/error-message.component';
import { ViewsStore } from './views.store';

/** Chooses a view of the library; managers also save what the list shows as one, or remove one. */
@Component({
  selector: 'app-saved-views',
  standalone: true,
  imports: [ErrorMessageComponent, MatButton, TranslatePipe],
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
            <button class="link" type="button" (click)="begin()">{{ 'workList.view.saveAs' | translate }}</button>
          }
        }
      </div>
    }
    @if (isNaming()) {
      <div class="row">
        <label class="name"
          >{{ 'workList.view.name' | translate }}
          <input
            type="text"
            maxlength="60"
            autocomplete="off"
            [value]="name()"
            (input)="type($event)"
            (keydown.enter)="save($event)"
        /></label>
        <button mat-stroked-button type="button" [disabled]="!isNameGood()" (click)="save($event)">
          {{ (isKnown() ? 'workList.view.replace' : 'workList.view.save') | translate }}
        </button>
        <button class="link" type="button" (click)="isNaming.set(false)">
          {{ 'workList.view.cancel' | translate }}
        </button>
      </div>
      @if (store.isFull() && !isKnown()) {
        <p class="muted">{{ 'workList.view.full' | translate }}</p>
      }
    }
    @if (store.saveError(); as failure) {
      <app-error-message [error]="failure" />
    }
  `,
  styles:
    ':host { display: flex; flex-direction: column; gap: 0.25rem; } select { width: auto; max-width: 16rem; } .name { flex: 1; min-width: 10rem; font-size: 0.857rem; }',
})
export class SavedViewsComponent {
  protected readonly store = inject(ViewsStore);
  protected readonly isNaming = signal(false);
  protected readonly name = signal('');
  protected readonly isKnown = computed(() => this.store.views().some(({ name }) => name === this.name().trim()));
  protected readonly isNameGood = computed(() => this.name().trim() !== '' && (this.isKnown() || !this.store.isFull()));

  protected choose(event: Event): void {
    this.store.choose((event.target as HTMLSelectElement).value);
  }

  protected begin(): void {
    this.name.set('');
    this.isNaming.set(true);
  }

  protected type(event: Event): void {
    this.name.set((event.target as HTMLInputElement).value);
  }

  protected save(event: Event): void {
    event.preventDefault();
    if (!this.isNameGood()) return;
    this.store.save(this.name().trim());
    this.isNaming.set(false);
  }
}
